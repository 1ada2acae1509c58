import { labelOracle, trueAnswer, type Question } from "almq";

interface State {
  readonly run: string;
  readonly version: number;
  readonly phase: string;
  readonly question?: { readonly id: string; readonly kind: "class" | "all" | "any"; readonly samples: readonly number[]; readonly words: string };
}

/**
 * Reads questions over the network and answers them truly, as a page would, until the session ends.
 *
 * @returns how many it answered, before an answer could not be kept
 */
export async function readAndAnswer(address: string, labels: ArrayLike<number>, classes: readonly string[], limit = Infinity): Promise<number> {
  const { origin, hash } = new URL(address);
  const headers = { "x-almq-token": new URLSearchParams(hash.slice(1)).get("key")!, "content-type": "application/json" };
  let after = 0;
  let answered = 0;
  while (answered < limit) {
    const reply = await fetch(`${origin}/state?after=${after}`, { headers }).catch(() => undefined);
    if (reply === undefined || !reply.ok) break;
    const state = (await reply.json()) as State;
    if (state.phase === "ended") break;
    after = state.version;
    if (state.question === undefined) continue;
    const answer = trueAnswer(asQuestion(state.question, classes), labels);
    const body = JSON.stringify({ id: state.question.id, answer, seconds: 0 });
    const { status } = await fetch(`${origin}/answer`, { method: "POST", headers, body });
    if (status === 507) break;
    if (status === 200) answered++;
    else if (status !== 409) throw new Error(`${status} to ${body}`);
    after = 0;
  }
  return answered;
}

/** The question that the words put: “cat” is a class. */
export function asQuestion({ kind, samples, words }: NonNullable<State["question"]>, classes: readonly string[]): Question {
  if (kind === "class") return { kind, samples: [samples[0]!] };
  return { kind, samples, class: classes.indexOf(/“(.*)”/.exec(words)![1]!) };
}

export { labelOracle };
