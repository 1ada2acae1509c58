import type { Samples } from "../dataset/dataset";
import { tf } from "../runtime/tensorflow";
import { FeatureCache, type FeatureCacheOptions } from "./featureCache";
import { forward, largestActivation, parametersOf, sizeOf, type Layer, type Parameter } from "./layer";

/** Numbers in the largest activation of a batch. */
const budget = 2 ** 24;

/** The frozen layers at the beginning of a network. Clones share them, and what they made of a sample, as long as they have the same weights. */
export class FrozenBody {
  readonly parameters: readonly Parameter[];
  private readonly cache: FeatureCache;
  /** The keys of samples that were read before: they need not be read again. Samples never change. */
  private readonly keys = new WeakMap<Samples, string[]>();
  private users = 0;

  constructor(
    readonly layers: readonly Layer[],
    readonly values: readonly Float32Array[],
    private readonly options: FeatureCacheOptions,
  ) {
    this.parameters = parametersOf(layers);
    this.cache = new FeatureCache(sizeOf(this.outputShape), options);
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

  /**
   * One network takes over other weights: this very body where they are the same, or nobody else uses it; else one for that network alone.
   *
   * @param weights by full name; those that are not given stay
   */
  restored(weights: Readonly<Record<string, Float32Array>>): FrozenBody {
    const changes = this.everything().some(({ name, values }) => weights[name]?.some((weight, i) => weight !== values[i]));
    if (!changes) return this;
    if (this.users > 1) {
      this.release();
      const own = new FrozenBody(this.layers, this.values.map((values) => values.slice()), this.options);
      own.share();
      return own.restored(weights);
    }
    for (const { name, values } of this.everything()) if (weights[name]) values.set(weights[name]);
    this.cache.clear(); // what it made of samples holds no longer
    return this;
  }

  everything(): (Parameter & { readonly values: Float32Array })[] {
    return this.parameters.map((parameter, i) => ({ ...parameter, values: this.values[i]! }));
  }

  private read(samples: Samples, indices: ArrayLike<number>, out: Float32Array): void {
    const to = sizeOf(this.outputShape);
    const keys = this.keys.get(samples) ?? [];
    this.keys.set(samples, keys);
    const unknown: number[] = [];
    for (let i = 0; i < indices.length; i++) {
      const key = keys[indices[i]!];
      if (key !== undefined && this.cache.has(key)) this.cache.read(key, out.subarray(i * to, (i + 1) * to));
      else unknown.push(i);
    }
    const batch = Math.max(1, Math.floor(budget / largestActivation(this.layers)));
    for (let first = 0; first < unknown.length; first += batch) this.make(samples, indices, unknown.slice(first, first + batch), keys, out);
  }

  /** Reads the samples at some places of `indices` and finds or computes their features; notes their keys. */
  private make(samples: Samples, indices: ArrayLike<number>, places: readonly number[], keys: string[], out: Float32Array): void {
    const [from, to] = [sizeOf(this.inputShape), sizeOf(this.outputShape)];
    const x = new Float32Array(places.length * from);
    samples.read(places.map((place) => indices[place]!), x);
    const own = places.map((_, i) => this.cache.key(x.subarray(i * from, (i + 1) * from)));
    const target = (i: number) => out.subarray(places[i]! * to, (places[i]! + 1) * to);
    const missing = own.flatMap((key, i) => (this.cache.has(key) ? [] : [i]));
    this.compute(x, missing).forEach((features, m) => {
      target(missing[m]!).set(features);
      this.cache.keep(own[missing[m]!]!, features);
    });
    own.forEach((key, i) => {
      keys[indices[places[i]!]!] = key;
      if (!missing.includes(i)) this.cache.read(key, target(i));
    });
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
