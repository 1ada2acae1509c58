/** To significant digits: more than three are more than the spread of a measurement allows. */
export function rounded(value: number, digits = 3): number {
  return Number(value.toPrecision(digits));
}
