import { refuse } from "../runtime/refuse";
import type { OutcomeHeader } from "./record";

/** Reads and checks the first line of an outcome file. */
export function parseHeader(line: string, name: string): OutcomeHeader {
  const where = `${name}, line 1`;
  const header = line.startsWith("# ") ? json(line.slice(2)) : undefined;
  if (!isObject(header)) return refuse("readOutcome", "# and one line of JSON", shortened(line), where);
  if (header.format !== 1 && header.format !== 2) refuse("readOutcome", "format 1 or 2", header.format, where);
  for (const [field, wanted, holds] of fields)
    if (!holds(header[field])) refuse("readOutcome", `${wanted} as ${field}`, header[field], where);
  return header as unknown as OutcomeHeader;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
const isShare = (value: unknown): boolean => typeof value === "number" && value >= 0 && value <= 1;

/** Field, what it should be in words, and the check. */
const fields: readonly (readonly [string, string, (value: unknown) => boolean])[] = [
  ["study", "a name", isText],
  ["dataset", "a name", isText],
  ["source", "words", isText],
  ["standIn", "true or false", (value) => typeof value === "boolean"],
  ["fidelity", "paper or corrected", (value) => value === "paper" || value === "corrected"],
  ["seed", "a number or text", (value) => typeof value === "number" || typeof value === "string"],
  ["replicate", "a whole number of at least 0", (value) => Number.isInteger(value) && (value as number) >= 0],
  ["settings", "initial ≥ 0, budget > 0 and batchBudget > 0", (value) => isObject(value) && sizesHold(value)],
  ["versions", "names and versions", (value) => isObject(value) && Object.values(value).every(isText)],
  ["backend", "a name", isText],
  ["offers", "lists of offers", (value) => isObject(value) && Object.values(value).every((offers) => Array.isArray(offers) && offers.every(isOffer))],
  ["full", "accuracies from 0 to 1, or nothing,", (value) => value === undefined || (isObject(value) && isFull(value))],
];

function sizesHold({ initial, budget, batchBudget }: Record<string, unknown>): boolean {
  return [initial, budget, batchBudget].every(Number.isFinite) && Number(initial) >= 0 && Number(budget) > 0 && Number(batchBudget) > 0;
}

function isOffer(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { kind, size, cost } = value;
  return ["class", "all", "any"].includes(kind as string) && Number.isInteger(size) && Number(size) >= 1 && Number.isFinite(cost) && Number(cost) > 0;
}

function isFull({ poolAccuracy, testAccuracy }: Record<string, unknown>): boolean {
  return isShare(poolAccuracy) && (testAccuracy === undefined || isShare(testAccuracy));
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function shortened(line: string): string {
  return line === "" ? "an empty line" : line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
