import { refuse } from "../runtime/refuse";

/**
 * Refuses weights to be restored that are none of a network's own, or of another size.
 *
 * @param own by name
 * @param place in front of a name where it is told, e.g. the member of a committee
 */
export function requireWeights(own: Readonly<Record<string, Float32Array>>, given: Readonly<Record<string, Float32Array>>, place = ""): void {
  for (const [name, { length }] of Object.entries(given)) {
    if (!Object.hasOwn(own, name)) refuse("restore", `weights of ${Object.keys(own).join(", ")}`, `${place}${name}`);
    const expected = own[name]!;
    if (expected.length !== length) refuse("restore", `${expected.length} numbers`, length, `${place}${name}`);
  }
}
