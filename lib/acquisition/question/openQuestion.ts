import type { Probabilities } from "../../probability/probabilities";
import { refuse } from "../../runtime/refuse";
import { requireOneOf } from "../../runtime/requireOneOf";
import { requireIndices } from "../../runtime/requireIndices";

/**
 * An All or Any question with one place left open, to be filled by each candidate in turn.
 * The exchange search opens a place of the question it has and looks who fits it best.
 */
export interface OpenQuestion {
  readonly kind: "all" | "any";
  readonly class: number;
  /** The samples that stay, maybe none. */
  readonly kept: readonly number[];
}

/** A criterion for All and Any questions; higher = ask first. */
export interface OpenQuestionCriterion {
  /** The value of every way of filling the open place, in the order of the candidates. */
  values(p: Probabilities, open: OpenQuestion, candidates: ArrayLike<number>): Float64Array;
  /**
   * The candidate, not among the kept, with the largest value; none when no value is above `above`. Of equals it is the one
   * of the lowest rank. It finds what a look at all values would find, and may look at fewer.
   */
  best(p: Probabilities, open: OpenQuestion, candidates: ArrayLike<number>, above: number, rank: (sample: number) => number): Filling | undefined;
}

/** A candidate in the open place, and the value of the question it makes. */
export interface Filling {
  readonly sample: number;
  readonly value: number;
}

/** The plain way to find the best filling: look at every value. */
export function bestOfValues(values: OpenQuestionCriterion["values"]): OpenQuestionCriterion["best"] {
  return (p, open, candidates, above, rank) => {
    const all = values(p, open, candidates);
    let best: Filling | undefined;
    for (let i = 0; i < all.length; i++) {
      const [sample, value] = [candidates[i]!, all[i]!];
      if (isBetter(sample, value, best, above, rank) && !open.kept.includes(sample)) best = { sample, value };
    }
    return best;
  };
}

/** Does a filling take the place of the best so far? Among equals the rank decides. */
export function isBetter(sample: number, value: number, best: Filling | undefined, above: number, rank: (sample: number) => number): boolean {
  if (best === undefined) return value > above;
  return value > best.value || (value === best.value && rank(sample) < rank(best.sample));
}

/**
 * Refuses an open question, and candidates for its place, that are not of these samples and classes.
 *
 * @throws {InputError} in the caller's name
 */
export function requireOpenQuestion(caller: string, p: Probabilities, { kind, class: y, kept }: OpenQuestion, candidates: ArrayLike<number>): void {
  requireOneOf(caller, "a kind", kind, ["all", "any"]);
  if (!(Number.isInteger(y) && y >= 0 && y < p.classes)) refuse(caller, `a class from 0 to ${p.classes - 1}`, y);
  requireIndices(kept, p.samples, caller);
  requireIndices(candidates, p.samples, caller);
}

/**
 * The product of the kept samples' factors, per draw: p[sample, class, draw] for All, 1 − p for Any; 1 where nothing is kept.
 * It is the probability that All is answered yes, or Any no, so far.
 */
export function keptProduct(p: Probabilities, open: OpenQuestion): Float64Array {
  const product = new Float64Array(p.draws).fill(1);
  for (const sample of open.kept) for (let k = 0; k < p.draws; k++) product[k]! *= factor(p, open, sample, k);
  return product;
}

/** One sample's factor of that probability under one draw. */
export function factor(p: Probabilities, open: OpenQuestion, sample: number, draw: number): number {
  const ofClass = p.values[(sample * p.classes + open.class) * p.draws + draw]!;
  return open.kind === "all" ? ofClass : 1 - ofClass;
}

/** What the kept samples bring to every draw: ∏ s, Σ (1 − s) and min s. */
export interface KeptPart {
  readonly product: Float64Array;
  readonly sum: Float64Array;
  readonly least: Float64Array;
}

export function keptPart(p: Probabilities, open: OpenQuestion): KeptPart {
  const product = new Float64Array(p.draws).fill(1);
  const sum = new Float64Array(p.draws);
  const least = new Float64Array(p.draws).fill(1);
  for (const sample of open.kept)
    for (let k = 0; k < p.draws; k++) {
      const s = factor(p, open, sample, k);
      product[k]! *= s;
      sum[k]! += 1 - s;
      least[k] = Math.min(least[k]!, s);
    }
  return { product, sum, least };
}
