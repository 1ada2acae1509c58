import type { Probabilities } from "../probability/probabilities";
import type { Offer } from "../question/offer";
import { refuse } from "../runtime/refuse";
import { requireIndices } from "../runtime/requireIndices";
import { requireOneOf } from "../runtime/requireOneOf";

/**
 * Keeps the candidates that look promising for a question before the search begins.
 *
 * All keeps p̄[y] > τ, Any keeps 1 − p̄[y] > τ, Class keeps 1 − max p̄ > τ, with τ the first of
 * t, 2t/3, t/3, 0, −1 that leaves at least `atLeast` samples (−1 keeps everything). The paper asks for two whatever the
 * question shows, so a sample that is promising all alone is lost; its own size is what a question needs.
 *
 * @param mean probabilities with one draw [sample, class]
 * @param offer the kind of question and its threshold t
 * @param classAsked y; ignored by Class
 * @param atLeast samples that must stay, ≥ 1; default 2, as in the paper
 * @returns those of the candidates that stay, in their order
 * @throws {InputError} for candidates that are no samples, or a class, kind or threshold that is none
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277
 */
export function screen(
  mean: Probabilities,
  offer: Pick<Offer, "kind" | "threshold">,
  classAsked: number,
  candidates: ArrayLike<number>,
  atLeast = 2,
): Int32Array {
  return screening(mean, offer, candidates, atLeast)(classAsked);
}

/** The same candidates screened for one class after the other; what stays for one is overwritten by the next. */
export function screening(
  mean: Probabilities,
  { kind, threshold }: Pick<Offer, "kind" | "threshold">,
  candidates: ArrayLike<number>,
  atLeast: number,
): (classAsked: number) => Int32Array {
  if (!(Number.isInteger(atLeast) && atLeast >= 1)) refuse("screen", "at least one sample to stay", atLeast);
  if (!Number.isFinite(threshold)) refuse("screen", "a finite threshold", threshold);
  if (mean.draws !== 1) refuse("screen", "probabilities with one draw, their mean", mean.draws);
  requireOneOf("screen", "a kind", kind, ["class", "all", "any"]);
  requireIndices(candidates, mean.samples, "screen");
  const listed = Int32Array.from(candidates);
  const room = new Int32Array(listed.length);
  return (y) => {
    if (kind !== "class" && !(Number.isInteger(y) && y >= 0 && y < mean.classes)) refuse("screen", `a class from 0 to ${mean.classes - 1}`, y);
    const promise = promises(mean, kind, kind === "class" ? 0 : y);
    for (const tau of [threshold, (2 * threshold) / 3, threshold / 3, 0]) {
      let count = 0;
      for (let i = 0; i < listed.length; i++) {
        room[count] = listed[i]!;
        if (promise[listed[i]!]! > tau) count++;
      }
      if (count >= atLeast) return room.subarray(0, count);
    }
    return listed.slice();
  };
}

const known = new WeakMap<Probabilities, Map<string, Float64Array>>();

/** How promising every sample is for a kind of question: a prediction is screened many times, and this is worked out once. */
function promises(mean: Probabilities, kind: Offer["kind"], y: number): Float64Array {
  const made = known.get(mean) ?? new Map<string, Float64Array>();
  known.set(mean, made);
  const key = `${kind} ${y}`;
  const found = made.get(key);
  if (found !== undefined) return found;
  const promise = new Float64Array(mean.samples);
  for (let sample = 0; sample < promise.length; sample++) promise[sample] = promiseOf(mean, kind, y, sample);
  made.set(key, promise);
  return promise;
}

function promiseOf({ values, classes }: Probabilities, kind: Offer["kind"], y: number, sample: number): number {
  const row = sample * classes;
  if (kind !== "class") return kind === "all" ? values[row + y]! : 1 - values[row + y]!;
  let most = 0;
  for (let at = row; at < row + classes; at++) most = Math.max(most, values[at]!);
  return 1 - most;
}
