import type { Samples } from "../dataset/dataset";
import { subset } from "../dataset/subset";
import type { Classifier, Look, LookOptions } from "../model/classifier";
import { certainty, metrics, type Certainty } from "../probability/metrics";
import type { Probabilities } from "../probability/probabilities";

/** Samples measured in one go; a pool up to this size is measured as a whole. */
const block = 2 ** 17;

/** What a model is like on a pool. */
export interface MeasuredPool {
  /** Means over the samples; without labels those that need none. */
  readonly pool: Certainty;
  /** Of every sample; absent where the pool was measured block by block. */
  readonly probabilities?: Probabilities;
  /** All that the model said, where the pool was looked at as a whole. */
  readonly look?: Look;
}

/**
 * Measures a model on a pool of any size. A large one is looked at block by block, and what is said of its samples is not
 * kept, unless the whole is needed.
 *
 * @param options what else the one look at a pool that is not large is to tell
 */
export async function measurePool(
  classifier: Classifier,
  pool: Samples,
  labels: Int32Array | undefined,
  whole: boolean,
  options: LookOptions = {},
): Promise<MeasuredPool> {
  if (pool.count <= block) return measure(classifier, pool, labels, options);
  if (whole) return measure(classifier, pool, labels);
  const sums: Record<string, number> = {};
  for (let start = 0; start < pool.count; start += block) {
    const samples = Int32Array.from({ length: Math.min(block, pool.count - start) }, (_, i) => start + i);
    const part = await measure(classifier, subset(pool, samples), labels?.subarray(start, start + samples.length));
    for (const [name, mean] of Object.entries(part.pool)) sums[name] = (sums[name] ?? 0) + (mean * samples.length) / pool.count;
  }
  return { pool: sums as unknown as Certainty };
}

async function measure(classifier: Classifier, samples: Samples, labels: Int32Array | undefined, options?: LookOptions): Promise<MeasuredPool> {
  const look = await classifier.look(samples, options);
  const { probabilities } = look;
  return { probabilities, pool: labels === undefined ? certainty(probabilities) : metrics(probabilities, labels), look };
}
