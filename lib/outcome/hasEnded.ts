import type { RunOutcome } from "./record";

/** Whether a run came to its end: it says why it stopped, or has spent its whole budget. */
export function hasEnded({ stopped, records }: Pick<RunOutcome, "stopped" | "records">, budget: number): boolean {
  return stopped !== undefined || (records.at(-1)?.spent ?? 0) > budget - 1e-6;
}
