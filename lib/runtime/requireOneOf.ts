import { refuse } from "./refuse";

/**
 * An option that is one of a few words; JavaScript and notebooks do not check it.
 *
 * @throws {InputError} listing the words there are
 */
export function requireOneOf<T extends string | boolean>(caller: string, name: string, given: T, words: readonly T[]): T {
  return words.includes(given) ? given : refuse(caller, `${name} of ${words.map((word) => JSON.stringify(word)).join(" or ")}`, given);
}
