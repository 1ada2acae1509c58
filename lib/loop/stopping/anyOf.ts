import { refuse } from "../../runtime/refuse";
import type { StoppingRule } from "./stoppingRule";

/**
 * Stops as soon as one of the rules says so; where several do, the first of them gives the reason.
 *
 * @example
 * const rule = anyOf(plateau({ rounds: 5 }), maxTime({ seconds: 600 }));
 * rule([]) // undefined
 * @throws {InputError} without any rule
 */
export function anyOf(...rules: readonly StoppingRule[]): StoppingRule {
  if (rules.length === 0) refuse("anyOf", "at least one stopping rule", 0);
  return (states) => {
    for (const rule of rules) {
      const stop = rule(states);
      if (stop !== undefined) return stop;
    }
    return undefined;
  };
}

/**
 * Stops when all of the rules say so at the same time; the reason is theirs, joined.
 *
 * @example
 * const rule = allOf(stablePredictions(), lowUncertainty({ threshold: 0.1 }));
 * rule([]) // undefined
 * @throws {InputError} without any rule
 */
export function allOf(...rules: readonly StoppingRule[]): StoppingRule {
  if (rules.length === 0) refuse("allOf", "at least one stopping rule", 0);
  return (states) => {
    const stops = rules.flatMap((rule) => rule(states) ?? []);
    if (stops.length < rules.length) return undefined;
    return { by: stops.map(({ by }) => by).join(" + "), because: stops.map(({ because }) => because).join(", and ") };
  };
}
