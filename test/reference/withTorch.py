"""Writes torch.json: what PyTorch makes of small fixed problems. Run: python withTorch.py > torch.json"""
import json
import torch

torch.manual_seed(3)
D = lambda t: [round(v, 7) for v in t.detach().flatten().tolist()]


def weights_of(model):
    """Dense weights as almq lays them out: [inputs, units]."""
    return [D(p.T if p.dim() == 2 else p) for p in model.parameters()]


def answer_probability(p, kind, y, answer):
    if kind == "class":
        return p[0, y]
    if kind == "all":
        yes = p[:, y].prod()
        return yes if answer == "yes" else 1 - yes
    no = (1 - p[:, y]).prod()
    return no if answer == "no" else 1 - no


observations = [
    ("class", 0, [0], None), ("class", 2, [1], None), ("class", 1, [2], None), ("class", 1, [3], None),
    ("all", 1, [4, 5], "no"), ("all", 0, [6], "yes"), ("any", 2, [7, 8, 9], "yes"), ("any", 0, [10, 11], "no"),
    ("all", 2, [3, 8, 1], "no"), ("any", 1, [2], "yes"),
]


def loss_of(model, x):
    total, divisor = 0, 0
    for kind, y, samples, answer in observations:
        p = torch.softmax(model(x[samples]), 1)
        total = total - torch.log(answer_probability(p, kind, y, answer) + 1e-5)
        divisor += len(samples) + (kind == "class")
    return total / divisor


def fit(model, x, optimizer, steps):
    start = weights_of(model)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_of(model, x)
        loss.backward()
        optimizer.step()
        losses.append(round(loss.item(), 7))
    return {"start": start, "losses": losses, "end": weights_of(model), "logits": D(model(x))}


x = torch.randn(12, 5)
model = torch.nn.Sequential(torch.nn.Linear(5, 4), torch.nn.ReLU(), torch.nn.Linear(4, 3))
result = {"x": D(x), "adam": fit(model, x, torch.optim.Adam(model.parameters(), lr=0.01), 60)}
model = torch.nn.Sequential(torch.nn.Linear(5, 4), torch.nn.ReLU(), torch.nn.Linear(4, 3))
result["sgd"] = fit(model, x, torch.optim.SGD(model.parameters(), lr=0.1, weight_decay=0.01, momentum=0.9), 60)
json.dump({"torch": torch.__version__, **result}, __import__("sys").stdout, separators=(",", ":"))
