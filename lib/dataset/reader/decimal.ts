/** A number written in decimals that single precision can hold, or NaN. JavaScript would take `0x10` for one too, and nothing at all for 0. */
export function decimal(text: string): number {
  const value = /^(0[box].*|\s*)$/i.test(text) ? NaN : Number(text);
  return Number.isFinite(Math.fround(value)) ? value : NaN;
}
