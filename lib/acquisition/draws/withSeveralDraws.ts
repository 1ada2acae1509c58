import type { Probabilities } from "../../probability/probabilities";
import { refuse } from "../../runtime/refuse";

/**
 * Probabilities of two draws or members at least: disagreement needs two who can disagree.
 *
 * @throws {InputError} in the caller's name
 */
export function withSeveralDraws(p: Probabilities, caller: string): Probabilities {
  return p.draws >= 2 ? p : refuse(caller, "at least two draws", p.draws);
}
