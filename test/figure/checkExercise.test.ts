import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { checkExercise, type Exercise } from "almq";

const half: Exercise<number> = {
  right: (answer) => Math.abs(answer - 0.5) < 1e-9,
  because: "The two tie.",
  mistakes: [
    { when: (answer) => answer > 1, say: "That is a percentage." },
    { when: (answer) => answer > 0.6, say: "Too much." },
  ],
  hint: "Look at the second one.",
};

/** What is said of an answer. */
function said<T>(t: TestContext, answer: T | undefined, exercise: Exercise<T>): string {
  const log = t.mock.method(console, "log", () => {});
  checkExercise(answer, exercise);
  const words = log.mock.calls.map(({ arguments: [text] }) => String(text)).join("\n");
  log.mock.restore();
  return words;
}

test("checkExercise(answer, …) confirms a right answer and says why it is right", (t) => {
  assert.equal(said(t, 0.5, half), "**Right.** The two tie.");
});

test("checkExercise(answer, …) names the first known mistake, and gives a hint where none is known", (t) => {
  assert.equal(said(t, 50, half), "**Not yet.** That is a percentage.");
  assert.equal(said(t, 0.7, half), "**Not yet.** Too much.");
  assert.equal(said(t, 0.2, half), "**Not yet.** Look at the second one.");
  assert.equal(said(t, NaN, half), "**Not yet.** Look at the second one.");
});

test("checkExercise(undefined, …) says that nothing is answered yet and asks nothing of the checks", (t) => {
  const never = () => assert.fail("asked about an answer that there is not");
  assert.match(said(t, undefined, { right: never, because: "", mistakes: [{ when: never, say: "" }], hint: "" }), /^\*Not answered yet/);
});

test("checkExercise(f, …) tells a reader's own function that throws, and goes on", (t) => {
  const exercise: Exercise<(p: number[]) => number> = { right: (f) => f([1]) === 1, because: "", hint: "" };
  const throws = () => {
    throw new Error("p is empty");
  };
  assert.equal(said(t, throws, exercise), "**Not yet.** Your answer fails: p is empty");
});
