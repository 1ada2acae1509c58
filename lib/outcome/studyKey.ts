import { createHash } from "node:crypto";
import type { StudyIdentity } from "./studyIdentity";

/** One word for a study with its data and settings, the same wherever it is said: `handwriting-paper-0123456789ab`. */
export function studyKey({ study, dataset, source, standIn, fidelity, seed, settings }: StudyIdentity): string {
  const identity = sorted({ study, dataset, source, standIn, fidelity, seed, settings });
  const digest = createHash("sha256").update(JSON.stringify(identity)).digest("hex").slice(0, 12);
  return `${study}${standIn ? "-stand-in" : ""}-${fidelity}-${digest}`;
}

/** The same value with the fields of every object in order, so that equal studies read equal. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)]));
}
