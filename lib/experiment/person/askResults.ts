import { join } from "node:path";
import { chart } from "../../figure/chart";
import type { Figure } from "../../figure/figure";
import { figureToPng } from "../../figure/figureToPng";
import { measuredCostsFigure } from "../../figure/measuredCostsFigure";
import { writeWhole } from "../../outcome/writeWhole";
import type { Probabilities } from "../../probability/probabilities";
import type { PersonRun } from "./personRun";

/**
 * Writes what a run with a person has come to into a folder: `labels.csv` (a row per sample: label, probability, whether
 * and how it was asked), `model.json` (the weights), and `report.md` with two pictures.
 */
export async function writeAskResults(folder: string, names: readonly string[], classes: readonly string[], run: PersonRun, probabilities: Probabilities): Promise<void> {
  const told = new Map<number, number>();
  const shown = new Map<number, string[]>();
  for (const { question, answer } of run.answered)
    for (const sample of question.samples) {
      shown.set(sample, [...(shown.get(sample) ?? []), `${question.kind}${answer === "cannot tell" ? " (could not tell)" : ""}`]);
      if (question.kind === "class" && typeof answer === "number") told.set(sample, answer);
      if (question.kind === "all" && answer === "yes") told.set(sample, question.class);
    }
  const rows = names.map((name, sample) => {
    const p = probabilities.values.subarray(sample * classes.length, (sample + 1) * classes.length);
    const label = told.get(sample) ?? p.indexOf(Math.max(...p));
    const by = told.has(sample) ? "person" : "model";
    return [name, classes[label]!, told.has(sample) ? "1" : p[label]!.toFixed(4), by, (shown.get(sample) ?? []).join("; ")].map(cell).join(",");
  });
  writeWhole(join(folder, "labels.csv"), ["sample,label,probability,labeled_by,asked", ...rows, ""].join("\n"));
  const weights = Object.fromEntries(Object.entries(run.classifier.weights()).map(([name, values]) => [name, Array.from(values)]));
  writeWhole(join(folder, "model.json"), `${JSON.stringify({ classes, weights })}\n`);
  writeWhole(join(folder, "curve.png"), await figureToPng(expectedCurve(run)));
  writeWhole(join(folder, "costs.png"), await figureToPng(measuredCostsFigure(run.costs)));
  writeWhole(join(folder, "report.md"), report(run, names.length, told.size));
}

/** How many of the last answers the model expected before it learned them. */
function expectedCurve(run: PersonRun): Figure {
  const points = run.progress().points.filter(({ expected }) => expected !== undefined);
  const line = { type: "scatter", mode: "lines+markers", x: points.map(({ spent }) => spent), y: points.map(({ expected }) => 100 * expected!) };
  return chart([line], { title: "Answers the model expected", x: "spent", y: "of the last 20 answers, %", yaxis: { range: [-4, 104] } });
}

function report(run: PersonRun, samples: number, told: number): string {
  const { answered, spent, points, expected } = run.progress();
  const curve = points.map((point) => `| ${point.spent.toFixed(2)} | ${point.expected === undefined ? "" : `${Math.round(100 * point.expected)} %`} |`);
  const costs = run.costs.map(({ question, answers, seconds, assumed, cost }) => `| ${question} | ${answers} | ${seconds?.toFixed(1) ?? ""} | ${assumed.toFixed(2)} | ${cost.toFixed(2)} |`);
  return [
    "# What was asked and learned",
    "",
    `${answered} questions were answered, ${spent.toFixed(2)} spent. ${told} of ${samples} samples are labeled by the person, the others by the model.`,
    `The model expected ${expected.right} of ${expected.of} answers before it learned them. Questions are chosen because they are hard, so this is no accuracy.`,
    "",
    "![Answers the model expected](curve.png)",
    "",
    "| spent | of the last 20 answers, expected |",
    "|---|---|",
    ...curve,
    "",
    "![Seconds and costs of every kind of question](costs.png)",
    "",
    "| question | answers | median seconds | assumed cost | cost |",
    "|---|---|---|---|---|",
    ...costs,
    "",
  ].join("\n");
}

/** A cell of a table; a text that a spreadsheet would take for a formula is shown as text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
