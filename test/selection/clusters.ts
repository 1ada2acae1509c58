import type { RandomSource } from "almq";

/** Points around one centre per coordinate, as the logits of a model are; the caller chooses every point's centre and how far the centres are out. */
export function clusters(centres: ArrayLike<number>, width: number, random: RandomSource, out = 6): Float32Array {
  return Float32Array.from({ length: centres.length * width }, (_, at) => random.normal() + (at % width === centres[Math.floor(at / width)] ? out : 0));
}

/** The distance between two points, looked at plainly. */
export function distance(values: Float32Array, width: number, a: number, b: number): number {
  let squared = 0;
  for (let l = 0; l < width; l++) squared += (values[a * width + l]! - values[b * width + l]!) ** 2;
  return Math.sqrt(squared);
}
