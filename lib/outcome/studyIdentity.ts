import { requireSame } from "../runtime/requireSame";
import type { OutcomeHeader } from "./record";

const identity = ["study", "dataset", "source", "standIn", "fidelity", "seed", "settings"] as const;

/** What the replicates of one study have in common. */
export type StudyIdentity = Pick<OutcomeHeader, (typeof identity)[number]>;

/**
 * Refuses what is of another study; names the fields that differ, and no others.
 *
 * @throws {InputError} in the caller's name
 */
export function requireSameStudy(caller: string, expected: StudyIdentity, found: StudyIdentity, where: string): void {
  const [wanted, got] = [expected, found].map((study) => Object.fromEntries(identity.map((field) => [field, study[field]])));
  requireSame(caller, "one study in a folder", wanted!, got!, where);
}
