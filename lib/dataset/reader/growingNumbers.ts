/** Numbers that come one at a time, packed: a list would need two to four times the room. */
export interface GrowingNumbers<T> {
  append(value: number): void;
  /** All of them, in their order. */
  all(): T;
}

/** @param Kind what they are packed as, e.g. `Float32Array` */
export function growingNumbers<T extends Float32Array | Int32Array>(Kind: new (length: number) => T): GrowingNumbers<T> {
  let values = new Kind(1024);
  let count = 0;
  return {
    append(value) {
      if (count === values.length) {
        const larger = new Kind(2 * count);
        larger.set(values);
        values = larger;
      }
      values[count++] = value;
    },
    all: () => values.slice(0, count) as T,
  };
}
