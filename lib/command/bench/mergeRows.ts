/** Rows that were measured before, and those measured again in the place of their like; `key` tells which are alike. */
export function mergeRows<Row>(earlier: readonly Row[], again: readonly Row[], key: (row: Row) => unknown): Row[] {
  return [...new Map([...earlier, ...again].map((row) => [key(row), row])).values()];
}
