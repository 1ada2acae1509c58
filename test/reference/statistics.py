"""Computes what `npm run outcomes -- summary` says of a study a second time, from its files alone, with pandas, SciPy and
statsmodels. Usage: python statistics.py OUTCOMES/handwriting/paper OUTCOMES/published/curves.csv > statistics.json"""
import glob, json, sys
import numpy as np, pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

folder, published = sys.argv[1:3]
files = sorted(glob.glob(folder + "/replicate-*.csv"))
settings = json.loads(open(files[0]).readline()[2:])["settings"]
budget, batch = settings["budget"], settings["batchBudget"]


def curve(rows):
    accuracy = rows.test_accuracy.ffill()
    if rows.run.iloc[0] == "BADGE":  # its rows carry the model of their whole batch, which counts once the batch is paid
        accuracy = accuracy.where(rows.spent % batch == 0).ffill()
    cell = np.maximum(0, np.ceil(rows.spent - 1e-9)).astype(int)
    return accuracy.groupby(cell).mean().reindex(range(budget + 1)).ffill().to_numpy()


tables = [pd.read_csv(file, comment="#") for file in files]
runs = list(dict.fromkeys(tables[0].run))
curves = {run: np.array([curve(table[table.run == run]) for table in tables]) for run in runs}
finals = {run: values[:, -1] for run, values in curves.items()}
areas = {run: np.trapezoid(values, axis=1) / budget for run, values in curves.items()}


def reach(values, target):
    there = np.nonzero(values >= target)[0]
    return int(there[0]) if len(there) else None


others = [run for run in runs if run != "ALMQ+EE"]
tests = [stats.ttest_rel(finals["ALMQ+EE"], finals[run]) for run in others]
paper = pd.read_csv(published)
paper = paper[(paper.dataset == "handwriting") & (paper.budget == budget)]


def equivalence(run, margin=0.006):
    method, exploration = run.replace("+EE", ""), "on" if run.endswith("+EE") else "off"
    row = paper[(paper.method == method) & (paper.exploration == exploration)].iloc[0]
    own = finals[run]
    a, b = own.var(ddof=1) / len(own), row.accuracy_sd**2 / row.replicates
    error, difference = np.sqrt(a + b), own.mean() - row.accuracy_mean
    freedom = (a + b) ** 2 / (a**2 / (len(own) - 1) + b**2 / (row.replicates - 1))
    p = max(stats.t.sf((difference + margin) / error, freedom), stats.t.cdf((difference - margin) / error, freedom))
    half = stats.t.ppf(0.95, freedom) * error
    return {"difference": difference, "from": difference - half, "to": difference + half, "p": p}


band = stats.bootstrap((finals["ALMQ+EE"],), np.mean, n_resamples=200_000, method="percentile", rng=1).confidence_interval
print(json.dumps({
    "runs": {run: {"final": finals[run].mean(), "finalSd": finals[run].std(ddof=1), "area": areas[run].mean(), "areaSd": areas[run].std(ddof=1)} for run in runs},
    "against": {run: {
        "difference": (finals["ALMQ+EE"] - finals[run]).mean(), "t": test.statistic, "p": test.pvalue, "pCorrected": corrected,
        "effect": (finals["ALMQ+EE"] - finals[run]).mean() / (finals["ALMQ+EE"] - finals[run]).std(ddof=1),
        "from": test.confidence_interval(0.95).low, "to": test.confidence_interval(0.95).high,
    } for run, test, corrected in zip(others, tests, multipletests([test.pvalue for test in tests], method="holm")[1])},
    "reach": {str(target): {run: reach(values.mean(axis=0), target) for run, values in curves.items()} for target in (0.9, 0.92, 0.99)},
    "published": {run: equivalence(run) for run in runs},
    "band": [band.low, band.high],
}, indent=1))
