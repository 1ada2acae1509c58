import type { RandomSource } from "../../random/randomSource";
import { weightedChoice } from "../../random/weightedChoice";
import { refuse } from "../../runtime/refuse";
import { mostClasses } from "../indicesByClass";

/** How labels go wrong. */
export interface LabelNoise {
  readonly classes: number;
  /**
   * A number: the probability, from 0 to 1, that a label becomes one of the other classes, each equally likely.
   * A table: row = true class, column = class given; rows are probabilities summing to 1 (within 1e-6).
   */
  readonly rate: number | readonly (readonly number[])[];
  readonly random: RandomSource;
}

/**
 * Labels as a human who errs would give them.
 *
 * @returns new labels; the given ones stay as they are
 * @throws {InputError} when a rate is no probability, or a label is none of the classes
 * @example
 * [...labelNoise([0, 1, 1], { classes: 2, rate: 1, random: randomSource(1) })] // [1, 0, 0]
 */
export function labelNoise(labels: ArrayLike<number>, { classes, rate, random }: LabelNoise): Int32Array {
  if (!Number.isInteger(classes) || classes < 2) refuse("labelNoise", "at least two classes", classes);
  if (classes > mostClasses) refuse("labelNoise", `at most ${mostClasses} classes`, classes);
  const rowOf = typeof rate === "number" ? evenRows(classes, rate) : tableRows(classes, rate);
  return Int32Array.from(labels, (label, i) => {
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) refuse("labelNoise", `a label from 0 to ${classes - 1}`, label, `sample ${i}`);
    return weightedChoice(rowOf(label), random);
  });
}

/** The rows of the table for a single rate. They are one row, set anew for every class: a table of many classes would not fit. */
function evenRows(classes: number, rate: number): (label: number) => ArrayLike<number> {
  if (!(rate >= 0 && rate <= 1)) refuse("labelNoise", "a rate from 0 to 1", rate);
  const other = rate / (classes - 1);
  const row = new Float64Array(classes).fill(other);
  let last = 0;
  return (label) => {
    row[last] = other;
    row[(last = label)] = 1 - rate;
    return row;
  };
}

function tableRows(classes: number, table: readonly (readonly number[])[]): (label: number) => ArrayLike<number> {
  if (table.length !== classes) refuse("labelNoise", `${classes} rows`, table.length);
  table.forEach((row, label) => {
    if (row.length !== classes) refuse("labelNoise", `${classes} columns`, row.length, `row ${label}`);
    const wrong = row.findIndex((p) => !(p >= 0 && p <= 1));
    if (wrong >= 0) refuse("labelNoise", "probabilities from 0 to 1", row[wrong], `row ${label}, column ${wrong}`);
    const sum = row.reduce((total, p) => total + p, 0);
    if (Math.abs(sum - 1) > 1e-6) refuse("labelNoise", "probabilities summing to 1", sum, `row ${label}`);
  });
  return (label) => table[label]!;
}
