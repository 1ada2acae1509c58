import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { panteaAccuracies, panteaCurveFigure, panteaErrorFigure, panteaErrors, panteaFigures, panteaNoiseFigure, panteaStudy, randomSource, writeOutcome, type Figure } from "almq";
import { syntheticReplicate } from "../outcome/syntheticStudy";
import { matchSnapshot } from "../snapshot/matchSnapshot";

const folder = mkdtempSync(join(tmpdir(), "almq-pantea-"));
const nothing = mkdtempSync(join(tmpdir(), "almq-nothing-"));
after(() => [folder, nothing].forEach((made) => rmSync(made, { recursive: true })));
const setting = { dataset: "MNIST", model: "LeNet", noise: "none", scenario: "constrained" } as const;
for (const fidelity of ["paper", "corrected"] as const)
  for (const number of [0, 1, 2]) {
    const { header, runs } = syntheticReplicate(number, randomSource(number), { study: panteaStudy(setting), fidelity });
    const bald = runs.filter(({ method }) => method === "RA").map((run) => ({ ...run, method: "BALD" }));
    writeOutcome(join(folder, panteaStudy(setting), fidelity), { header: { ...header, offers: { ...header.offers, BALD: header.offers.RA! } }, runs: [...runs, ...bald] });
  }
const trace = (figure: Figure, name: string, axis: string) => figure.data.filter((one) => one.name === name && one.xaxis === axis);

test("panteaErrors() and panteaAccuracies() show that Table 2 holds accuracies: for LeNet on MNIST they are 100 minus the errors", () => {
  for (const strategy of ["RA", "EN", "BALD"] as const) {
    const error = panteaErrors().find((row) => row.scenario === "constrained" && row.model === "LeNet" && row.strategy === strategy)!.testError;
    const accuracy = panteaAccuracies().find((row) => row.noise === "none" && row.model === "LeNet" && row.dataset === "MNIST" && row.strategy === strategy)!.accuracy;
    ok(Math.abs(100 - error - accuracy) < 1e-9, strategy);
  }
  equal(panteaErrors().length, 14);
  equal(panteaAccuracies().length, 54);
});

test("panteaErrorFigure() draws every printed error", () => {
  matchSnapshot("figures/pantea-3", panteaErrorFigure({ outcomes: nothing }));
});

test("panteaErrorFigure() puts almq's own runs beside them", () => {
  const [ours] = trace(panteaErrorFigure({ outcomes: folder }), "random, almq", "x");
  const [ideal, constrained] = ours!.y as [number | undefined, number];
  equal(ideal, undefined);
  ok(constrained > 0 && constrained < 20);
  const [dropout] = trace(panteaErrorFigure({ outcomes: folder }), "BALD with dropout, almq", "x");
  deepEqual((dropout!.y as number[])[0], undefined);
  equal(trace(panteaErrorFigure({ outcomes: nothing }), "BALD with dropout, almq", "x").length, 0);
});

test("panteaNoiseFigure(model) draws every printed accuracy", () => {
  const figure = panteaNoiseFigure("ResNet-18");
  deepEqual(trace(figure, "BALD", "x2")[0]!.y, [32.23, 34.04, 38.52]);
  equal(figure.data.length, 9);
  throws(() => panteaNoiseFigure("VGG" as "LeNet"), /panteaNoiseFigure: expected LeNet or ResNet-18, got VGG/);
});

test("panteaCurveFigure(name) draws almq's runs, and says of a panel that it has none", () => {
  const figure = panteaCurveFigure("5", { outcomes: folder });
  const [, line] = trace(figure, "LeNet, random", "x");
  equal((line!.x as number[]).length, 3);
  equal(trace(figure, "LeNet, BALD, with dropout", "x").length, 2, "an area and a line");
  const words = JSON.stringify(figure.layout);
  equal(words.split("not run yet: printed ends only").length - 1, 2);
  equal(words.split("mean ± standard error").length - 1, 1);
  deepEqual(trace(figure, "ResNet-18, BALD, published", "x3")[0]!.y, [0.7619]);
  deepEqual(trace(panteaCurveFigure("4", { outcomes: nothing }), "LeNet, random, published", "x")[0]!.x, [11000]);
  throws(() => panteaCurveFigure("7" as "6"), /panteaCurveFigure: expected 4, 5 or 6, got 7/);
});

test("panteaFigures() are six, of names of their own", () => {
  equal(new Set(panteaFigures({ outcomes: folder }).map(({ name }) => name)).size, 6);
});
