import { meanOverDraws } from "../../probability/meanOverDraws";
import { asProbabilities, type Probabilities } from "../../probability/probabilities";
import { InputError, refuse } from "../../runtime/refuse";
import { batchSections } from "./batchSections";
import type { Check, Section, SharedInput } from "./check";
import { cases, fields, has, listOf, numbers, read, table, under, untouched, type Place } from "./place";
import { questionSections } from "./questionSections";
import { scoreSections } from "./scoreSections";

/** Every section almq knows, by its name in the file. */
export const sections: Record<string, Section> = { ...scoreSections, ...questionSections, ...batchSections };

/** What all cases share cannot be used: one sentence tells it for all of them. */
class NoInput extends InputError {}

/** Sections that are one table, not a list of cases. */
const whole = new Set(["probabilities_mean"]);

/** What became of a section. */
export interface SectionReport {
  readonly section: string;
  readonly outcome: "passed" | "failed" | "unknown";
  /** How many values were compared. */
  readonly compared: number;
  /** Where almq and the file disagree, or why the section could not be read. */
  readonly disagreements: readonly string[];
  /** Fields of cases that almq knows nothing of: misspelt, or another criterion. */
  readonly unknownFields: readonly string[];
}

/** What the file says about itself, and its inputs. */
const notSections = new Set(["seed", "shape", "probabilities_mc", "note", "notes", "source", "description", "origin"]);

/**
 * Computes everything a conformance file expects and compares.
 *
 * @param content the parsed file, an object with one entry per section
 * @returns one report per section, in the order of the file
 * @throws {InputError} when the file is no object
 */
export function conform(content: unknown): SectionReport[] {
  const file: Place = { value: content, path: "" };
  const shared = sharedInput(file);
  return Object.keys(fields(file))
    .filter((name) => !notSections.has(name))
    .map((name) => report(name, file, shared));
}

function report(name: string, file: Place, shared: SharedInput): SectionReport {
  const section = Object.hasOwn(sections, name) ? sections[name]! : undefined;
  if (section === undefined) return { section: name, outcome: "unknown", compared: 0, disagreements: [], unknownFields: [] };
  const unknownFields = new Set<string>();
  const disagreements: string[] = [];
  let compared = 0;
  for (const place of whole.has(name) ? [under(file, name)] : cases(under(file, name)))
    try {
      for (const check of section(place, shared)) {
        compared++;
        if (!check.agrees) disagreements.push(sentence(check));
      }
      if (!whole.has(name)) for (const field of untouched(place)) unknownFields.add(field);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      if (error instanceof NoInput) return { section: name, outcome: "failed", compared, disagreements: [error.message], unknownFields: [] };
      disagreements.push(error.message.includes(place.path) ? error.message : `${error.message}, in ${place.path}`);
    }
  if (compared === 0 && disagreements.length === 0) disagreements.push("nothing to compare");
  return { section: name, outcome: disagreements.length === 0 ? "passed" : "failed", compared, disagreements, unknownFields: [...unknownFields] };
}

function sentence({ where, expected, got }: Check): string {
  return `expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)} at ${where}`;
}

function sharedInput(file: Place): SharedInput {
  let probabilities: Probabilities | undefined;
  const load = (): Probabilities => {
    if (has(file, "probabilities_mc")) return asProbabilities(read(file, "probabilities_mc", listOf(listOf(numbers))), "conformance");
    if (has(file, "probabilities_mean")) return asProbabilities(read(file, "probabilities_mean", table), "conformance");
    return refuse("conformance", "probabilities_mc or probabilities_mean", "neither", "the file");
  };
  const loaded = (): Probabilities => {
    try {
      return (probabilities ??= load());
    } catch (error) {
      throw error instanceof InputError ? new NoInput(error.message) : error;
    }
  };
  return { probabilities: loaded, mean: () => meanOverDraws(loaded()) };
}
