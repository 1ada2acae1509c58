import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
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
  for (const number of fidelity === "paper" ? [0] : [0, 1, 2]) writeOutcome(join(folder, panteaStudy(setting), fidelity), syntheticReplicate(number, randomSource(number), { study: panteaStudy(setting), fidelity }));
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

test("panteaErrorFigure({ fidelity }) puts almq's own runs of that fidelity beside them, with their standard error", () => {
  const ours = (fidelity: "paper" | "corrected") => trace(panteaErrorFigure({ outcomes: folder, fidelity }), "random, almq", "x")[0]!;
  const [ideal, constrained] = ours("corrected").y as [number | undefined, number];
  equal(ideal, undefined);
  ok(constrained > 0 && constrained < 20);
  ok((ours("corrected").error_y as { array: number[] }).array[1]! > 0);
  equal((ours("paper").error_y as { array: number[] }).array[1], 0, "one replicate has no spread");
  const [supervised] = trace(panteaErrorFigure({ outcomes: folder }), "no strategy, 1,100 labels, almq", "x");
  ok(Math.abs((supervised!.y as number[])[0]! - 4) < 1e-9, "what the header says of one network with as many labels");
});

test("panteaNoiseFigure(model) draws every printed accuracy", () => {
  const figure = panteaNoiseFigure("ResNet-18", { outcomes: nothing });
  deepEqual(trace(figure, "BALD, published", "x2")[0]!.y, [32.23, 34.04, 38.52]);
  equal(figure.data.length, 9);
  matchSnapshot("figures/pantea-table-2-lenet", panteaNoiseFigure("LeNet", { outcomes: nothing }));
  throws(() => panteaNoiseFigure("VGG" as "LeNet"), /panteaNoiseFigure: expected LeNet or ResNet-18, got VGG/);
});

test("panteaCurveFigure(name) draws almq's runs, and says of a panel that it has none", () => {
  const figure = panteaCurveFigure("5", { outcomes: folder, fidelity: "corrected" });
  const [, line] = trace(figure, "LeNet, random, almq", "x");
  equal((line!.x as number[]).length, 3);
  const words = JSON.stringify(figure.layout);
  equal(words.split("not run yet: printed ends only").length - 1, 2);
  equal(words.split("3 replicates, ± standard error").length - 1, 1);
  const alone = JSON.stringify(panteaCurveFigure("5", { outcomes: folder }).layout);
  ok(alone.includes("1 replicate") && !alone.includes("standard error"), "one replicate has none");
  equal((figure.layout.shapes as unknown[]).length, 2, "panels with printed numbers only are shaded");
  deepEqual(trace(figure, "ResNet-18, BALD, published", "x3")[0]!.y, [0.7619]);
  throws(() => panteaCurveFigure("7" as "6"), /panteaCurveFigure: expected 4, 5 or 6, got 7/);
});

test("panteaCurveFigure(name) puts printed ends side by side, right of where the runs end", () => {
  for (const name of ["4", "5", "6"] as const) {
    const figure = panteaCurveFigure(name, { outcomes: nothing });
    const places = figure.data.filter(({ xaxis }) => xaxis === "x").map(({ x }) => (x as number[])[0]!);
    equal(new Set(places).size, name === "4" ? 6 : 3, "the two models of figure 5 are far apart");
    ok(places.every((place) => place > (name === "4" ? 11000 : 1100)));
    matchSnapshot(`figures/pantea-${name}`, figure);
  }
});

test("panteaFigures() are six, switch between fidelities, and say how much of each almq has run", () => {
  const figures = panteaFigures({ outcomes: folder });
  deepEqual(figures.map(({ name }) => name), ["pantea-3", "pantea-table-2-LeNet", "pantea-table-2-ResNet-18", "pantea-4", "pantea-5", "pantea-6"]); // prettier-ignore
  const of = (name: string) => figures.find((one) => one.name === name)!;
  match(of("pantea-3").caption, /almq's own: paper, 1 of its 12 runs with 1 replicate; corrected, 1 of its 12 runs with 3 replicates\./);
  match(of("pantea-4").caption, /almq has not run this study yet: printed numbers only\./);
  const row = of("pantea-5").table.find(({ dataset, model, strategy }) => dataset === "MNIST" && model === "LeNet" && strategy === "random")!;
  deepEqual([row.published, row["paper replicates"], row["corrected replicates"]], [0.2879, 1, 3]);
  for (const { figure } of figures) equal((figure.layout.updatemenus as { buttons: unknown[] }[])[0]!.buttons.length, 2);
});
