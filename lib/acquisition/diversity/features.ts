import { refuse } from "../../runtime/refuse";

/** Vectors of samples: an `Embedding` of a model, double-precision values, or nested arrays `[sample][feature]`. */
export type FeatureInput =
  | { readonly values: Float32Array | Float64Array; readonly width: number }
  | readonly (readonly number[])[];

/** Checked vectors, row-major [sample, width]. */
export interface Features {
  readonly values: Float32Array | Float64Array;
  readonly width: number;
  readonly samples: number;
}

/**
 * Takes what a user hands to a criterion of distances: at least one sample, equal widths, finite numbers.
 *
 * @param samples how many there must be, where something else already says so
 * @throws {InputError} in the caller's name
 */
export function asFeatures(input: FeatureInput, caller: string, samples?: number): Features {
  if (typeof input !== "object" || input === null) refuse(caller, "features [sample, width]", input);
  const { values, width } = "width" in input ? input : flatten(input, caller);
  if (!Number.isInteger(width) || width < 1) refuse(caller, "at least one feature", width);
  const count = values.length / width;
  if (!Number.isInteger(count)) refuse(caller, `rows of ${width} features`, `${values.length} values`);
  if (count === 0) refuse(caller, "at least one sample", 0);
  if (samples !== undefined && count !== samples) refuse(caller, `features of ${samples} samples`, count);
  let finite = 0; // 0 · x is 0 for every finite x and NaN for every other
  for (let at = 0; at < values.length; at++) finite += 0 * (values[at]! * values[at]! * 1e30); // room to sum squares in
  if (finite !== 0) {
    const at = values.findIndex((value) => !Number.isFinite(value * value * 1e30));
    refuse(caller, Number.isFinite(values[at]) ? "features of magnitudes up to 1e138" : "finite features", values[at], `sample ${Math.floor(at / width)}`);
  }
  return { values, width, samples: count };
}

function flatten(rows: readonly (readonly number[])[], caller: string): { values: Float64Array; width: number } {
  if (rows.length === 0) refuse(caller, "at least one sample", 0);
  const notARow = rows.findIndex((row) => !Array.isArray(row));
  if (notARow >= 0) refuse(caller, "a row of numbers", rows[notARow], `sample ${notARow}`);
  const width = rows[0]!.length;
  const odd = rows.findIndex((row) => row.length !== width);
  if (odd >= 0) refuse(caller, `${width} features for every sample`, rows[odd]!.length, `sample ${odd}`);
  const cells: readonly unknown[] = rows.flat();
  const strange = cells.findIndex((cell) => typeof cell !== "number");
  if (strange >= 0) refuse(caller, "features that are numbers", cells[strange], `sample ${Math.floor(strange / width)}`);
  return { values: Float64Array.from(cells as number[]), width };
}

/** Some of the rows, copied one after the other. */
export function rowsOf({ values, width }: Features, rows: Int32Array): Features {
  const copy = values instanceof Float32Array ? new Float32Array(rows.length * width) : new Float64Array(rows.length * width);
  rows.forEach((row, at) => copy.set(values.subarray(row * width, (row + 1) * width), at * width));
  return { values: copy, width, samples: rows.length };
}
