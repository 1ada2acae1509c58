import type { Probabilities } from "../../probability/probabilities";
import type { Place } from "./place";

/** One expected value beside what almq computes. */
export interface Check {
  readonly where: string;
  readonly expected: unknown;
  readonly got: unknown;
  readonly agrees: boolean;
}

/** What sections share: the file's probabilities, where it has any. */
export interface SharedInput {
  /** With draws where the file has them; refuses by name where it has none. */
  probabilities(): Probabilities;
  /** The mean over draws. */
  mean(): Probabilities;
}

/** Computes what a case of a section expects. Fields that nobody reads are reported as unknown. */
export type Section = (place: Place, shared: SharedInput) => Iterable<Check>;

/** Reference numbers are rounded to nine digits, some come from single precision; a wrong formula is off by more. */
const tolerance = 1e-6;

/** Two numbers that differ by rounding at most. */
export function sameNumber(where: string, expected: number, got: number): Check {
  return { where, expected, got, agrees: Number.isFinite(expected) ? Math.abs(got - expected) <= tolerance * Math.max(1, Math.abs(expected)) : got === expected };
}

/** Numbers in the same order. */
export function* sameNumbers(where: string, expected: readonly number[], got: ArrayLike<number>): Iterable<Check> {
  yield sameList(`${where}.length`, [expected.length], [got.length]);
  for (let i = 0; i < Math.min(expected.length, got.length); i++) yield sameNumber(`${where}[${i}]`, expected[i]!, got[i]!);
}

/** Whole numbers, such as indices, in the same order. */
export function sameList(where: string, expected: readonly number[], got: ArrayLike<number>): Check {
  const list = Array.from(got);
  return { where, expected, got: list, agrees: expected.length === list.length && expected.every((value, i) => value === list[i]) };
}

/** The same indices in any order. */
export function sameSet(where: string, expected: readonly number[], got: ArrayLike<number>): Check {
  const ascending = (list: ArrayLike<number>) => Array.from(list).sort((a, b) => a - b);
  return sameList(where, ascending(expected), ascending(got));
}

/** A share of seeded runs that a probability explains: within five standard deviations. */
export function sameChance(where: string, expected: number, count: number, runs: number): Check {
  const deviation = Math.sqrt((expected * (1 - expected)) / runs);
  return { where, expected, got: count / runs, agrees: Math.abs(count / runs - expected) <= 5 * deviation + 1e-12 };
}
