import type { Samples } from "../dataset/dataset";
import { tf } from "../runtime/tensorflow";
import { FeatureCache, type FeatureCacheOptions } from "./featureCache";
import { forward, parametersOf, sizeOf, type Layer, type Parameter } from "./layer";

/** Numbers in the widest activation of a batch. */
const budget = 2 ** 24;

/** The frozen layers at the beginning of a network. Clones share them, and what they made of a sample. */
export class FrozenBody {
  readonly parameters: readonly Parameter[];
  private readonly cache: FeatureCache;
  private users = 0;

  constructor(
    readonly layers: readonly Layer[],
    readonly values: readonly Float32Array[],
    cache: FeatureCacheOptions,
  ) {
    this.parameters = parametersOf(layers);
    this.cache = new FeatureCache(sizeOf(this.outputShape), cache);
  }

  get inputShape(): readonly number[] {
    return this.layers[0]!.inputShape;
  }

  get outputShape(): readonly number[] {
    return this.layers.at(-1)!.outputShape;
  }

  /** The same samples as these layers see them: each is computed when it is first read. */
  features(samples: Samples): Samples {
    return { count: samples.count, shape: this.outputShape, read: (indices, out) => this.read(samples, indices, out) };
  }

  /** One more network uses this body. */
  share(): void {
    this.users++;
  }

  /** One less: the last one leaves nothing behind. */
  release(): void {
    if (--this.users === 0) this.cache.clear();
  }

  /** Its weights have changed: what it made of samples holds no longer. */
  forget(): void {
    this.cache.clear();
  }

  everything(): (Parameter & { readonly values: Float32Array })[] {
    return this.parameters.map((parameter, i) => ({ ...parameter, values: this.values[i]! }));
  }

  private read(samples: Samples, indices: ArrayLike<number>, out: Float32Array): void {
    const [from, to] = [sizeOf(this.inputShape), sizeOf(this.outputShape)];
    const batch = Math.max(1, Math.floor(budget / Math.max(...this.layers.map((layer) => Math.max(sizeOf(layer.inputShape), sizeOf(layer.outputShape))))));
    for (let first = 0; first < indices.length; first += batch) {
      const part = Array.from({ length: Math.min(batch, indices.length - first) }, (_, i) => indices[first + i]!);
      const x = new Float32Array(part.length * from);
      samples.read(part, x);
      const keys = part.map((_, i) => this.cache.key(x.subarray(i * from, (i + 1) * from)));
      const place = (i: number) => out.subarray((first + i) * to, (first + i + 1) * to);
      const missing = keys.flatMap((key, i) => (this.cache.has(key) ? [] : [i]));
      this.compute(x, missing).forEach((features, m) => {
        place(missing[m]!).set(features);
        this.cache.keep(keys[missing[m]!]!, features);
      });
      keys.forEach((key, i) => missing.includes(i) || this.cache.read(key, place(i)));
    }
  }

  /** Runs the layers on some of the inputs. */
  private compute(x: Float32Array, chosen: readonly number[]): Float32Array[] {
    if (chosen.length === 0) return [];
    const [from, to] = [sizeOf(this.inputShape), sizeOf(this.outputShape)];
    const inputs = new Float32Array(chosen.length * from);
    chosen.forEach((i, at) => inputs.set(x.subarray(i * from, (i + 1) * from), at * from));
    const made = tf.tidy(() => {
      const weights = this.parameters.map(({ shape }, i) => tf.tensor(this.values[i]!, [1, ...shape]));
      return forward(this.layers, tf.tensor(inputs, [1, chosen.length, ...this.inputShape]), weights).dataSync<"float32">();
    });
    return chosen.map((_, at) => made.subarray(at * to, (at + 1) * to));
  }
}
