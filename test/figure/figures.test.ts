import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { test } from "node:test";
import {
  curves, differencesOfMeans, explorationDifferenceFigure, explorationDifferences, imageGrid, learningCurveFigure, publishedCurves, publishedFull,
  publishedQuestions, questionCounts, questionCountsFigure, randomSource, type Figure, type Samples,
} from "almq"; // prettier-ignore
import { syntheticReplicate } from "../outcome/syntheticStudy";
import { matchSnapshot } from "../snapshot/matchSnapshot";

const outcomes = [1, 2, 3].map((number) => syntheticReplicate(number, randomSource(number)));
const offers = outcomes[0]!.header.offers["ALMQ+EE"]!;
const trace = (figure: Figure, name: string, axis = "x") => figure.data.find((one) => one.name === name && one.xaxis === axis)!;
const panel = (dataset: string) => ({ title: dataset, curves: [], published: publishedCurves(dataset), publishedFull: publishedFull(dataset)!.drawn });

test("learningCurveFigure(panels) of almq's curves beside published points", () => {
  const figure = learningCurveFigure([{ ...panel("handwriting"), curves: curves(outcomes), full: 0.96 }, panel("har")], { title: "Figure 3" });
  matchSnapshot("figures/learning-curves", figure);
});

test("learningCurveFigure(panels) draws every published point of figures 3 to 5 where the paper has it", () => {
  for (const dataset of ["handwriting", "har", "mnist", "animal", "tumor"]) {
    const figure = learningCurveFigure([panel(dataset)]);
    for (const method of ["ALMQ", "BALD", "EN", "VAR", "LC", "RA", "BADGE"]) {
      const points = publishedCurves(dataset).filter((point) => point.method === method && point.exploration === (method !== "BADGE"));
      const drawn = trace(figure, `${method}, published`);
      deepEqual(drawn.x, points.map((point) => point.initialPlusBudget)); // prettier-ignore
      deepEqual(drawn.y, points.map((point) => point.accuracyMean)); // prettier-ignore
    }
    deepEqual(trace(figure, "Full, published").y, [publishedFull(dataset)!.drawn, publishedFull(dataset)!.drawn]);
    ok(JSON.stringify(figure.layout).includes("published points only"));
  }
});

test("learningCurveFigure(panels) draws bars of 1.96·sd/√(R−1) for the paper, /√R corrected", () => {
  const [point] = curves(outcomes);
  const bar = (fidelity: "paper" | "corrected") => {
    const figure = learningCurveFigure([{ title: "", curves: curves(outcomes) }], { fidelity });
    return (trace(figure, "ALMQ").error_y as { array: number[] }).array[0]!;
  };
  ok(Math.abs(bar("paper") - (1.96 * point!.accuracySd!) / Math.sqrt(2)) < 1e-12);
  ok(Math.abs(bar("corrected") - (1.96 * point!.accuracySd!) / Math.sqrt(3)) < 1e-12);
});

test("learningCurveFigure(panels) follows the paper's colours and dashes, or a palette for everyone", () => {
  const line = (palette: "paper" | "colourblind", name: string) => trace(learningCurveFigure([panel("mnist")], { palette }), `${name}, published`).line as { color: string; dash: string };
  deepEqual(["ALMQ", "BALD", "EN", "VAR", "LC", "RA", "BADGE", "Full"].map((name) => line("paper", name).color), "#377eb8 #e41a1c #4daf4a #984ea3 #ffff33 #a65628 #000000 #f781bf".split(" ")); // prettier-ignore
  equal(line("paper", "BALD").dash, "dash");
  ok(line("colourblind", "LC").color !== "#ffff33");
  equal(line("colourblind", "BALD").dash, "dash", "dashes stay");
});

test("learningCurveFigure(panels) gives a method one legend entry, which switches every panel", () => {
  const figure = learningCurveFigure([panel("handwriting"), panel("har")]);
  const entries = figure.data.filter((one) => one.legendgroup === "published ALMQ");
  deepEqual(entries.map((one) => one.showlegend), [true, false]); // prettier-ignore
});

test("learningCurveFigure(panels) has a line in the legend for every method that is drawn as a line, outlined or not, in its own dashes", () => {
  const { data } = learningCurveFigure([{ title: "", curves: publishedCurves("mnist") }]);
  const entries = data.filter((one) => one.showlegend && one.legend === undefined && one.legendgroup !== "almq Full");
  deepEqual(entries.map(({ name, mode }) => `${String(name)} ${String(mode)}`), ["ALMQ", "BALD", "EN", "VAR", "LC", "RA", "BADGE"].map((method) => `${method} lines`)); // prettier-ignore
  const lines = data.filter((one) => one.legendgroup === "almq LC").map((one) => (one.line as { dash: string }).dash);
  deepEqual(lines, ["longdash", "longdash", "longdash"], "outline, line and legend");
});

test("learningCurveFigure(panels, { exploration: \"off\" }) takes runs without EE", () => {
  const points = publishedCurves("mnist").filter((point) => point.method === "RA" && !point.exploration);
  deepEqual(trace(learningCurveFigure([panel("mnist")], { exploration: "off" }), "RA, published").y, points.map((point) => point.accuracyMean)); // prettier-ignore
});

test("learningCurveFigure(panels) gives a method of the user's own a colour too", () => {
  const own = curves(outcomes).map((point) => ({ ...point, method: "mine" }));
  ok(/^#/.test((trace(learningCurveFigure([{ title: "", curves: own }]), "mine").line as { color: string }).color));
});

test("explorationDifferenceFigure(panels) shows EE on minus EE off, point by point", () => {
  const published = differencesOfMeans(publishedCurves("mnist"));
  const figure = explorationDifferenceFigure([{ title: "mnist", differences: [], published }], { title: "Figure 4, right" });
  matchSnapshot("figures/exploration-difference", figure);
  const at = (exploration: boolean) => publishedCurves("mnist").find((point) => point.method === "RA" && point.budget === 200 && point.exploration === exploration)!.accuracyMean;
  ok(Math.abs((trace(figure, "RA, published").y as number[]).at(-1)! - (at(true) - at(false))) < 1e-12);
});

test("explorationDifferences(outcomes) pairs the runs of a replicate", () => {
  const both = outcomes.map((outcome) => ({ ...outcome, runs: [outcome.runs[0]!, { ...outcome.runs[0]!, exploration: false }] }));
  for (const { difference, sd, replicates } of explorationDifferences(both)) deepEqual([difference, sd, replicates], [0, 0, 3]);
  deepEqual(explorationDifferences(outcomes), [], "no method ran both ways");
});

test("questionCountsFigure(counts, offers) shows counts and what they cost", () => {
  const figure = questionCountsFigure(questionCounts(outcomes), offers);
  matchSnapshot("figures/question-counts", figure);
  throws(() => questionCountsFigure(publishedQuestions("mnist"), offers), /questionCountsFigure: expected an offer of Class, All2, Any2, got All1/);
});

const squares: Samples = {
  count: 12,
  shape: [2, 2, 1],
  read: (indices, out) => Array.from(indices).forEach((sample, i) => out.set([0, sample, 2, 3], 4 * i)),
};

test("imageGrid(samples, indices) places pictures in rows", () => {
  const figure = imageGrid(squares, [0, 1, 2], { columns: 2, captions: ["zero", "one", "two"], title: "Squares" });
  matchSnapshot("figures/image-grid", figure);
  throws(() => imageGrid({ ...squares, shape: [64] }, [0]), /imageGrid: expected pictures of one or three channels, or their size, got samples of shape 64/);
  throws(() => imageGrid(squares, []), /at least one sample/);
});
