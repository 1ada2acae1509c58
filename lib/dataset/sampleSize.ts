import { refuse } from "../runtime/refuse";

/**
 * How many numbers one sample has: the product of its shape.
 *
 * @throws {InputError} when the shape is empty or a side is not a whole number of at least 1
 * @example
 * sampleSize([28, 28, 1]) // 784
 */
export function sampleSize(shape: readonly number[]): number {
  if (shape.length === 0 || shape.some((side) => !Number.isInteger(side) || side < 1)) refuse("sampleSize", "sides of at least 1", shape);
  return shape.reduce((product, side) => product * side, 1);
}
