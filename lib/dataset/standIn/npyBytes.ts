/** The bytes of a NumPy file (version 1) of unsigned bytes. */
export function npyBytes(shape: readonly number[], values: Uint8Array): Uint8Array {
  const entries = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(", ")}${shape.length === 1 ? "," : ""}), }`;
  const padding = 63 - ((10 + entries.length) % 64); // values begin at a multiple of 64
  const header = Buffer.from(`\x93NUMPY\x01\x00__${entries}${" ".repeat(padding)}\n`, "latin1");
  header.writeUInt16LE(header.length - 10, 8);
  return Buffer.concat([header, values]);
}
