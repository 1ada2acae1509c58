import assert from "node:assert/strict";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { answerFile } from "../../../lib/oracle/person/answerFile";
import { startDesk, Stopped } from "../../../lib/oracle/person/desk";
import { temporaryFolder } from "../../dataset/temporaryFolder";
import { classes, questions } from "./openServer";

const subject = { classes, samples: 20 };

test("desk.answer(id, answer, seconds) takes no page's word for more time than has passed", async () => {
  let milliseconds = 0;
  const file = answerFile(undefined, subject);
  const desk = startDesk(3, file, 0, () => milliseconds);
  const replies = desk.ask(questions);
  assert.equal(desk.sheet.question?.id, "q1"); // looked at: its time begins
  milliseconds = 4000;
  desk.addSeconds("q1", { seconds: 3 });
  desk.answer("q1", 0, { seconds: 3 });
  assert.equal(desk.sheet.question?.id, "q2");
  milliseconds = 10_000;
  desk.answer("q2", "no", { seconds: 2.5, hidden: 3.5 });
  desk.addSeconds("q2", { seconds: 100 }); // too late: ignored
  desk.answer("q3", "yes", { seconds: 7 }); // never looked at
  assert.deepEqual((await replies).map(({ seconds }) => seconds), [4, 2.5, 0]);
});

test("answerFile(path, subject) remembers what was answered and not taken back, and cuts a torn line off", async (context) => {
  const path = join(temporaryFolder(context), "answers.jsonl");
  const file = answerFile(path, subject);
  file.keep(questions[0]!, { answer: 2, seconds: 1.25 }, { hidden: 3 });
  file.keep(questions[1]!, { answer: "no", seconds: 2 });
  file.undo(questions[1]!);
  file.keep(questions[2]!, { answer: "cannot tell", seconds: 0.5 });
  file.close();
  appendFileSync(path, '{"question":{"kind":"all","cl');
  const again = answerFile(path, subject);
  assert.equal(again.count, 2);
  assert.deepEqual(again.recall(questions[0]!), { answer: 2, seconds: 1.25 });
  assert.equal(again.recall(questions[1]!), undefined);
  assert.deepEqual(again.recall(questions[2]!), { answer: "cannot tell", seconds: 0.5 });
  again.keep(questions[1]!, { answer: "yes" });
  again.close();
  const lines = readFileSync(path, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line) as object);
  assert.equal(lines.length, 6);
});

test("answerFile(path, subject) refuses a file about something else, and a broken line in the middle", (context) => {
  const path = join(temporaryFolder(context), "answers.jsonl");
  answerFile(path, subject).close();
  assert.throws(() => answerFile(path, { ...subject, classes: ["a", "b"] }), /answerFile: expected answers about the classes a, b, got cat, dog, .* at .*answers.jsonl/);
  assert.throws(() => answerFile(path, { ...subject, samples: 21 }), /answerFile: expected answers about this pool of 21 samples, got another pool of 20/);
  const whole = readFileSync(path, "utf8");
  writeFileSync(path, `${whole}{"question":\n`);
  assert.throws(() => answerFile(path, subject), /answerFile: expected a line of JSON, got {"question": at .*, line 2/);
  writeFileSync(path, `${whole}{"question":{"kind":"class","samples":[99]},"answer":0}\n`);
  assert.throws(() => answerFile(path, subject), /answerFile: expected samples from 0 to 19, got 99/);
  assert.throws(() => answerFile(dirname(path), subject), /answerFile: expected a file that can be read, got a folder where a file should be/);
  writeFileSync(path, "label,probability\n");
  assert.throws(() => answerFile(path, subject), /answerFile: expected a line of JSON, got label,probability/);
  writeFileSync(path, "a line without an end");
  assert.throws(() => answerFile(path, subject), /answerFile: expected answers kept by almq, got another file/);
  assert.equal(readFileSync(path, "utf8"), "a line without an end", "it is left as it was");
  assert.throws(() => answerFile(join(path, "inside.jsonl"), subject), /answerFile: expected a folder, got a file/);
});

test("desk.ask(questions) asks nobody what the file knows", async (context) => {
  const path = join(temporaryFolder(context), "answers.jsonl");
  const first = answerFile(path, subject);
  const desk = startDesk(3, first, 0);
  const before = desk.ask(questions);
  before.catch(() => {});
  desk.answer("q1", 1, { seconds: 0 });
  desk.answer("q2", "yes", { seconds: 0 });
  first.close();

  const again = startDesk(3, answerFile(path, subject), 0);
  const replies = again.ask(questions);
  assert.deepEqual(again.sheet.question, { id: "q1", question: questions[2], place: 0, of: 1 });
  again.answer("q1", "no", { seconds: 0 });
  assert.deepEqual((await replies).map(({ answer }) => answer), [1, "yes", "no"]);
  assert.deepEqual((await again.ask(questions.slice(0, 2))).map(({ answer }) => answer), [1, "yes"]);
});

test("desk.end(words) refuses whoever waits for an answer", async () => {
  const desk = startDesk(3, answerFile(undefined, subject), 0);
  const replies = desk.ask(questions);
  desk.end("stopped");
  await assert.rejects(replies, Stopped);
  await assert.rejects(desk.ask(questions), Stopped);
  assert.equal(desk.sheet.phase, "ended");
});

test("desk.offerToStop(words) leaves it to the person", async () => {
  const desk = startDesk(3, answerFile(undefined, subject), 0);
  for (const stop of [false, true]) {
    const decision = desk.offerToStop("good enough");
    assert.equal(desk.sheet.phase, "offering");
    assert.equal(desk.decide(stop), true);
    assert.equal(await decision, stop);
  }
  assert.equal(desk.decide(true), false);
});
