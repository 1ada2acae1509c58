import { refuse } from "../runtime/refuse";

declare const checked: unique symbol;

/**
 * Class probabilities `P[sample, class, draw]`, checked once and trusted from then on.
 * A draw is one sampled network (one dropout mask, one member of a committee); a plain model has one.
 */
export interface Probabilities {
  /** Row-major [sample, class, draw]: `values[(sample * classes + class) * draws + draw]`. */
  readonly values: Float32Array | Float64Array;
  readonly samples: number;
  readonly classes: number;
  readonly draws: number;
  readonly [checked]: true;
}

/** What a criterion accepts: checked probabilities, or nested arrays `[sample][class]` or `[sample][class][draw]`. */
export type ProbabilityInput = Probabilities | readonly (readonly number[])[] | readonly (readonly (readonly number[])[])[];

const made = new WeakSet<object>();
/** How far a row may be from 1: single precision and soft-max rounding stay well below. */
const tolerance = 1e-3;

/**
 * Checks class probabilities: finite, in [0, 1], summing to 1 over the classes of every sample and draw (within 1e-3).
 *
 * @param values row-major [sample, class, draw]; kept, not copied, and not to be written to again: what was worked out of them
 * once, such as their mean over draws, is remembered
 * @param shape the numbers of samples (≥ 1), classes (≥ 2) and draws (default 1)
 * @param caller the function named in the error
 * @throws {InputError} naming the first sample that is wrong
 * @example
 * probabilities(Float64Array.of(0.6, 0.3, 0.1), { samples: 1, classes: 3 }).classes // 3
 */
export function probabilities(
  values: Float32Array | Float64Array,
  shape: { samples: number; classes: number; draws?: number },
  caller = "probabilities",
): Probabilities {
  const { samples, classes, draws = 1 } = shape;
  if (!Number.isInteger(samples) || samples < 1) refuse(caller, "at least one sample", samples);
  if (!Number.isInteger(classes) || classes < 2) refuse(caller, "at least two classes", classes);
  if (!Number.isInteger(draws) || draws < 1) refuse(caller, "at least one draw", draws);
  if (!(values instanceof Float32Array || values instanceof Float64Array)) refuse(caller, "values in a Float32Array or Float64Array", Array.isArray(values) ? "an array" : typeof values);
  if (values.length !== samples * classes * draws)
    refuse(caller, `${samples} × ${classes} × ${draws} = ${samples * classes * draws} values`, values.length);
  const sums = new Float64Array(draws);
  for (let sample = 0, at = 0; sample < samples; sample++) {
    sums.fill(0);
    for (let end = at + classes * draws, draw = 0; at < end; at++) {
      const p = values[at]!;
      if (!(p >= 0 && p <= 1 + tolerance)) refuse(caller, "probabilities from 0 to 1", p, `sample ${sample}`);
      sums[draw]! += p;
      if (++draw === draws) draw = 0;
    }
    for (let draw = 0; draw < draws; draw++)
      if (!(Math.abs(sums[draw]! - 1) <= tolerance))
        refuse(caller, "probabilities summing to 1", sums[draw]!, draws === 1 ? `sample ${sample}` : `sample ${sample}, draw ${draw}`);
  }
  return trusted(values, samples, classes, draws);
}

/** Probabilities that a soft-max or a mean just made need no second look. */
export function trusted(values: Float32Array | Float64Array, samples: number, classes: number, draws: number): Probabilities {
  const result = { values, samples, classes, draws } as Probabilities;
  made.add(result);
  return result;
}

/**
 * Takes what a user hands to a criterion: checked probabilities pass at once, nested arrays are copied and checked.
 *
 * @throws {InputError} in the caller's name
 */
export function asProbabilities(input: ProbabilityInput, caller: string): Probabilities {
  if (typeof input !== "object" || input === null) refuse(caller, "probabilities [sample, class]", input);
  if (!Array.isArray(input)) {
    const given = input as Probabilities;
    return made.has(given) ? given : probabilities(given.values, given, caller);
  }
  const samples = input.length;
  if (samples === 0) refuse(caller, "at least one sample", 0);
  input.forEach((row, sample) => {
    if (!Array.isArray(row)) refuse(caller, "a row of probabilities", row, `sample ${sample}`);
  });
  const classes = (input[0] as readonly unknown[]).length;
  const draws = Array.isArray(input[0]?.[0]) ? (input[0][0] as readonly unknown[]).length : 1;
  const cells = (input as unknown[][]).flat(2);
  input.forEach((row: readonly (number | readonly number[])[], sample: number) => {
    const widths = row.map((cell) => (Array.isArray(cell) ? cell.length : 1));
    if (row.length !== classes || widths.some((width) => width !== draws))
      refuse(caller, `${classes} classes × ${draws} draws for every sample`, `${row.length} × ${widths.join(", ")}`, `sample ${sample}`);
  });
  const odd = cells.findIndex((cell) => typeof cell !== "number"); // null is what JSON makes of NaN
  if (odd >= 0) refuse(caller, "probabilities that are numbers", cells[odd], `sample ${Math.floor(odd / (classes * draws))}`);
  return probabilities(Float64Array.from(cells as number[]), { samples, classes, draws }, caller);
}
