import { median } from "../../runtime/median";
import { rounded } from "./rounded";

/** What one repetition took. */
export interface Timed {
  readonly seconds: number;
  /** Largest resident memory of the process; null where nobody measured it. */
  readonly peakMiB: number | null;
}

/** One thing measured, several times over. */
export interface TimedRow {
  readonly what: string;
  /** Seconds, one for each repetition. */
  readonly seconds: readonly number[];
  readonly median: number;
  /** Largest resident memory of the process, the worker processes of a study not counted; null where nobody measured it. */
  readonly peakMiB: number | null;
}

/** Sums the repetitions up and prints them. */
export function timedRow(what: string, repetitions: readonly Timed[]): TimedRow {
  const seconds = repetitions.map((each) => each.seconds);
  const peaks = repetitions.flatMap(({ peakMiB }) => peakMiB ?? []);
  const row = { what, seconds: seconds.map((each) => rounded(each)), median: rounded(median(seconds)), peakMiB: peaks.length === 0 ? null : Math.round(Math.max(...peaks)) };
  console.log(`${what.padEnd(44)}${`${row.median} s`.padStart(10)}  (${row.seconds.join(", ")})${row.peakMiB === null ? "" : `${row.peakMiB} MiB`.padStart(12)}`);
  return row;
}
