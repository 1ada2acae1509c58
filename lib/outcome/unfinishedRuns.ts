import { batchSteps, curveIndex } from "./batchSteps";
import { hasEnded } from "./hasEnded";
import { runName, type ReplicateOutcome } from "./record";

/** A run of a replicate that did not come to its end, or of which there is nothing. */
export interface UnfinishedRun {
  readonly run: string;
  /** Budget of its last record; absent where it has none. */
  readonly spent?: number;
  /** How many points of its learning curve are missing, of how many. */
  readonly missing: number;
  readonly points: number;
}

/** The runs of a replicate, all those its header names, that are unfinished. */
export function unfinishedRuns({ header, runs }: ReplicateOutcome): UnfinishedRun[] {
  const { budget, batchBudget } = header.settings;
  const steps = batchSteps(budget, batchBudget).map(curveIndex);
  const names = new Set([...Object.keys(header.offers), ...runs.map(runName)]);
  return [...names].flatMap((name) => {
    const run = runs.find((one) => runName(one) === name);
    if (run !== undefined && hasEnded(run, budget)) return [];
    const spent = run?.records.at(-1)?.spent;
    const missing = steps.filter((step) => step > Math.floor((spent ?? -1) + 1e-9)).length;
    return [{ run: name, ...(spent === undefined ? {} : { spent }), missing, points: steps.length }];
  });
}

/** What of a replicate is missing, in words; nothing where it is whole. */
export function unfinishedLoss(outcome: ReplicateOutcome, file: string): string | undefined {
  const unfinished = unfinishedRuns(outcome);
  if (unfinished.length === 0) return undefined;
  const { offers, settings } = outcome.header;
  const words = unfinished.map(({ run, spent, missing, points }) => {
    const where = spent === undefined ? `${run} is not there` : `${run} breaks off at ${spent} of its budget of ${settings.budget}`;
    return `${where} (${missing} of ${points} points missing)`;
  });
  const all = Math.max(Object.keys(offers).length, outcome.runs.length);
  return `${file}: ${unfinished.length} of ${all} runs unfinished: ${words.join(", ")}; curves use the points that are there, statistics leave such runs out`;
}
