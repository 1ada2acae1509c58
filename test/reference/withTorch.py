"""Writes torch.json: what PyTorch makes of small fixed problems. Run: python withTorch.py > torch.json"""
import json
import pathlib
from collections import OrderedDict
import torch
from safetensors.torch import save_file
from torchvision.models.resnet import BasicBlock, Bottleneck

torch.manual_seed(3)
here = pathlib.Path(__file__).parent
D = lambda t: [float(f"{v:.7g}") for v in t.detach().flatten().tolist()]


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


def named(model):
    return {k: {"shape": list(v.shape), "values": D(v)} for k, v in model.state_dict().items() if v.is_floating_point()}


def pixels(x):
    """Images as almq lays them out: [sample, height, width, channel]."""
    return D(x.permute(0, 2, 3, 1))


def fit_images(model, x, labels, optimizer, steps):
    start = named(model)
    losses = []
    model.train()
    for _ in range(steps):
        optimizer.zero_grad()
        loss = -torch.log(torch.softmax(model(x), 1)[range(len(labels)), labels] + 1e-5).mean()
        loss.backward()
        optimizer.step()
        losses.append(round(loss.item(), 7))
    model.eval()
    return {"x": pixels(x), "labels": labels, "start": start, "losses": losses, "end": named(model), "logits": D(model(x))}


class ResNet(torch.nn.Module):
    """torchvision's blocks and names, fewer filters."""

    def __init__(self, block, blocks, filters, classes):
        super().__init__()
        self.inputs = filters
        self.conv1 = torch.nn.Conv2d(3, filters, 7, 2, 3, bias=False)
        self.bn1 = torch.nn.BatchNorm2d(filters)
        for s, count in enumerate(blocks):
            setattr(self, f"layer{s + 1}", self.stage(block, filters * 2**s, count, 1 if s == 0 else 2))
        self.fc = torch.nn.Linear(self.inputs, classes)

    def stage(self, block, filters, count, stride):
        layers = []
        for b in range(count):
            out, step = filters * block.expansion, stride if b == 0 else 1
            down = None
            if step != 1 or self.inputs != out:
                down = torch.nn.Sequential(torch.nn.Conv2d(self.inputs, out, 1, step, bias=False), torch.nn.BatchNorm2d(out))
            layers.append(block(self.inputs, filters, step, down))
            self.inputs = out
        return torch.nn.Sequential(*layers)

    def forward(self, x):
        x = torch.nn.functional.max_pool2d(torch.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        return self.fc(self.layer4(self.layer3(self.layer2(self.layer1(x)))).mean((2, 3)))


def resnet(name, block, blocks, filters):
    """Saves a random network, statistics included, as safetensors; returns what it says."""
    model = ResNet(block, blocks, filters, 3).eval()
    for key, value in model.state_dict().items():
        if key.endswith("running_mean"):
            value.normal_(0, 0.3)
        elif key.endswith("running_var"):
            value.uniform_(0.5, 2)
        elif value.is_floating_point() and ("bn" in key or "downsample.1" in key):
            value.uniform_(0.5, 1.5)
    save_file(model.state_dict(), here / f"{name}.safetensors")
    x = (torch.randn(2, 3, 33, 33) * 10).round() / 10
    return {"x": pixels(x), "logits": D(model(x))}


x = torch.randn(12, 5)
model = torch.nn.Sequential(torch.nn.Linear(5, 4), torch.nn.ReLU(), torch.nn.Linear(4, 3))
result = {"x": D(x), "adam": fit(model, x, torch.optim.Adam(model.parameters(), lr=0.01), 60)}
model = torch.nn.Sequential(torch.nn.Linear(5, 4), torch.nn.ReLU(), torch.nn.Linear(4, 3))
result["sgd"] = fit(model, x, torch.optim.SGD(model.parameters(), lr=0.1, weight_decay=0.01, momentum=0.9), 60)
model = torch.nn.Sequential(OrderedDict(
    conv1=torch.nn.Conv2d(2, 3, 3, stride=2, padding=1), bn1=torch.nn.BatchNorm2d(3), relu=torch.nn.ReLU(),
    conv2=torch.nn.Conv2d(3, 4, 3), pool=torch.nn.MaxPool2d(2), flat=torch.nn.AdaptiveAvgPool2d(1), flatten=torch.nn.Flatten(), fc=torch.nn.Linear(4, 3),
))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.5, weight_decay=0.01)
result["images"] = fit_images(model, torch.randn(6, 2, 12, 12), [0, 1, 2, 0, 1, 2], optimizer, 20)
result["resNet18"] = resnet("resnet18-of-2", BasicBlock, [2, 2, 2, 2], 2)
result["resNet50"] = resnet("resnet50-of-1", Bottleneck, [3, 4, 6, 3], 1)
json.dump({"torch": torch.__version__, **result}, __import__("sys").stdout, separators=(",", ":"))
