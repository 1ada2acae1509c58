import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { projectFolder } from "../runtime/projectFolder";
import type { CurvePoint } from "./curves";
import { readCurves } from "./curvesFile";
import type { QuestionCount } from "./questionCounts";
import { readQuestions } from "./questionsFile";

/** The folder of all outcomes. */
export const outcomesFolder = join(projectFolder, "outcomes");

const publishedFile = (name: string) => join(outcomesFolder, "published", name);

/**
 * The published learning curves of a dataset, every point of the paper's figures.
 *
 * @param dataset `"handwriting"`, `"har"`, `"mnist"`, `"animal"` or `"tumor"`; others have none
 * @see outcomes/published/SOURCE.md
 */
export function publishedCurves(dataset: string): CurvePoint[] {
  return readCurves(publishedFile("curves.csv")).filter((point) => point.dataset === dataset);
}

/** Accuracies of the model fitted on the whole labeled pool. */
export interface PublishedFull {
  /** The line of the paper's figures: the first replicate's accuracy. */
  readonly drawn: number;
  /** Mean over replicates; absent where not known. */
  readonly mean?: number;
  readonly sd?: number;
  readonly replicates: number;
}

/** The published Full line of a dataset; undefined for a dataset that is not in the paper. */
export function publishedFull(dataset: string): PublishedFull | undefined {
  const row = rows("full-data.csv").find((one) => one.dataset === dataset);
  if (row === undefined) return undefined;
  const { full_data_test_accuracy_first_replicate: drawn, full_data_test_accuracy_mean: mean, full_data_test_accuracy_sd: sd } = row;
  return { drawn: Number(drawn), ...(mean ? { mean: Number(mean), sd: Number(sd) } : {}), replicates: Number(row.replicates) };
}

/** How often ALMQ asked each kind of question in the paper's results: handwriting and mnist. */
export function publishedQuestions(dataset: string): QuestionCount[] {
  return readQuestions(publishedFile("questions.csv")).filter((count) => count.dataset === dataset);
}

function rows(name: string): Record<string, string>[] {
  return parse(readFileSync(publishedFile(name)), { columns: true }) as Record<string, string>[];
}
