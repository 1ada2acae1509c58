import type { Samples } from "almq";

/** The numbers of some samples, all of them by default. */
export function read(samples: Samples, indices: ArrayLike<number> = Array.from({ length: samples.count }, (_, i) => i)): number[] {
  const out = new Float32Array(indices.length * samples.shape.reduce((product, side) => product * side, 1));
  samples.read(indices, out);
  return [...out];
}
