import { refuse } from "./refuse";

/** Refuses options that were left out where they must say something; JavaScript and notebooks do not check it. */
export function requireOptions(options: object, caller: string): void {
  if (typeof options !== "object" || options === null) refuse(caller, "options", options);
}
