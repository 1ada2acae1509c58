import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { test } from "node:test";
import { questionCounts, questionSpending, randomSource, type ReplicateOutcome } from "almq";
import { syntheticReplicate } from "./syntheticStudy";

const outcomes = [1, 2, 3].map((replicate) => syntheticReplicate(replicate, randomSource(replicate)));
const run = { method: "ALMQ", exploration: true };
const near = (a: number, b: number) => ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);

test("questionSpending(outcomes, run) adds up to what the run spent, and counts as questionCounts does", () => {
  const rows = questionSpending(outcomes, run);
  const spent = outcomes.reduce((sum, { runs }) => sum + runs[0]!.records.at(-1)!.spent / 3, 0);
  near(rows.reduce((sum, { paid }) => sum + paid, 0), spent);
  near(rows.reduce((sum, { paidShare }) => sum + paidShare, 0), 1);
  const counts = questionCounts(outcomes).filter(({ method }) => method === "ALMQ");
  deepEqual(rows.map(({ question, asked }) => [question, asked]), counts.map(({ question, asked }) => [question, asked]));
});

test("questionSpending(outcomes, run, budget) counts what was paid by then, and only what labels a sample as a label", () => {
  const [first] = outcomes as [ReplicateOutcome];
  const records = [
    { ...first.runs[0]!.records[0]! },
    { ...first.runs[0]!.records[1]!, step: 1, spent: 1, question: { kind: "class", samples: [3] as const }, answer: 4 },
    { ...first.runs[0]!.records[1]!, step: 2, spent: 1.32, question: { kind: "all", class: 0, samples: [5, 6] }, answer: "yes" },
    { ...first.runs[0]!.records[1]!, step: 3, spent: 1.64, question: { kind: "all", class: 0, samples: [7, 8] }, answer: "no" },
    { ...first.runs[0]!.records[1]!, step: 4, spent: 1.92, question: { kind: "any", class: 0, samples: [9, 1] }, answer: "yes" },
  ] as const;
  const made = [{ ...first, runs: [{ ...first.runs[0]!, records }] }];
  const table = (budget?: number) => questionSpending(made, run, budget).map(({ question, asked, shown, paid, labels }) => [question, asked, shown, Number(paid.toFixed(9)), labels]);
  deepEqual(table(), [["Class", 1, 1, 1, 1], ["All2", 2, 4, 0.64, 2], ["Any2", 1, 2, 0.28, 0]]);
  deepEqual(table(1.32), [["Class", 1, 1, 1, 1], ["All2", 1, 2, 0.32, 2], ["Any2", 0, 0, 0, 0]]);
  deepEqual(questionSpending(made, run, 0).map(({ paidShare }) => paidShare), [0, 0, 0]);
});

test("questionSpending(outcomes, run) refuses a run that nobody ran", () => {
  throws(() => questionSpending(outcomes, { method: "ALMQ", exploration: false }), /questionSpending: expected outcomes of the run, got none at ALMQ/);
  equal(questionSpending(outcomes, { method: "RA", exploration: false }).length, 1);
});
