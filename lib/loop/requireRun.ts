import { requireAnswer, requireQuestion } from "../question/question";
import type { Offer } from "../question/offer";
import { refuse } from "../runtime/refuse";
import type { Strategy } from "../selection/strategy";
import type { OpenRun, Run } from "./run";

/**
 * Refuses a run that cannot be as described, before anything is asked or spent.
 *
 * @throws {InputError} naming what is wrong
 */
export function requireRun({ pool, labels, classifier, strategy, initial, budget, batchBudget, measured, stopWhen, test }: OpenRun & Partial<Run>): void {
  const caller = "activeLearning";
  if (!positive(budget)) refuse(caller, "a finite budget above 0", budget);
  if (!positive(batchBudget)) refuse(caller, "a finite batch budget above 0", batchBudget);
  if (measured !== undefined && !(Number.isInteger(measured) && measured >= 1)) refuse(caller, "at least 1 measured sample", measured);
  if (stopWhen !== undefined && typeof stopWhen !== "function") refuse(caller, "a stopping rule such as plateau()", stopWhen);
  if (strategy.offers.length === 0) refuse(caller, "at least one question on offer", 0);
  for (const { kind, size, cost } of strategy.offers) {
    if (!positive(cost)) refuse(caller, "finite costs above 0", cost, `the ${kind} question`);
    if (!Number.isInteger(size) || size < 1 || size > pool.count)
      refuse(caller, `questions of 1 to ${pool.count} samples, the size of the pool`, size, `the ${kind} question`);
    if (!canAsk(strategy, kind)) refuse(caller, `a strategy that can search ${kind} questions`, `"${strategy.name}", which cannot`);
  }
  const asked = initial.flatMap(({ question }) => question.samples);
  if (asked.length < 1 || asked.length > pool.count) refuse(caller, `1 to ${pool.count} initial samples, the size of the pool`, asked.length);
  if (new Set(asked).size !== asked.length) refuse(caller, "different initial samples", "one of them twice");
  for (const { question, answer } of initial) {
    requireQuestion(caller, question, { samples: pool.count, classes: classifier.classes });
    requireAnswer(caller, question, answer, classifier.classes);
  }
  if (labels !== undefined) requireLabels(labels, pool.count, classifier.classes, "the pool");
  if (test !== undefined) requireLabels(test.labels, test.samples.count, classifier.classes, "the test set");
}

/** A finite number above 0; text that reads like one is none. */
function positive(value: unknown): boolean {
  return typeof value === "number" && value > 0 && value < Infinity;
}

function canAsk({ searchClass, searchYesNo, searchBatch }: Strategy, kind: Offer["kind"]): boolean {
  if (kind === "class") return searchClass !== undefined || searchBatch !== undefined;
  return searchYesNo !== undefined && searchBatch === undefined;
}

function requireLabels(labels: Int32Array, samples: number, classes: number, where: string): void {
  if (labels.length !== samples) refuse("activeLearning", `${samples} labels`, labels.length, where);
  labels.forEach((label, sample) => {
    if (!(label >= 0 && label < classes)) refuse("activeLearning", `classes from 0 to ${classes - 1}`, label, `sample ${sample} of ${where}`);
  });
}
