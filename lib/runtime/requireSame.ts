import { refuse } from "./refuse";

/**
 * Refuses plain values that are not those expected, and names the fields that differ, and no others.
 *
 * @param what in words, e.g. `"one study in a folder"`
 * @throws {InputError} such as `…: expected one study in a folder, with fit.epochs 20, got fit.epochs 10 at …`
 */
export function requireSame(caller: string, what: string, expected: object, found: object, where: string): void {
  const [wanted, got] = [expected, found].map((values) => new Map(leaves("", values)));
  const differing = [...new Set([...wanted!.keys(), ...got!.keys()])].filter((field) => wanted!.get(field) !== got!.get(field));
  const words = (values: ReadonlyMap<string, string>) => differing.map((field) => `${field} ${values.get(field) ?? "not set"}`).join(", ");
  if (differing.length > 0) refuse(caller, `${what}, with ${words(wanted!)}`, words(got!), where);
}

/** The values within a value, as text, by their paths: `fit.epochs`. */
function leaves(path: string, value: unknown): [string, string][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value === undefined ? [] : [[path, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([name, inner]) => leaves(path === "" ? name : `${path}.${name}`, inner));
}
