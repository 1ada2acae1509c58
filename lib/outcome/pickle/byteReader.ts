/** Reads numbers and pieces off a buffer, and says so when more is asked for than is there. */
export interface ByteReader {
  position(): number;
  /** Bytes not yet read. */
  left(): number;
  /** A little-endian unsigned integer of 1, 2 or 4 bytes, or of 8 where it is a safe integer. */
  unsigned(size: 1 | 2 | 4 | 8): number;
  signed32(): number;
  float64BigEndian(): number;
  /** The next bytes, not copied. */
  bytes(count: number): Uint8Array;
  /** Text up to a line feed, which is passed over. */
  line(): string;
}

export function byteReader(buffer: Uint8Array, start: number, wrong: (expected: string, got: string) => never): ByteReader {
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  let at = start;
  const take = (count: number): number => {
    if (count > buffer.length - at) wrong(`${count} more bytes`, `${buffer.length - at}`);
    at += count;
    return at - count;
  };
  const eight = (from: number): number => {
    const value = view.getBigUint64(from, true);
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : wrong("a size that fits in the file", String(value));
  };
  return {
    position: () => at,
    left: () => buffer.length - at,
    unsigned: (size) => {
      const from = take(size);
      if (size === 8) return eight(from);
      return size === 1 ? view.getUint8(from) : size === 2 ? view.getUint16(from, true) : view.getUint32(from, true);
    },
    signed32: () => view.getInt32(take(4), true),
    float64BigEndian: () => view.getFloat64(take(8)),
    bytes: (count) => {
      const from = take(count);
      return buffer.subarray(from, from + count);
    },
    line: () => {
      const end = buffer.indexOf(0x0a, at);
      if (end < 0 || end - at > 255) wrong("a name of at most 255 characters", "none");
      const from = take(end + 1 - at);
      return Buffer.from(buffer.buffer, buffer.byteOffset + from, end - from).toString("utf8");
    },
  };
}
