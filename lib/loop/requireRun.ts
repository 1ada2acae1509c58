import { requireAnswer, requireQuestion } from "../question/question";
import { refuse } from "../runtime/refuse";
import type { OpenRun, Run } from "./run";

/**
 * Refuses a run that cannot be as described, before anything is asked or spent.
 *
 * @throws {InputError} naming what is wrong
 */
export function requireRun({ pool, labels, classifier, strategy, initial, budget, batchBudget, test }: OpenRun & Partial<Run>): void {
  const caller = "activeLearning";
  if (!(budget > 0 && budget < Infinity)) refuse(caller, "a finite budget above 0", budget);
  if (!(batchBudget > 0 && batchBudget < Infinity)) refuse(caller, "a finite batch budget above 0", batchBudget);
  if (strategy.offers.length === 0) refuse(caller, "at least one question on offer", 0);
  for (const { kind, size, cost } of strategy.offers) {
    if (!(cost > 0 && cost < Infinity)) refuse(caller, "finite costs above 0", cost, `the ${kind} question`);
    if (!Number.isInteger(size) || size < 1 || size > pool.count)
      refuse(caller, `questions of 1 to ${pool.count} samples, the size of the pool`, size, `the ${kind} question`);
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

function requireLabels(labels: Int32Array, samples: number, classes: number, where: string): void {
  if (labels.length !== samples) refuse("activeLearning", `${samples} labels`, labels.length, where);
  labels.forEach((label, sample) => {
    if (!(label >= 0 && label < classes)) refuse("activeLearning", `classes from 0 to ${classes - 1}`, label, `sample ${sample} of ${where}`);
  });
}
