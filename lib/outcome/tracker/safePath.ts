import { refuse } from "../../runtime/refuse";

/**
 * A run's key as a path below a tracker's folder: keys are made of what stands in files of outcomes.
 *
 * @throws {InputError} for one that would lead elsewhere
 */
export function safePath(key: string): string {
  const fits = key.split("/").every((part) => /^[\w+-][\w+. -]*$/.test(part));
  return fits ? key : refuse("tracker", "names of letters, digits, + and -", key);
}
