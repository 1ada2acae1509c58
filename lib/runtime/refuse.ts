/** Thrown when an argument, a file or a setting is not what a function needs. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/**
 * Refuses bad input with almq's one sentence form: function, expected, got, where.
 *
 * @example
 * refuse("entropy", "probabilities summing to 1", 1.2, "sample 7")
 * // InputError: entropy: expected probabilities summing to 1, got 1.2 at sample 7
 *
 * @throws {InputError} always
 */
export function refuse(caller: string, expected: string, got: unknown, where?: string): never {
  throw new InputError(`${caller}: expected ${expected}, got ${describe(got)}${where === undefined ? "" : ` at ${where}`}`);
}

function describe(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
  return JSON.stringify(value) ?? String(value);
}
