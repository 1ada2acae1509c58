/** The mean of values, and their standard deviation with the divisor n − 1; no deviation for a single value. */
export function meanAndSd(values: readonly number[]): { readonly mean: number; readonly sd?: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { mean };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (values.length - 1)) };
}
