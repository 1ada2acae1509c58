import { createHash } from "node:crypto";
import type { Samples } from "../dataset/dataset";
import { sampleSize } from "../dataset/sampleSize";

/** A checksum of the samples of a pool, to tell it from others. */
export function poolChecksum(pool: Samples): string {
  const hash = createHash("sha256").update(pool.shape.join());
  const values = new Float32Array(sampleSize(pool.shape));
  for (let sample = 0; sample < pool.count; sample++) {
    pool.read([sample], values);
    hash.update(values);
  }
  return hash.digest("hex").slice(0, 16);
}
