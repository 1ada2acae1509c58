/** The bytes of a NumPy file (version 1) of unsigned bytes. */
export function npyBytes(shape: readonly number[], values: Uint8Array): Uint8Array {
  return Buffer.concat([npyHeader(shape), values]);
}

/** The 128 bytes before the values of a NumPy file (version 1), of unsigned bytes unless `type` says otherwise. */
export function npyHeader(shape: readonly number[], type = "|u1"): Uint8Array {
  const entries = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(", ")}${shape.length === 1 ? "," : ""}), }`;
  const header = Buffer.from(`\x93NUMPY\x01\x00__${entries.padEnd(117)}\n`, "latin1");
  header.writeUInt16LE(header.length - 10, 8);
  return header;
}
