import { refuse } from "../../runtime/refuse";
import type { LearnedState } from "./learnedState";
import type { StoppingRule } from "./stoppingRule";

/** When accuracy counts as flat. */
export interface PlateauOptions {
  /** So many rounds in a row must bring nothing, ≥ 1. Default 5. */
  readonly rounds?: number;
  /** A best accuracy that is higher by less than this brings nothing, from 0 to 1. Default 0.005. */
  readonly improvement?: number;
  /** Where accuracy is measured: the test set, or the pool where its labels are known. Default `"test"`. */
  readonly on?: "test" | "pool";
}

/**
 * Stops at a plateau: when the best accuracy of the last `rounds` rounds is not at least `improvement` above the best of all
 * rounds before them. Best against best: one unlucky round neither stops a run nor keeps it going.
 *
 * It costs what no other rule does, a labeled test set, and it cannot tell a plateau from a rest on the way up.
 *
 * @example
 * plateau({ rounds: 3, improvement: 0.01 })([]) // undefined
 * @throws {InputError} when an option is out of range; in a run without a test set, before anything is asked
 */
export function plateau(options: PlateauOptions = {}): StoppingRule {
  const { rounds = 5, improvement = 0.005, on = "test" } = options;
  if (!Number.isInteger(rounds) || rounds < 1) refuse("plateau", "at least one round", rounds);
  if (!(improvement >= 0 && improvement <= 1)) refuse("plateau", "an improvement from 0 to 1", improvement);
  if (on !== "test" && on !== "pool") refuse("plateau", '"test" or "pool" to measure on', on);
  return (states) => {
    const accuracies = states.map((state) => accuracyOn(state, on));
    if (accuracies.length <= rounds) return undefined;
    const before = Math.max(...accuracies.slice(0, -rounds));
    const lately = Math.max(...accuracies.slice(-rounds));
    if (lately - before >= improvement && lately > before) return undefined;
    return { by: "plateau", because: `the best ${on} accuracy of the last ${rounds} rounds is ${lately.toFixed(3)}, of those before ${before.toFixed(3)}` };
  };
}

function accuracyOn({ pool, test }: LearnedState, on: "test" | "pool"): number {
  if (on === "test") return test?.accuracy ?? refuse("plateau", "a test set to measure on", "none");
  return pool.accuracy ?? refuse("plateau", "known labels of the pool to measure with", "none");
}
