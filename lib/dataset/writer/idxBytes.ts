/** The bytes of an idx file of unsigned bytes: MNIST's format. */
export function idxBytes(sides: readonly number[], values: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * sides.length + values.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 + sides.length);
  sides.forEach((side, i) => view.setUint32(4 + 4 * i, side));
  bytes.set(values, 4 + 4 * sides.length);
  return bytes;
}
