import { refuse } from "../../runtime/refuse";
import { newest, type StoppingRule } from "./stoppingRule";

/** How long a run may take. */
export interface MaxTimeOptions {
  /** Above 0. The round in which they pass is finished. */
  readonly seconds: number;
  /** `"clock"`: since the run began, fits and searches included. `"answers"`: what the oracle says its answers took. Default `"clock"`. */
  readonly of?: "clock" | "answers";
}

/**
 * Stops at a deadline.
 *
 * @example
 * maxTime({ seconds: 600 })([]) // undefined
 * @throws {InputError} when an option is out of range
 */
export function maxTime({ seconds, of = "clock" }: MaxTimeOptions): StoppingRule {
  if (!(seconds > 0 && seconds < Infinity)) refuse("maxTime", "finite seconds above 0", seconds);
  if (of !== "clock" && of !== "answers") refuse("maxTime", 'seconds of the "clock" or of "answers"', of);
  return (states) => {
    if (states.length === 0) return undefined;
    const state = newest(states);
    const passed = of === "clock" ? state.seconds : state.answerSeconds;
    return passed >= seconds ? { by: "maxTime", because: `${passed.toFixed(1)} of ${seconds} seconds have passed` } : undefined;
  };
}
