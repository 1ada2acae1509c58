import { readdirSync } from "node:fs";
import { join } from "node:path";
import { tableText } from "../../figure/table";
import { curveIndex } from "../../outcome/batchSteps";
import { replicateCurves, type ReplicateCurves } from "../../outcome/curves";
import { readOutcomes, replicateFiles } from "../../outcome/outcomeFolder";
import { isPapersOwn } from "../../outcome/paperOutcomes";
import { paperStudies } from "../../outcome/paperStudies";
import { publishedCurves } from "../../outcome/published";
import { runName, type OutcomeHeader } from "../../outcome/record";
import { costAnalysis } from "../../outcome/statistics/budgetToReach";
import { runBands } from "../../outcome/statistics/runBands";
import { compareRuns, compareWithPublished, runSummaries } from "../../outcome/statistics/studySummary";
import { randomSource } from "../../random/randomSource";
import { refuse } from "../../runtime/refuse";

/** What a summary is to say. */
export interface SummaryOptions {
  /** Accuracies to reach, above 0 and at most 1. */
  readonly targets: readonly number[];
  /** The largest difference from the published mean that does not matter, between 0 and 1. */
  readonly margin: number;
  /** Of the resamples behind the bands. */
  readonly seed: string;
}

/** Prints a summary of the study in a folder; what is missing in its files goes to standard error first. */
export function summarise(folder: string, options: SummaryOptions): void {
  const { outcomes, losses } = readOutcomes(folder);
  for (const loss of losses) console.warn(loss);
  const made = replicateCurves(outcomes);
  const [first] = outcomes;
  if (first === undefined) return refuse("outcomes", "a folder with replicates", `none${elsewhere(folder)}`, folder);
  if (made.length === 0) return refuse("outcomes", "runs that came to their end", "none", folder);
  const { header } = first;
  section(`${header.source}, ${header.fidelity}: test accuracy while the last unit of the budget was spent (its mean, as in the paper's curves), and over the whole budget, of runs that came to their end`, runSummaries(made));
  bands(made, header, options.seed);
  comparisons(made);
  costs(made, options.targets);
  published(made, header, options.margin);
}

/** Names the folders below one without replicates, or below those, that have some. */
function elsewhere(folder: string): string {
  const inner = (path: string) => readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name)); // prettier-ignore
  const below = inner(folder);
  const found = [...below, ...below.flatMap(inner)].filter((path) => replicateFiles(path).length > 0);
  return found.length === 0 ? "" : ` (there are some in ${found.join(" and ")})`;
}

const resamples = 2000;

function bands(made: readonly ReplicateCurves[], { settings }: OutcomeHeader, seed: string): void {
  const budgets = [0.25, 0.5, 0.75, 1].map((share) => curveIndex(share * settings.budget));
  const rows = runBands(made, { resamples }, randomSource(seed).split("bands")).map(({ run, replicates, lower, upper }) => {
    const cells = budgets.map((budget) => [`budget ${budget}`, `${lower[budget]!.toFixed(4)} to ${upper[budget]!.toFixed(4)}`]);
    return { run, replicates, ...Object.fromEntries(cells) };
  });
  if (rows.length > 0) section(`95 % bootstrap bands of the mean test accuracy: whole replicates drawn with replacement, ${resamples} times, seed ${seed}`, rows);
}

function comparisons(made: readonly ReplicateCurves[]): void {
  const almq = made.filter(({ method }) => method === "ALMQ").sort((a, b) => Number(b.exploration) - Number(a.exploration))[0];
  const rows = almq === undefined ? [] : compareRuns(made, runName(almq)).map(withInterval);
  if (rows.length > 0) section(`${runName(almq!)} minus the others, replicate by replicate: 95 % interval, paired t-test, Cohen's d, Holm's correction`, rows);
}

function costs(made: readonly ReplicateCurves[], targets: readonly number[]): void {
  const share = (value: number | undefined) => (value === undefined ? undefined : `${(100 * value).toFixed(0)} %`);
  const rows = costAnalysis(made, targets).map((row) => ({ ...row, exploration: row.exploration ? "on" : "off", reached: share(row.reached), savedShare: share(row.savedShare) }));
  section("Budget to reach an accuracy, and what is saved against RA without exploration", rows);
}

/** Means are compared with the published ones where the data and the sizes are the paper's. */
function published(made: readonly ReplicateCurves[], header: OutcomeHeader, margin: number): void {
  const { dataset, study, standIn, settings } = header;
  const paper = paperStudies.find((one) => one.study === study && one.study === dataset);
  if (standIn || paper === undefined) return;
  if (isPapersOwn(header)) {
    console.log("\nNot compared with the published means: these are the results that they are the means of.");
    return;
  }
  if (paper.initial !== settings.initial || paper.budget !== settings.budget) {
    console.log(`\nNot compared with the published means: these runs begin with ${settings.initial} labels and spend ${settings.budget}; the paper's begin with ${paper.initial} and spend ${paper.budget}.`);
    return;
  }
  section(`Equal to the published mean but for ± ${margin}? (90 % interval; two one-sided tests)`, compareWithPublished(made, publishedCurves(dataset), margin).map(withInterval));
}

function withInterval<T extends { readonly interval?: readonly [number, number] }>({ interval, ...rest }: T) {
  return { ...rest, from: interval?.[0], to: interval?.[1] };
}

function section(title: string, rows: readonly object[]): void {
  console.log(`\n${title}\n\n${tableText(rows)}`);
}
