import { refuse } from "../../runtime/refuse";

/** A value in a conformance file and the way to it, e.g. `gain_tv[3].samples`. */
export interface Place {
  readonly value: unknown;
  readonly path: string;
}

/** What a reader makes of a place. It refuses, by path, what it cannot read. */
export type Reader<T> = (place: Place) => T;

const looked = new WeakMap<object, Set<string>>();

/** The fields of a place that nobody has looked for so far: misspelt, or meant for somebody else. */
export function untouched(place: Place): string[] {
  return Object.keys(fields(place)).filter((key) => !looked.get(place.value as object)?.has(key));
}

function lookFor(place: Place, key: string): unknown {
  const keys = looked.get(fields(place)) ?? new Set<string>();
  looked.set(fields(place), keys.add(key));
  return fields(place)[key];
}

/** The value under a key; `undefined` where there is none. */
export function under(place: Place, key: string): Place {
  return { value: lookFor(place, key), path: place.path === "" ? key : `${place.path}.${key}` };
}

export function has(place: Place, key: string): boolean {
  return lookFor(place, key) !== undefined;
}

/** Reads the value under a key. */
export function read<T>(place: Place, key: string, reader: Reader<T>): T {
  return reader(under(place, key));
}

/** Reads the value under a key, or takes the default where there is none. */
export function readOr<T>(place: Place, key: string, reader: Reader<T>, otherwise: T): T {
  return has(place, key) ? read(place, key, reader) : otherwise;
}

export function fields(place: Place): Record<string, unknown> {
  if (typeof place.value !== "object" || place.value === null || Array.isArray(place.value)) wrong(place, "an object");
  return place.value as Record<string, unknown>;
}

/** The places in a list; an object that stands alone is a list of one. */
export function cases(place: Place): Place[] {
  return Array.isArray(place.value) ? items(place) : [place];
}

export function items(place: Place): Place[] {
  if (!Array.isArray(place.value)) wrong(place, "a list");
  return (place.value as unknown[]).map((value, i) => ({ value, path: `${place.path}[${i}]` }));
}

export function number(place: Place): number {
  return typeof place.value === "number" ? place.value : wrong(place, "a number");
}

export function integer(place: Place): number {
  return Number.isInteger(place.value) ? (place.value as number) : wrong(place, "a whole number");
}

export function text(place: Place): string {
  return typeof place.value === "string" ? place.value : wrong(place, "a text");
}

export function truth(place: Place): boolean {
  return typeof place.value === "boolean" ? place.value : wrong(place, "true or false");
}

/** One of the words an option may be. */
export function oneOf<T extends string>(words: readonly T[]): Reader<T> {
  return (place) => words.find((word) => word === place.value) ?? wrong(place, words.join(" or "));
}

export function listOf<T>(reader: Reader<T>): Reader<T[]> {
  return (place) => items(place).map(reader);
}

export const numbers = listOf(number);
export const integers = listOf(integer);
export const table = listOf(numbers);

function wrong(place: Place, expected: string): never {
  return refuse("conformance", expected, place.value === undefined ? "nothing" : place.value, place.path || "the top of the file");
}
