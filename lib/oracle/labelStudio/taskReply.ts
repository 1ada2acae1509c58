import { requireAnswer, type Answer, type Question } from "../../question/question";
import { refuse } from "../../runtime/refuse";
import type { Reply } from "../oracle";

/** An answer as Label Studio keeps it: nothing in it is taken for granted. */
export interface Annotation {
  readonly id: number;
  readonly completed_by: number | { readonly id: number };
  readonly result: unknown;
  readonly was_cancelled: boolean;
  /** Seconds since the task was displayed, pauses included. */
  readonly lead_time?: number | null;
  readonly created_at: string;
}

/** What one person said to a question. */
export interface PersonalReply extends Reply {
  readonly by: string;
}

/**
 * The answers of different people to one question, the earliest of everyone: Label Studio may have stored one twice.
 *
 * Seconds are Label Studio's lead time, but no more than passed since the question was there and since that person's
 * answer before it, and no more than `longest`: it goes on counting while nobody is at the desk.
 *
 * @param since when the question was put, in milliseconds; of a person: when she was last seen, too
 * @throws {InputError} for an answer that is none to this question
 */
export function personalReplies(question: Question, annotations: readonly Annotation[], classes: readonly string[], since: (by: string, before: number) => number, longest: number, where: string): PersonalReply[] {
  const replies = new Map<string, PersonalReply>();
  for (const annotation of [...annotations].sort((a, b) => a.id - b.id)) {
    const by = personOf(annotation);
    if (replies.has(by)) continue;
    const answer = annotation.was_cancelled ? "cannot tell" : readAnswer(question, annotation.result, classes, `annotation ${annotation.id}, ${where}`);
    const { lead_time: told } = annotation;
    const at = Date.parse(annotation.created_at);
    const passed = Math.max(0, (at - since(by, at)) / 1000);
    const timed = typeof told === "number" && told >= 0;
    replies.set(by, { answer, by, ...(timed && { seconds: Math.round(1000 * Math.min(told, passed, longest)) / 1000 }) });
  }
  return [...replies.values()];
}

/** The user that an annotation is by. */
export function personOf({ completed_by }: Pick<Annotation, "completed_by">): string {
  return String(typeof completed_by === "object" && completed_by !== null ? completed_by.id : completed_by);
}

/**
 * What several people said, as one: what most of them said, "cannot tell" at a tie; their seconds add up.
 *
 * @example
 * jointReply([{ answer: "yes", seconds: 2, by: "1" }, { answer: "no", seconds: 3, by: "2" }]) // { answer: "cannot tell", by: "1, 2", seconds: 5 }
 */
export function jointReply(replies: readonly PersonalReply[]): Reply {
  const votes = new Map<Answer, number>();
  for (const { answer } of replies) votes.set(answer, (votes.get(answer) ?? 0) + 1);
  const most = Math.max(...votes.values());
  const winners = [...votes].filter(([, count]) => count === most);
  const answer = winners.length === 1 ? winners[0]![0] : "cannot tell";
  const timed = replies.every(({ seconds }) => seconds !== undefined);
  const seconds = replies.reduce((sum, reply) => sum + (reply.seconds ?? 0), 0);
  return { answer, by: replies.map(({ by }) => by).join(", "), ...(timed && { seconds }) };
}

function readAnswer(question: Question, result: unknown, classes: readonly string[], where: string): Answer {
  const choices = Array.isArray(result) ? result.flatMap((part: { from_name?: unknown; value?: { choices?: unknown } } | null) => (part?.from_name === "answer" && Array.isArray(part.value?.choices) ? (part.value.choices as unknown[]) : [])) : [];
  const [choice] = choices;
  if (choices.length !== 1 || typeof choice !== "string") return refuse("labelStudio", "one answer", JSON.stringify(choices), where);
  const answer = question.kind === "class" ? classes.indexOf(choice) : choice;
  if (answer === -1) refuse("labelStudio", "one of the classes", choice, where);
  if (typeof answer === "string" && answer !== "yes" && answer !== "no") return refuse("labelStudio", `yes or no to the ${question.kind} question`, choice, where);
  requireAnswer("labelStudio", question, answer, classes.length);
  return answer;
}
