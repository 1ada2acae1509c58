"""The other side of `npm run bench -- study` and `round`: the same work as a user of PyTorch writes it, one run after the other.

    python studyPeer.py study FOLDER [THREADS]    a replicate of the handwriting study
    python studyPeer.py round FOLDER [THREADS]    a round of ALMQ on images

THREADS computing threads; without it, as many as PyTorch thinks right.
FOLDER holds pool.f32, pool.i32, test.f32, test.i32 and settings.json. The last line printed is a line of JSON.
"""

import json
import os
import resource
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

OFFERS = [("class", 1, 1.0, 0.1), ("all", 1, 0.27, 0.4), ("all", 2, 0.32, 0.5), ("all", 3, 0.34, 0.5), ("any", 2, 0.28, 0.5), ("any", 3, 0.29, 0.5)]
SMALL = 1e-5
DRAWS = 20


class Logistic(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.linear = nn.Linear(64, classes)

    def forward(self, x, masks=None):
        if self.training:
            x = F.dropout(x, 0.25)
        elif masks is not None:
            x = x * masks[0]
        return self.linear(x), x

    def masks(self):
        return [F.dropout(torch.ones(1, 64), 0.25)]


class SimpleCnn(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.images = nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten())
        self.hidden = nn.Linear(9216, 128)
        self.last = nn.Linear(128, classes)

    def forward(self, x, masks=None):
        h = self.images(x.view(-1, 1, 28, 28))
        h = F.dropout(h, 0.25) if self.training else h if masks is None else h * masks[0]
        h = F.relu(self.hidden(h))
        h = F.dropout(h, 0.5) if self.training else h if masks is None else h * masks[1]
        return self.last(h), h

    def masks(self):
        return [F.dropout(torch.ones(1, 9216), 0.25), F.dropout(torch.ones(1, 128), 0.5)]


def batch_size(wanted, count):
    half = wanted // 2
    if count <= wanted or count % wanted == 0 or count % wanted >= half:
        return wanted
    return (count - half) // (count // wanted)


def likelihood(p, batch):
    """The loss of observations (kind, samples, class, answer): rows of p are their samples, one after the other."""
    loss, at, labeled = 0.0, 0, 0
    for kind, samples, y, answer in batch:
        own = p[at : at + len(samples), y]
        at += len(samples)
        if kind == "class":
            labeled += 1
            probability = own[0]
        elif kind == "all":
            yes = own.prod()
            probability = yes if answer else 1 - yes
        else:
            no = (1 - own).prod()
            probability = 1 - no if answer else no
        loss = loss - torch.log(probability + SMALL)
    return loss / (at + labeled)


def labels_loss(p, batch):
    """The same where all are labels: what most mini-batches of the baselines are."""
    y = torch.tensor([o[2] for o in batch])
    return -torch.log(p[torch.arange(len(batch)), y] + SMALL).sum() / (2 * len(batch))


def fit(model, x, observations, s):
    order = [observations[i] for i in np.random.permutation(len(observations))]
    size = batch_size(s["batchSize"], len(order))
    batches = [order[i : i + size] for i in range(0, len(order), size)]
    inputs = [x[[i for o in b for i in o[1]]] for b in batches]
    losses = [labels_loss if all(o[0] == "class" for o in b) else likelihood for b in batches]
    adam = torch.optim.Adam(model.parameters(), lr=s["learningRate"])
    lowest, worse = np.inf, 0
    model.train()
    for _ in range(s["epochs"]):
        total = 0.0
        for batch, shown, loss_of in zip(batches, inputs, losses):
            adam.zero_grad()
            loss = loss_of(F.softmax(model(shown)[0], 1), batch)
            loss.backward()
            adam.step()
            total += loss.item() * len(batch) / len(order)
        lowest, worse = (total, 0) if total < lowest else (lowest, worse + 1)
        if worse == 5:
            break
    model.eval()


@torch.no_grad()
def predict(model, x, masks=None):
    parts = [model(x[i : i + 5000], masks) for i in range(0, len(x), 5000)]
    return torch.cat([logits for logits, _ in parts]), torch.cat([h for _, h in parts])


def measure(p, y):
    log = torch.log(p + SMALL)
    return [(p.argmax(1) == y).float().mean().item(), -log[torch.arange(len(y)), y].mean().item(), -(p * log).sum(1).mean().item(), (p * (1 - p)).sum(1).mean().item()]


def screen(promise, candidates, t):
    for tau in (t, 2 * t / 3, t / 3, 0.0):
        kept = candidates[promise[candidates] > tau]
        if len(kept) >= 2:
            return kept
    return candidates


def gain_tv(s):
    """Factors s [question, sample, draw]: 0.4 quantile over the draws."""
    t = s.prod(1)
    gain = t * (1 - s).sum(1) + (1 - t) * s.min(1)
    rank = np.argsort(t, 1, kind="stable")[:, round(0.4 * (DRAWS - 1))]
    return gain[np.arange(len(gain)), rank]


def exchange(kind, m, threshold, draws, mean, candidates):
    best = (-np.inf, None)
    for y in range(mean.shape[1]):
        p = draws[:, y] if kind == "all" else 1 - draws[:, y]
        kept = screen(mean[:, y] if kind == "all" else 1 - mean[:, y], candidates, threshold)
        q = list(np.random.choice(kept if len(kept) >= m else candidates, m, replace=False))
        value = gain_tv(p[q][None])[0]
        if len(kept) > m:
            others = kept[~np.isin(kept, q)]
            rest = np.broadcast_to(p[q[1:]], (len(others), m - 1, DRAWS))
            values = gain_tv(np.concatenate([p[others][:, None], rest], 1))
            if values.max() > value:
                value, q[0] = values.max(), others[values.argmax()]
        if value > best[0]:
            best = (value, (kind, [int(i) for i in q], y))
    return best


def entropy2(t):
    return -t * np.log(t + SMALL) - (1 - t) * np.log(1 - t + SMALL)


def bald_question(view, kept):
    draws = view["draws"]
    start = np.random.choice(kept)
    one = draws[start]
    value = -(one.mean(1) * np.log(one.mean(1) + SMALL)).sum() + (one * np.log(one + SMALL)).sum(0).mean()
    zero = draws[:, 0]
    about = (entropy2(zero.mean(1)) - entropy2(zero).mean(1))[kept]
    return (about.max(), int(kept[about.argmax()])) if about.max() > value else (value, int(start))


def class_question(method, view, candidates, threshold):
    if len(candidates) == 0:
        return None
    if method == "RA":
        return 1.0, ("class", [int(np.random.choice(candidates))], None)
    p = view["mean"]
    kept = screen(1 - p.max(1), candidates, threshold)
    if method == "BALD":
        value, sample = bald_question(view, kept)
    else:
        utility = {"EN": -(p * np.log(p + SMALL)).sum(1), "LC": 1 - p.max(1)}.get(method, (p * (1 - p)).sum(1))
        sample = int(kept[utility[kept].argmax()])
        value = utility[sample]
    return value, ("class", [sample], None)


def explored(logits, known, radii, enough):
    nearest = torch.cdist(logits, logits[known]).min(1).values
    for radius in radii:
        kept = nearest > radius
        if kept.sum() > enough:
            break
    return kept.numpy()


def badge(p, h, candidates, count):
    residual = (F.one_hot(p.argmax(1), p.shape[1]) - p)[candidates]
    features = h[candidates]
    norms = (residual**2).sum(1) * (features**2).sum(1)
    chosen = [int(norms.argmax())]
    nearest = torch.full((len(candidates),), torch.inf)
    while len(chosen) < count:
        c = chosen[-1]
        nearest = torch.minimum(nearest, (norms + norms[c] - 2 * (residual @ residual[c]) * (features @ features[c])).clamp(min=0))
        nearest[chosen] = 0
        chosen.append(int(torch.multinomial(nearest, 1)))
    return [int(candidates[i]) for i in chosen]


def look(model, x, drawing):
    logits, h = predict(model, x)
    p = F.softmax(logits, 1)
    if not drawing:
        return {"logits": logits, "h": h, "p": p, "mean": p.numpy()}
    draws = torch.stack([F.softmax(predict(model, x, model.masks())[0], 1) for _ in range(DRAWS)], 2).numpy()
    return {"logits": logits, "h": h, "p": p, "draws": draws, "mean": draws.mean(2)}


def run(method, ee, model, pool, test, initial, s, rounds=None):
    x, y = pool
    observations = [("class", [i], int(y[i]), None) for i in initial]
    known, shown = list(initial), np.zeros(len(x), bool)
    shown[known] = True
    offers = [(k, m, c, t) for (k, m, _, t), c in zip(OFFERS, s["costs"])] if method == "ALMQ" else OFFERS[:1]
    cheapest = min(o[2] for o in offers)
    spent, mark, records, done = 0.0, 0.0, [], 0
    while spent + cheapest <= s["budget"] + 1e-6 and done != rounds:
        view = look(model, x, method in ("ALMQ", "BALD"))
        if ee:
            some = view["logits"][np.random.choice(len(x), min(1000, len(x)), replace=False)]
            r0 = torch.quantile(torch.cdist(some, some).flatten(), 0.05)
            radii = [r0 * k / 5 for k in (5, 4, 3, 2, 1, 0)]
        while True:
            candidates = np.flatnonzero(~shown)
            if method == "BADGE":
                asked = [("class", [i], None) for i in badge(view["p"], view["h"], candidates, int(min(s["batchBudget"], s["budget"] - spent) + 1e-6))]
                costs = [1.0] * len(asked)
            else:
                far = candidates[explored(view["logits"], known, radii, len(x) / 4)[candidates]] if ee else candidates
                scores, found = [], []
                for kind, m, cost, t in offers:
                    fits = spent + cost <= s["budget"] + 1e-6
                    best = None if not fits else class_question(method, view, far, t) if kind == "class" else exchange(kind, m, t, view["draws"], view["mean"], candidates)
                    found.append(best)
                    scores.append(0.0 if best is None else max(best[0], 0) / cost + 2e-5)
                weights = np.square(scores)
                choice = np.random.choice(len(offers), p=weights / weights.sum())
                asked, costs = [found[choice][1]], [offers[choice][2]]
            for (kind, samples, about), cost in zip(asked, costs):
                truth = y[samples].tolist()
                answer = None if kind == "class" else all(t == about for t in truth) if kind == "all" else any(t == about for t in truth)
                observations.append((kind, samples, truth[0] if kind == "class" else about, answer))
                known += samples
                shown[samples] = True
                spent += cost
                records.append(spent)
            if spent + cheapest > min(mark + s["batchBudget"], s["budget"]) + 1e-6:
                break
        mark += s["batchBudget"]
        done += 1
        fit(model, x, observations, s)
        measured = [measure(F.softmax(predict(model, part)[0], 1), labels) for part, labels in (pool, test)]
    return {"questions": len(records), "testAccuracy": measured[1][0]}


def main(what, folder, threads=None):
    if threads is not None:
        torch.set_num_threads(int(threads))
    with open(os.path.join(folder, "settings.json")) as file:
        s = json.load(file)
    x = {part: torch.from_numpy(np.fromfile(os.path.join(folder, part + ".f32"), np.float32).reshape(-1, s["width"])) for part in ("pool", "test")}
    y = {part: torch.from_numpy(np.fromfile(os.path.join(folder, part + ".i32"), np.int32)).long() for part in ("pool", "test")}
    pool, test = (x["pool"], y["pool"]), (x["test"], y["test"])
    np.random.seed(1)
    torch.manual_seed(1)
    initial = [int(i) for i in np.random.choice(len(pool[0]), s["initial"], replace=False)]
    first = [("class", [i], int(pool[1][i]), None) for i in initial]
    make = Logistic if what == "study" else SimpleCnn
    model = make(s["classes"])
    results = {}
    began = time.perf_counter()
    fit(model, pool[0], first, s)
    if what == "study":
        full = make(s["classes"])
        fit(full, pool[0], [("class", [i], int(c), None) for i, c in enumerate(pool[1])], s)
    start = {name: value.clone() for name, value in model.state_dict().items()}
    for method in s["methods"]:
        name, ee = method.replace("+EE", ""), method.endswith("+EE")
        own = make(s["classes"])
        own.load_state_dict(start)
        results[method] = run(name, ee, own, pool, test, initial, s, 1 if what == "round" else None)
    seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "results": results}))


main(*sys.argv[1:])
