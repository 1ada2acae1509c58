"""The other side of `npm run bench -- criteria`: draws the inputs, and measures one library on one task.

    python criteriaPeers.py inputs FOLDER KIND SAMPLES
    python criteriaPeers.py LIBRARY TASK SAMPLES REPEATS FOLDER OUT
"""

import json
import os
import resource
import sys
import time
import warnings

warnings.filterwarnings("ignore")
os.environ.setdefault("TQDM_DISABLE", "1")
import numpy as np

CLASSES, DRAWS, WIDTH, PICKS = 10, 20, 128, 100
SHAPES = {"probabilities": (CLASSES,), "draws": (CLASSES, DRAWS), "features": (WIDTH,)}
TYPES = {"probabilities": np.float64, "draws": np.float64, "features": np.float32}


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def write_inputs(folder, kind, samples):
    rng = np.random.default_rng([samples, list(SHAPES).index(kind)])
    path = os.path.join(folder, f"{kind}-{samples}")
    with open(path + ".part", "wb") as file:
        for start in range(0, samples, 50_000):
            n = min(50_000, samples - start)
            if kind == "features":
                block = rng.normal(size=(n, WIDTH))
            elif kind == "probabilities":
                block = softmax(2 * rng.normal(size=(n, CLASSES)))
            else:
                block = softmax(2 * rng.normal(size=(n, CLASSES, 1)) + rng.normal(size=(n, CLASSES, DRAWS)))
            file.write(block.astype(TYPES[kind]).tobytes())
    os.replace(path + ".part", path)


def read(folder, kind, samples):
    return np.fromfile(os.path.join(folder, f"{kind}-{samples}"), dtype=TYPES[kind]).reshape(samples, *SHAPES[kind])


def torch_entropy_log(folder, samples):
    import torch

    p = torch.from_numpy(read(folder, "probabilities", samples))
    return lambda: -(p * p.log()).sum(1)


def torch_entropy(folder, samples):
    import torch

    p = torch.from_numpy(read(folder, "probabilities", samples))
    return lambda: torch.special.entr(p).sum(1)


def skactiveml_entropy(folder, samples):
    from skactiveml.pool import uncertainty_scores

    p = read(folder, "probabilities", samples)
    return lambda: uncertainty_scores(p, method="entropy")


def baal_entropy(folder, samples):
    from baal.active.heuristics import Entropy

    p, heuristic = read(folder, "probabilities", samples), Entropy()
    return lambda: heuristic.compute_score(p)


def torch_bald(folder, samples):
    import torch

    p = torch.from_numpy(read(folder, "draws", samples))
    return lambda: torch.special.entr(p.mean(2)).sum(1) - torch.special.entr(p).sum(1).mean(1)


def baal_bald(folder, samples):
    from baal.active.heuristics import BALD

    p, heuristic = read(folder, "draws", samples), BALD()
    return lambda: heuristic.compute_score(p)


def log_draws(folder, samples):
    import torch

    return torch.from_numpy(np.ascontiguousarray(read(folder, "draws", samples).transpose(0, 2, 1))).log_()


def batchbald_bald(folder, samples):
    from batchbald_redux import batchbald

    log_p = log_draws(folder, samples)
    return lambda: batchbald.compute_entropy(log_p) - batchbald.compute_conditional_entropy(log_p)


def batchbald_batch(folder, samples):
    from batchbald_redux import batchbald

    log_p = log_draws(folder, samples)
    return lambda: np.array(batchbald.get_batchbald_batch(log_p, 10, 10_000, dtype=log_p.dtype).indices)


def torch_core_set(folder, samples):
    import torch

    f = torch.from_numpy(read(folder, "features", samples))

    def pick():
        squares = (f * f).sum(1)
        distance = lambda i: squares + squares[i] - 2 * (f @ f[i])
        nearest, picks = distance(0), []
        for _ in range(PICKS):
            picks.append(int(nearest.argmax()))
            nearest = torch.minimum(nearest, distance(picks[-1]))
        return np.array(picks)

    return pick


def skactiveml_core_set(folder, samples):
    from skactiveml.pool import CoreSet

    f = read(folder, "features", samples)
    y = np.full(samples, np.nan)
    y[0] = 0
    return lambda: np.array(CoreSet(random_state=0).query(f, y, batch_size=PICKS))


def torch_badge(folder, samples):
    import torch

    p, f = torch.from_numpy(read(folder, "probabilities", samples)), torch.from_numpy(read(folder, "features", samples))

    def pick():
        a = -p
        a[torch.arange(samples), p.argmax(1)] += 1
        a = a.to(f.dtype)
        norms = (a * a).sum(1) * (f * f).sum(1)
        nearest, picks = torch.full((samples,), float("inf"), dtype=f.dtype), [int(norms.argmax())]
        while len(picks) < PICKS:
            i = picks[-1]
            distance = (norms + norms[i] - 2 * (a @ a[i]) * (f @ f[i])).clamp(min=0)
            nearest = torch.minimum(nearest, distance)
            nearest[i] = 0
            sums = nearest.double().cumsum(0)
            picks.append(int(torch.searchsorted(sums, torch.rand(1, dtype=torch.float64) * sums[-1])))
        return np.array(picks)

    return pick


def skactiveml_badge(folder, samples):
    from skactiveml.base import SkactivemlClassifier
    from skactiveml.pool import Badge

    p, f = read(folder, "probabilities", samples), read(folder, "features", samples)

    class Given(SkactivemlClassifier):
        def fit(self, X, y):
            return self

        def predict_proba(self, X):
            return p, f

    y = np.full(samples, np.nan)
    classifier = Given(classes=list(range(CLASSES)))
    return lambda: np.array(Badge(random_state=0).query(f, y, classifier, fit_clf=False, batch_size=PICKS))


TASKS = {
    "entropy": {"torch": torch_entropy, "torch, p log p": torch_entropy_log, "scikit-activeml": skactiveml_entropy, "baal": baal_entropy},
    "bald": {"torch": torch_bald, "baal": baal_bald, "batchbald_redux": batchbald_bald},
    "badge": {"torch": torch_badge, "scikit-activeml": skactiveml_badge},
    "coreSet": {"torch": torch_core_set, "scikit-activeml": skactiveml_core_set},
    "batchBald": {"batchbald_redux": batchbald_batch},
}


def peak_memory(reset=False):
    """Peak resident memory in bytes; Linux can start it anew."""
    try:
        if reset:
            with open("/proc/self/clear_refs", "w") as file:
                file.write("5")
        with open("/proc/self/status") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM"))
    except OSError:
        scale = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale


def main():
    if sys.argv[1] == "inputs":
        return write_inputs(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    library, task, samples, repeats, folder, out = sys.argv[1:]
    run = TASKS[task][library](folder, int(samples))
    before = peak_memory(reset=True)
    result = None

    def timed():
        nonlocal result
        start = time.perf_counter()
        result = run()
        return 1000 * (time.perf_counter() - start)

    first = spent = timed()
    while spent < 1000 and int(repeats) > 1:  # a second of calls warms up, unless the first is the only one
        spent += timed()
    times = [timed() for _ in range(int(repeats))] if int(repeats) > 1 else [first]
    peak = peak_memory()
    np.asarray(result, dtype=np.float64).tofile(out)
    print(json.dumps({"first": first, "times": times, "inputs": before, "extra": peak - before}))


main()
