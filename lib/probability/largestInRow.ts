/** The place of the largest number of a row, the first one at a tie: the most probable class, of probabilities or of logits. */
export function largestInRow(values: Float32Array | Float64Array, width: number, row: number): number {
  const start = row * width;
  let best = 0;
  for (let at = 1; at < width; at++) if (values[start + at]! > values[start + best]!) best = at;
  return best;
}
