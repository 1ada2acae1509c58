import assert from "node:assert/strict";
import { test } from "node:test";
import type { Question } from "almq";
import { jointReply, personalReplies, type Annotation } from "../../../lib/oracle/labelStudio/taskReply";

const classes = ["cat", "dog"];
const put = Date.parse("2026-01-01T10:00:00Z");
const all: Question = { kind: "all", class: 1, samples: [3, 4] };
const one: Question = { kind: "class", samples: [3] };

function annotation(id: number, choice: string | null, more: Partial<Annotation> = {}): Annotation {
  const result = choice === null ? [] : [{ from_name: "answer", to_name: "samples", type: "choices", value: { choices: [choice] } }];
  return { id, completed_by: 1, result, was_cancelled: choice === null, lead_time: 4, created_at: "2026-01-01T10:00:30Z", ...more };
}

const replies = (question: Question, ...annotations: Annotation[]) => personalReplies(question, annotations, classes, () => put, 120, "task 5");

test("personalReplies(question, annotations) reads classes, yes and no, and a skip as one that could not be told", () => {
  assert.deepEqual(replies(one, annotation(1, "dog")), [{ answer: 1, by: "1", seconds: 4 }]);
  assert.deepEqual(replies(all, annotation(1, "yes")), [{ answer: "yes", by: "1", seconds: 4 }]);
  assert.deepEqual(replies(all, annotation(1, null)), [{ answer: "cannot tell", by: "1", seconds: 4 }]);
});

test("personalReplies(question, annotations) takes one answer of a person, the earliest, also when two are stored", () => {
  const stored = [annotation(9, "no"), annotation(7, "yes"), annotation(8, "no", { completed_by: { id: 2 } })];
  assert.deepEqual(replies(all, ...stored).map(({ answer, by }) => [by, answer]), [["1", "yes"], ["2", "no"]]);
});

test("personalReplies(question, annotations) takes no more seconds than passed, nor than a pause, and none where none were told", () => {
  const seconds = (more: Partial<Annotation>, since = put) => personalReplies(all, [annotation(1, "yes", more)], classes, () => since, 120, "task 5")[0]!.seconds;
  assert.equal(seconds({ lead_time: 4.2 }), 4.2);
  assert.equal(seconds({ lead_time: 600 }), 30, "the question was there for 30 seconds");
  assert.equal(seconds({ lead_time: 600 }, put - 1e6), 120);
  assert.equal(seconds({ lead_time: 9 }, put + 29_000), 1, "she answered another one meanwhile");
  assert.equal(seconds({ lead_time: null }), undefined);
  assert.equal(seconds({ lead_time: -1 }), undefined);
});

test("personalReplies(question, annotations) refuses what is no answer to the question, and says where it is", () => {
  const refused = (question: Question, choice: unknown, message: RegExp) =>
    assert.throws(() => replies(question, annotation(7, "", { result: [{ from_name: "answer", value: { choices: choice } }] })), message);
  refused(all, ["dog"], /labelStudio: expected yes or no to the all question, got dog at annotation 7, task 5/);
  refused(one, ["yes"], /labelStudio: expected one of the classes, got yes at annotation 7, task 5/);
  refused(one, ["cat", "dog"], /expected one answer, got \["cat","dog"\]/);
  refused(one, [], /expected one answer, got \[\]/);
  refused(one, [{ toString: "x" }], /expected one answer/);
  for (const result of [null, "text", [null], [{}], {}]) assert.throws(() => replies(one, annotation(7, "", { result })), /expected one answer/);
});

test("jointReply(replies) is what most people said, nothing at a tie, and costs everyone's seconds", () => {
  const said = (...answers: (string | number)[]) => jointReply(answers.map((answer, i) => ({ answer: answer as "yes", seconds: i + 1, by: String(i) })));
  assert.deepEqual(said("yes"), { answer: "yes", by: "0", seconds: 1 });
  assert.deepEqual(said("yes", "no", "yes"), { answer: "yes", by: "0, 1, 2", seconds: 6 });
  assert.equal(said("yes", "no").answer, "cannot tell");
  assert.equal(said(3, 4, 4).answer, 4);
  assert.equal(said("cannot tell", "no", "no").answer, "no");
  assert.equal(jointReply([{ answer: 1, by: "1" }, { answer: 1, by: "2", seconds: 3 }]).seconds, undefined);
});
