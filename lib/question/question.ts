import { refuse } from "../runtime/refuse";
import { requireOneOf } from "../runtime/requireOneOf";

/** What was asked: which class is this sample, are all of these samples of the class, is any of them? */
export type Question =
  | { readonly kind: "class"; readonly samples: readonly [number] }
  | { readonly kind: "all" | "any"; readonly class: number; readonly samples: readonly number[] };

/**
 * What the oracle said: a class index to a Class question, yes or no to All and Any,
 * or that it cannot tell, which costs its price and teaches nothing.
 */
export type Answer = number | "yes" | "no" | "cannot tell";

/** A question with its answer: what a classifier learns from. */
export interface AnsweredQuestion {
  readonly question: Question;
  readonly answer: Answer;
}

/** A labeled sample is a Class question that has been answered. */
export function labeled(sample: number, label: number): AnsweredQuestion {
  return { question: { kind: "class", samples: [sample] }, answer: label };
}

/**
 * Refuses a question that cannot be asked of these samples.
 *
 * @throws {InputError} for no sample, a sample twice, a sample or a class that is not there
 */
export function requireQuestion(caller: string, question: Question, of: { samples: number; classes: number }): void {
  const { samples } = question;
  requireOneOf(caller, "a kind", question.kind, ["class", "all", "any"]);
  if (question.kind === "class" ? samples.length !== 1 : samples.length < 1)
    refuse(caller, question.kind === "class" ? "one sample in a Class question" : "at least one sample", samples.length);
  for (const sample of samples)
    if (!Number.isInteger(sample) || sample < 0 || sample >= of.samples) refuse(caller, `samples from 0 to ${of.samples - 1}`, sample);
  if (new Set(samples).size !== samples.length) refuse(caller, "different samples", samples);
  if (question.kind !== "class" && !(Number.isInteger(question.class) && question.class >= 0 && question.class < of.classes))
    refuse(caller, `a class from 0 to ${of.classes - 1}`, question.class);
}

/**
 * Refuses an answer that is none to this question.
 *
 * @throws {InputError} for yes or no to a Class question, a class to All or Any, or a class that is not there
 */
export function requireAnswer(caller: string, question: Question, answer: Answer, classes: number): void {
  if (answer === "cannot tell") return;
  if (question.kind !== "class") {
    if (answer !== "yes" && answer !== "no") refuse(caller, `yes or no to the ${question.kind} question`, answer);
  } else if (typeof answer !== "number" || !Number.isInteger(answer) || answer < 0 || answer >= classes)
    refuse(caller, `a class from 0 to ${classes - 1} as the answer`, answer, `sample ${question.samples[0]}`);
}
