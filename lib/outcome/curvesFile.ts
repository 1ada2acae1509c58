import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { refuse } from "../runtime/refuse";
import type { CurvePoint } from "./curves";
import { writeWhole } from "./writeWhole";

/** The columns of a `curves.csv`. */
export const curveColumns = ["dataset", "method", "exploration", "budget", "initial_plus_budget", "accuracy_mean", "accuracy_sd", "replicates"];

/** Learning curves as text: the columns of `curveColumns`, accuracies with 6 decimals. */
export function curvesText(points: readonly CurvePoint[]): string {
  const rows = points.map((point) => [
    point.dataset, point.method, point.exploration ? "on" : "off", point.budget, point.initialPlusBudget,
    point.accuracyMean.toFixed(6), point.accuracySd?.toFixed(6) ?? "", point.replicates,
  ]); // prettier-ignore
  return `${[curveColumns, ...rows].map((row) => row.join(",")).join("\n")}\n`;
}

/** Writes a `curves.csv`. */
export function writeCurves(path: string, points: readonly CurvePoint[]): void {
  writeWhole(path, curvesText(points));
}

/**
 * Reads a `curves.csv`.
 *
 * @throws {InputError} naming the line that is not as it should be
 */
export function readCurves(path: string): CurvePoint[] {
  const [columns = [], ...rows] = parse(readFileSync(path)) as string[][];
  if (columns.join() !== curveColumns.join()) refuse("readCurves", `the columns ${curveColumns.join()}`, columns.join(), path);
  return rows.map((row, i) => {
    const [dataset, method, exploration, budget, initialPlusBudget, accuracyMean, accuracySd, replicates] = row as [string, string, string, string, string, string, string, string];
    const number = (text: string) => (text !== "" && Number.isFinite(Number(text)) ? Number(text) : refuse("readCurves", "a number", text, `${path}, line ${i + 2}`));
    if (exploration !== "on" && exploration !== "off") refuse("readCurves", "exploration on or off", exploration, `${path}, line ${i + 2}`);
    return {
      dataset,
      method,
      exploration: exploration === "on",
      budget: number(budget),
      initialPlusBudget: number(initialPlusBudget),
      accuracyMean: number(accuracyMean),
      ...(accuracySd === "" ? {} : { accuracySd: number(accuracySd) }),
      replicates: number(replicates),
    };
  });
}
