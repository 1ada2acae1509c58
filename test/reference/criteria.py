"""Writes criteria.json: the numbers that almq's criteria must give, computed in ways that share nothing with almq.

Enumeration of all outcomes, complex-step derivatives, SciPy, scikit-learn; beside them scikit-activeml and batchbald_redux,
which must agree here (where they do not, the README of this folder says so and this program shows it).

    python criteria.py               needs numpy, scipy, scikit-learn, scikit-activeml, batchbald-redux, torch
    python criteria.py SEED FILE     the same from other inputs
"""

import itertools
import json
import pathlib
import sys

import numpy as np
import scipy.optimize
import scipy.spatial.distance
import scipy.stats
import sklearn.cluster
import sklearn.linear_model
import skactiveml.pool as skal
import torch
from batchbald_redux import batchbald, joint_entropy

SEED, FILE = (int(sys.argv[1]), pathlib.Path(sys.argv[2])) if len(sys.argv) > 1 else (20250101, pathlib.Path(__file__).with_name("criteria.json"))
rng = np.random.default_rng(SEED)
SAMPLES, CLASSES, DRAWS, WIDTH = 12, 3, 5, 4


def rounded(x, digits=9):
    return np.round(np.asarray(x, dtype=float), digits)


def softmax(z, axis):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def agree(name, ours, theirs, tolerance=1e-6):
    np.testing.assert_allclose(ours, theirs, rtol=tolerance, atol=tolerance, err_msg=name)


# Inputs, rounded first so that every reader computes from the same digits. [sample, class, draw]; two samples are hard cases:
# one class impossible, and every draw certain but not of the same class.
P = rounded(softmax(1.5 * rng.normal(size=(SAMPLES, CLASSES, 1)) + rng.normal(size=(SAMPLES, CLASSES, DRAWS)), axis=1))
P[0] = np.array([[0.5, 0.25, 0.75, 1.0, 0.125], [0.5, 0.75, 0.25, 0.0, 0.875], [0.0] * 5])
P[1] = np.array([[1, 0, 1, 1, 0], [0, 1, 0, 0, 0], [0, 0, 0, 0, 1]])
MEAN = P.mean(axis=2)
for given in (P, MEAN):
    given.flags.writeable = False  # some libraries change what they are given
MEMBERS = P.transpose(2, 0, 1)  # [draw, sample, class], the axis order of scikit-activeml
H = rounded(rng.normal(size=(SAMPLES, WIDTH)), 6)
out = {
    "note": "Written by criteria.py in this folder. Inputs first, then one section per criterion; the README names the ways of computing.",
    "shape": {"samples": SAMPLES, "classes": CLASSES, "mc_draws": DRAWS},
    "probabilities_mc": P.tolist(),
    "probabilities_mean": MEAN.tolist(),
}


def rows(**fields):
    return [{"sample": i, **{name: float(values[i]) for name, values in fields.items()}} for i in range(SAMPLES)]


# ---- one prediction: SciPy's entropy, NumPy's sort; scikit-activeml's scores
ordered = np.sort(MEAN, axis=1)[:, ::-1]
entropy = scipy.stats.entropy(MEAN, axis=1)
out["uncertainty"] = rows(
    least_confidence=1 - ordered[:, 0],
    least_confidence_normalized=(1 - ordered[:, 0]) * CLASSES / (CLASSES - 1),
    margin=ordered[:, 0] - ordered[:, 1],
    margin_of_confidence=1 - (ordered[:, 0] - ordered[:, 1]),
    ratio=ordered[:, 0] / ordered[:, 1],
    ratio_of_confidence=ordered[:, 1] / ordered[:, 0],
    entropy_nats=entropy,
    entropy_bits=scipy.stats.entropy(MEAN, axis=1, base=2),
    entropy_normalized=entropy / np.log(CLASSES),
    variance=[2 * sum(a * b for a, b in itertools.permutations(row, 2)) for row in MEAN],  # Σ p(1−p) = Σ over pairs that differ
)
for method, mine in [
    ("least_confident", 1 - ordered[:, 0]),
    ("margin_sampling", 1 - (ordered[:, 0] - ordered[:, 1])),
    ("entropy", entropy),
]:
    agree(method, mine, skal.uncertainty_scores(MEAN, method=method))

costs = np.array([[0, 1, 4], [2, 0, 0.5], [10, 3, 0]])
cheapest = [min(sum(p[t] * costs[t][g] for t in range(CLASSES)) for g in range(CLASSES)) for p in MEAN]
agree("cost matrix", cheapest, skal.uncertainty_scores(MEAN, cost_matrix=costs, method="least_confident"))
out["expected_cost"] = {"costs": costs.tolist(), "values": cheapest}

# ---- committees: votes counted one by one, information summed over every draw and label
def votes(member):
    best = np.flatnonzero(member == member.max())
    return np.isin(np.arange(CLASSES), best) / len(best)

share = np.array([np.mean([votes(P[i, :, k]) for k in range(DRAWS)], axis=0) for i in range(SAMPLES)])
kl = np.array([[scipy.special.rel_entr(P[i, :, k], MEAN[i]).sum() for k in range(DRAWS)] for i in range(SAMPLES)])


def mutual_information(i):
    total = 0.0
    for k, label in itertools.product(range(DRAWS), range(CLASSES)):
        joint = P[i, label, k] / DRAWS
        if joint > 0:
            total += joint * np.log(joint / (MEAN[i, label] / DRAWS))
    return total


bald = np.array([mutual_information(i) for i in range(SAMPLES)])
agree("bald is mean KL", bald, kl.mean(axis=1))
agree("average_kl_divergence", kl.mean(axis=1), skal.average_kl_divergence(MEMBERS.copy(), eps=1e-15))  # it puts eps, 1e-7 unless told, in place of zeros
decided = [i for i in range(SAMPLES) if all(np.sum(P[i, :, k] == P[i, :, k].max()) == 1 for k in range(DRAWS))]
ballots = MEMBERS.argmax(axis=2).T  # scikit-activeml counts votes, and has no half ones: compared where nobody is torn
agree("vote_entropy", scipy.stats.entropy(share[decided], axis=1), skal.vote_entropy(ballots[decided], classes=range(CLASSES)))
agree("variation_ratios", 1 - share[decided].max(axis=1), skal.variation_ratios(ballots[decided]))
out["committee"] = rows(
    vote_entropy_nats=scipy.stats.entropy(share, axis=1),
    vote_entropy_bits=scipy.stats.entropy(share, axis=1, base=2),
    vote_entropy_normalized=scipy.stats.entropy(share, axis=1) / np.log(CLASSES),
    soft_vote_entropy_nats=entropy,
    consensus_entropy_nats=entropy,
    kl_to_consensus_nats=kl.mean(axis=1),
    max_kl_to_consensus_nats=kl.max(axis=1),
    variation_ratio=1 - share.max(axis=1),
    bald_nats=bald,
)
out["draws"] = rows(
    predictive_entropy_nats=entropy,
    expected_entropy_nats=scipy.stats.entropy(P, axis=1).mean(axis=1),
    bald_nats=bald,
    bald_bits=bald / np.log(2),
    mean_standard_deviation=P.std(axis=2).mean(axis=1),
)

# ---- BatchBALD: every joint outcome enumerated; batchbald_redux's exact joint entropy
def joint_information(samples):
    total = 0.0
    for labels in itertools.product(range(CLASSES), repeat=len(samples)):
        given = np.prod([P[i, label] for i, label in zip(samples, labels)], axis=0)  # by draw
        total += np.sum(np.where(given > 0, given * np.log(np.where(given > 0, given, 1) / given.mean()), 0)) / DRAWS if given.mean() > 0 else 0
    return total


groups = [[3], [0, 1], [2, 5], [4, 7, 9], [3, 6, 8, 10], [2, 4, 6, 8, 11], list(range(6))]
for group in groups:
    exact = joint_entropy.ExactJointEntropy.empty(DRAWS, dtype=torch.double)
    exact.add_variables(torch.tensor(P[group].transpose(0, 2, 1)).clamp(min=1e-300).log())
    noise = scipy.stats.entropy(P[group], axis=1).mean(axis=1).sum()
    agree("batchbald_redux", joint_information(group), float(exact.compute()) - noise)
unclamped = batchbald.get_batchbald_batch(torch.tensor(P.transpose(0, 2, 1)).log(), 2, 1000, dtype=torch.double)
assert np.isnan(unclamped.scores).all(), "batchbald_redux bears impossible classes now: mend the README"
out["batch_bald"] = [{"samples": g, "joint_mutual_information_nats": joint_information(g)} for g in groups]
picks = []
while len(picks) < 4:
    gains = {i: joint_information(picks + [i]) for i in range(SAMPLES) if i not in picks}
    picks.append(max(gains, key=gains.get))
out["batch_bald_picks"] = {"picks": picks}

# ---- questions: both answers enumerated, draw by draw
def firm_answer(kind, y, samples, k):
    """Chance that All is answered yes, or Any no, by adding up the label combinations that make it so."""
    total = 0.0
    for labels in itertools.product(range(CLASSES), repeat=len(samples)):
        if all((label == y) == (kind == "all") for label in labels):
            total += np.prod([P[i, label, k] for i, label in zip(samples, labels)])
    return total


def answer_information(kind, y, samples):
    firm = np.array([firm_answer(kind, y, samples, k) for k in range(DRAWS)])
    answers = np.stack([firm, np.clip(1 - firm, 0, 1)])
    return sum(scipy.special.rel_entr(answers[:, k], answers.mean(axis=1)).sum() for k in range(DRAWS)) / DRAWS


def expected_shift(kind, y, samples):
    """How far an answer moves the probabilities of the samples shown, averaged over draws: a firm one all of them to certainty, the other at least one."""
    shifts = []
    for k in range(DRAWS):
        towards = np.array([P[i, y, k] if kind == "all" else 1 - P[i, y, k] for i in samples])
        firm = firm_answer(kind, y, samples, k)
        shifts.append(firm * (1 - towards).sum() + (1 - firm) * towards.min())
    return np.mean(shifts)


asked = [(y, group) for y in range(CLASSES) for group in ([2], [0, 5], [1, 3, 8])]
for section, value in [("bald_exact", answer_information), ("gain_tv_mean", expected_shift)]:
    out[section] = [{"class": y, "samples": g, **{kind: float(value(kind, y, g)) for kind in ("all", "any")}} for y, g in asked]

# ---- expected gradient length: the derivative of −log softmax(W h + b)[y] by complex steps
def gradient_length(p, h, label, bias):
    p = p / p.sum()
    square = 0.0
    for row in range(CLASSES):
        for column in range(len(h) + bias):
            step = 1e-30j * (h[column] if column < len(h) else 1.0)
            z = np.log(p).astype(complex)
            z[row] += step
            square += ((np.log(np.exp(z).sum()) - z[label]).imag / 1e-30) ** 2
    return np.sqrt(square)


positive = [i for i in range(SAMPLES) if MEAN[i].min() > 0]
out["expected_gradient_length"] = [
    {
        "bias": bool(bias),
        "probabilities": MEAN[positive].tolist(),
        "embeddings": H[positive].tolist(),
        "values": [sum(MEAN[i, y] * gradient_length(MEAN[i], H[i], y, bias) for y in range(CLASSES)) for i in positive],
    }
    for bias in (0, 1)
]

# ---- expected error reduction: Bayes' rule over draws, label by label; and refits by scikit-learn
losses = {"log": lambda p: scipy.stats.entropy(p, axis=1), "zeroOne": lambda p: 1 - p.max(axis=1)}
evaluated = [1, 2, 5, 7]
out["expected_error_reduction"] = []
for name, loss in losses.items():
    values = []
    for i in range(SAMPLES):
        after = 0.0
        for label in range(CLASSES):
            posterior = P[i, label] / DRAWS
            if posterior.sum() > 0:
                after += posterior.sum() * loss(np.array([P[j] @ (posterior / posterior.sum()) for j in evaluated])).mean()
        values.append(loss(MEAN[evaluated]).mean() - after)
    out["expected_error_reduction"].append({"loss": name, "evaluated": evaluated, "values": values})

labeled, labels, candidates = [0, 1, 2, 3], [0, 1, 2, 0], [4, 6, 9]


def refit(more, more_labels):
    model = sklearn.linear_model.LogisticRegression(C=1.0, tol=1e-10, max_iter=10_000)
    return model.fit(H[labeled + more], labels + more_labels).predict_proba(H)


today = rounded(refit([], []))
after = rounded([[refit([i], [label]) for label in range(CLASSES)] for i in candidates])
for name, loss in losses.items():
    values = [loss(today).mean() - sum(today[i, y] * loss(after[c, y]).mean() for y in range(CLASSES)) for c, i in enumerate(candidates)]
    out["expected_error_reduction"].append(
        {"loss": name, "probabilities": today.tolist(), "candidates": candidates, "after": after.tolist(), "values": values}
    )

# ---- diversity: every distance, every time
F = rounded(rng.normal(size=(40, WIDTH)) * rng.uniform(0.5, 2, size=(40, 1)), 6)
out["core_set"] = []
for metric, name in [("euclidean", "euclidean"), ("cityblock", "manhattan"), ("cosine", "cosine")]:
    D = scipy.spatial.distance.cdist(F, F, metric)
    centres = [3, 17]
    for _ in range(8):
        centres.append(int(D[:, centres].min(axis=1).argmax()))
    out["core_set"].append(
        {"metric": name, "features": F.tolist(), "labeled": centres[:2], "picks": centres[2:], "cover_radius": D[:, centres].min(axis=1).max()}
    )

gradients = np.array([np.outer((np.arange(CLASSES) == MEAN[i].argmax()) - MEAN[i], H[i]).ravel() for i in range(SAMPLES)])
first = int((gradients**2).sum(axis=1).argmax())
squares = ((gradients - gradients[first]) ** 2).sum(axis=1)
out["badge"] = {
    "probabilities": MEAN.tolist(),
    "embeddings": H.tolist(),
    "first_centre": first,
    "distance_to_first": np.sqrt(squares).tolist(),
    "second_centre_chances": (squares / squares.sum()).tolist(),
}

weights = rounded(rng.uniform(0.1, 2, size=40), 6)
out["k_means"] = []
for given in (None, weights):
    fitted = sklearn.cluster.KMeans(5, init=F[:5], n_init=1, algorithm="lloyd", tol=0, max_iter=300).fit(F, sample_weight=given)
    out["k_means"].append(
        {
            "features": F.tolist(),
            "initial": F[:5].tolist(),
            **({} if given is None else {"weights": given.tolist()}),
            "centres": fitted.cluster_centers_.tolist(),
            "assignment": fitted.labels_.tolist(),
            "inertia": float(fitted.inertia_),
        }
    )

# Heaps far apart, so that every k-means finds them.
sizes = [6, 9, 13]
heaps = rounded(np.concatenate([20 * np.eye(WIDTH)[c] + rng.normal(size=(size, WIDTH)) for c, size in enumerate(sizes)]), 6)
members = np.split(np.arange(sum(sizes)), np.cumsum(sizes)[:-1])
D = scipy.spatial.distance.cdist(heaps, heaps)
middles = [int(m[scipy.spatial.distance.cdist(heaps[m], [heaps[m].mean(axis=0)]).argmin()]) for m in members]
out["k_means_representatives"] = {"features": heaps.tolist(), "picks": middles}
utilities = rounded(rng.uniform(0.2, 1, size=len(heaps)), 6)
utilities[[0, 1, 6, 7, 8, 15, 16, 17]] += 1
useful = np.flatnonzero(utilities > 1.1)
hybrid = []
for m in members:
    kept = np.intersect1d(m, useful)
    centre = np.average(heaps[kept], axis=0, weights=utilities[kept])
    hybrid.append(int(kept[scipy.spatial.distance.cdist(heaps[kept], [centre]).argmin()]))
out["uncertainty_then_cluster"] = {"features": heaps.tolist(), "utilities": utilities.tolist(), "factor": len(useful) / 3, "picks": hybrid}


def most_typical(m, neighbours):
    spread = [np.sort(D[i, m])[1 : 1 + neighbours].mean() for i in m]
    return int(m[int(np.argmin(spread))])


out["typi_clust"] = [
    {"features": heaps.tolist(), "neighbours": 4, "picks": [most_typical(m, 4) for m in reversed(members)]},
    {"features": heaps.tolist(), "neighbours": 4, "labeled": [int(members[2][0])], "picks": [most_typical(members[1], 4), most_typical(members[0], 4)]},
]

D = scipy.spatial.distance.cdist(F, F)


def cover(radius, centres):
    known, picked = list(centres), []
    while len(picked) < 6:
        covered = (D[:, known] < radius).any(axis=1) if known else np.zeros(40, bool)
        gain = ((D < radius) & ~covered).sum(axis=1)
        gain[known] = -1
        if np.sum(gain == gain.max()) > 1:  # a tie is for the seed to decide: the case ends before it
            break
        picked.append(int(gain.argmax()))
        known.append(picked[-1])
    return {"features": F.tolist(), "radius": radius, "labeled": centres, "picks": picked}


radii = [round(r, 2) for r in np.arange(1, 5, 0.05)]
out["prob_cover"] = [max((cover(radius, centres) for radius in radii), key=lambda case: len(case["picks"])) for centres in ([], [5])]
assert all(len(case["picks"]) >= 3 for case in out["prob_cover"]), "only cases that tie at once"

out["information_density"] = [
    {"similarity": "cosine", "features": F.tolist(), "values": (1 - scipy.spatial.distance.cdist(F, F, "cosine")).mean(axis=1).tolist()},
    {"similarity": "euclidean", "features": F.tolist(), "values": (1 / (1 + D)).mean(axis=1).tolist()},
]
out["density_weighted"] = {"utilities": [0.2, 0.9, 0.0, 0.5], "density": [0.5, 0.1, 0.7, 0.25], "power": 1.5, "values": [u * np.exp(1.5 * np.log(d)) for u, d in [(0.2, 0.5), (0.9, 0.1), (0.0, 0.7), (0.5, 0.25)]]}

# ---- domain adaptation: the classifier by BFGS, and by scikit-learn
source, target = rounded(rng.normal(size=(30, 2)), 6), rounded(rng.normal(size=(20, 2)) + [0.8, -0.3], 6)
penalty = 0.7
X, y = np.concatenate([source, target]), np.repeat([-1.0, 1.0], [30, 20])
fitted = scipy.optimize.minimize(
    lambda w: np.logaddexp(0, -y * (X @ w[:2] + w[2])).sum() + penalty / 2 * (w[:2] @ w[:2]), np.zeros(3), method="BFGS", options={"gtol": 1e-10}
).x
model = sklearn.linear_model.LogisticRegression(C=1 / penalty, tol=1e-12, max_iter=10_000).fit(X, y)
agree("logistic regression", fitted, [*model.coef_[0], model.intercept_[0]], 1e-5)
polished = scipy.optimize.root(
    lambda w: np.append(penalty * w[:2], 0) - np.append(X, np.ones((50, 1)), axis=1).T @ (y * scipy.special.expit(-y * (X @ w[:2] + w[2]))), fitted, tol=1e-13
).x
out["domain_importance"] = {
    "source": source.tolist(),
    "target": target.tolist(),
    "penalty": penalty,
    "values": (30 / 20 * np.exp(target @ polished[:2] + polished[2])).tolist(),
}

# ---- choice: sorting, and the chances of ordered draws without replacement, one draw at a time
some = rounded(rng.uniform(size=20), 6)
out["top_k"] = {"utilities": some.tolist(), "picks": np.argsort(-some)[:6].tolist()}


def ordered_draws(weights):
    chances = []
    for a, b in itertools.permutations(range(len(weights)), 2):
        chance = weights[a] / weights.sum() * weights[b] / (weights.sum() - weights[a])
        chances.append({"picks": [a, b], "chance": float(chance)})
    return chances


few = np.array([0.0, 0.1, 0.4, 0.9])
out["power_sampling"] = [{"utilities": few.tolist(), "power": power, "chances": ordered_draws(few**power)} for power in (1, 2.5)]
out["softmax_sampling"] = [{"utilities": few.tolist(), "temperature": t, "chances": ordered_draws(np.exp(few / t))} for t in (1, 0.2)]

labels_so_far, guess = [7, 20, 0], MEAN.argmax(axis=1)
balance, pool, chosen = list(labels_so_far), list(range(SAMPLES)), []
worth = rounded(rng.uniform(size=SAMPLES), 6)
while len(chosen) < 8:
    open_classes = {guess[i] for i in pool}
    fewest = min(balance[c] for c in open_classes)
    poorest = [c for c in open_classes if balance[c] == fewest]
    if len(poorest) > 1:  # a tie between classes is for the seed to decide: the case ends before it
        break
    best = max((i for i in pool if guess[i] == poorest[0]), key=lambda i: worth[i])
    chosen.append(best)
    pool.remove(best)
    balance[poorest[0]] += 1
out["class_balanced"] = {"utilities": worth.tolist(), "probabilities": MEAN.tolist(), "labeled_per_class": labels_so_far, "picks": chosen}

# ---- facility location: every gain of every candidate, each time
D = scipy.spatial.distance.cdist(F, F)


def stand_for(labeled, reference):
    near_to, picked = D[reference], []
    while len(picked) < 6:
        near = near_to[:, labeled + picked].min(axis=1)
        gain = np.maximum(0, near[:, None] - near_to).sum(axis=0)
        gain[labeled + picked] = -1
        if np.sum(np.isclose(gain, gain.max(), rtol=0, atol=1e-9)) > 1:  # two that are each other's nearest: the case ends before the tie
            break
        picked.append(int(gain.argmax()))
    return {"features": F.tolist(), "labeled": labeled, "reference": reference, "picks": picked}


longest = [max((stand_for(labeled, reference) for labeled in starts), key=lambda case: len(case["picks"]))
           for starts, reference in [([[i, 39 - i] for i in range(20)], list(range(40))), ([[i] for i in range(40)], list(range(0, 40, 3)))]]
assert all(len(case["picks"]) >= 3 for case in longest), "only cases that tie at once"
out["facility_location"] = longest

# ---- whole exchanges: every question that one exchange leads to, valued from the definition
def question_value(criterion, q, kind, y, samples):
    s = P[samples, y] if kind == "all" else 1 - P[samples, y]  # [sample, draw]
    t = s.prod(axis=0)
    if criterion == "bald_exact":
        h = lambda a: scipy.stats.entropy([a, 1 - a])
        return h(t.mean()) - np.mean([h(a) for a in t])
    k = np.argsort(t, kind="stable")[round(q * (DRAWS - 1))]
    return t[k] * (1 - s[:, k]).sum() + (1 - t[k]) * s[:, k].min()


out["exchange"] = []
for criterion, q, kind, y, m, mode in itertools.product(["gain_tv", "bald_exact"], [0.4], ["all", "any"], [0, 2], [2, 4], ["paper", "full"]):
    question = start = list(range(4, 4 + m))
    steps, position, unchanged = 0, 0, 0
    while unchanged < m and (mode == "full" or steps < int(np.sqrt(m))):
        others = [question[:position] + [i] + question[position + 1 :] for i in range(SAMPLES) if i not in question]
        worths = [question_value(criterion, q, kind, y, other) for other in others]
        if max(worths) > question_value(criterion, q, kind, y, question) + 1e-12:
            assert np.sum(np.isclose(worths, max(worths), rtol=0, atol=1e-9)) == 1, "a tie is for the seed to decide"
            question, unchanged = others[int(np.argmax(worths))], -1
        steps, position, unchanged = steps + 1, (position + 1) % m, unchanged + 1
    out["exchange"].append(
        {"criterion": criterion, **({"q": q} if criterion == "gain_tv" else {}), "question": kind, "class": y, "samples": start, "mode": mode, "exchanged": question, "value": question_value(criterion, q, kind, y, question)}
    )


def digits(value):
    if isinstance(value, dict):
        return {key: digits(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [digits(each) for each in value]
    return float(f"{value:.12g}") if isinstance(value, float) else value


FILE.write_text("{\n" + ",\n".join(f" {json.dumps(key)}: {json.dumps(digits(value))}" for key, value in out.items()) + "\n}\n")
print(f"{FILE.name}: {len(out)} entries")
