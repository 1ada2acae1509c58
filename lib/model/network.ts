import type { Samples } from "../dataset/dataset";
import type { Probabilities } from "../probability/probabilities";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import { tf } from "../runtime/tensorflow";
import { atOnce, inTurns } from "../runtime/turn";
import type { Classifier, Look, LookOptions, Prediction } from "./classifier";
import type { FeatureCacheOptions } from "./featureCache";
import { FrozenBody } from "./frozenBody";
import { chain, parametersOf, sizeOf, type Layer, type LayerMaker, type Parameter } from "./layer";
import { looking } from "./look";
import { requireWeights } from "./requireWeights";

/**
 * A classifier made of layers. The last layer gives one logit per class.
 *
 * Weights live in typed arrays, so that many networks of one shape can be trained as one.
 */
export class Network implements Classifier {
  /** By full name, e.g. `dense1.weight`, in the order of the layers. */
  readonly parameters: readonly Parameter[];

  /**
   * @param layers those that are not in the frozen body
   * @param values one array per parameter, in the order of the layers; changed in place by training
   */
  constructor(
    readonly layers: readonly Layer[],
    readonly values: readonly Float32Array[],
    private frozenBody?: FrozenBody | undefined,
  ) {
    this.parameters = parametersOf(layers);
    frozenBody?.share();
  }

  /** The frozen layers at the beginning, if there are any. Clones share it until one of them restores other weights. */
  get body(): FrozenBody | undefined {
    return this.frozenBody;
  }

  /** Networks of equal architecture can be trained as one. */
  get architecture(): string {
    const layers = this.layers.map(({ kind, rate, frozen, settings, outputShape, parameters }) => [kind, rate, frozen, settings, outputShape, parameters.map(({ shape, trained }) => [shape, trained])]);
    return JSON.stringify([this.layers[0]!.inputShape, layers]);
  }

  /** True when networks of this architecture are fitted one at a time: a crowd does not step them together. */
  get fittedAlone(): boolean {
    return this.layers.some(({ fittedAlone }) => fittedAlone);
  }

  get classes(): number {
    return this.layers.at(-1)!.outputShape[0]!;
  }

  /** The samples as the layers see them: behind the frozen body, if there is one. */
  inputs(samples: Samples, caller: string): Samples {
    const { inputShape } = this.body ?? this.layers[0]!;
    if (samples.count < 1) refuse(caller, "at least one sample", samples.count);
    if (samples.shape.join() !== inputShape.join())
      refuse(caller, `samples of shape ${inputShape.join(" × ")}`, `shape ${samples.shape.join(" × ")}`);
    return this.body?.features(samples) ?? samples;
  }

  predict(samples: Samples, options: { embedding?: boolean } = {}): Prediction {
    return atOnce(looking(this, this.inputs(samples, "predict"), options));
  }

  draws(samples: Samples, count: number, random: RandomSource): Probabilities {
    return atOnce(looking(this, this.inputs(samples, "draws"), { draws: { count, random } })).draws!;
  }

  async look(samples: Samples, options: LookOptions = {}): Promise<Look> {
    return inTurns(looking(this, this.inputs(samples, "look"), options));
  }

  weights({ frozen = true }: { frozen?: boolean } = {}): Record<string, Float32Array> {
    return Object.fromEntries((frozen ? this.everything() : this.own()).map(({ name, values }) => [name, values.slice()]));
  }

  restore(weights: Readonly<Record<string, Float32Array>>): void {
    requireWeights(Object.fromEntries(this.everything().map(({ name, values }) => [name, values])), weights);
    for (const { name, values } of this.own()) if (weights[name]) values.set(weights[name]);
    this.frozenBody = this.body?.restored(weights);
  }

  clone(): Network {
    return new Network(this.layers, this.values.map((value) => value.slice()), this.body);
  }

  dispose(): void {
    this.body?.release();
  }

  /** Every parameter with its numbers themselves, those of the frozen body first. */
  everything(): (Parameter & { readonly values: Float32Array })[] {
    return [...(this.body?.everything() ?? []), ...this.own()];
  }

  private own(): (Parameter & { readonly values: Float32Array })[] {
    return this.parameters.map((parameter, i) => ({ ...parameter, values: this.values[i]! }));
  }

  /** The weights as tensors [1, …shape], for the scope that asks. */
  tensors(): tf.Tensor[] {
    return this.parameters.map(({ shape }, i) => tf.tensor(this.values[i]!, [1, ...shape]));
  }
}

/** A network to be made. */
export interface NetworkOptions {
  /** Shape of one sample: `[64]`, or height, width and channels. */
  readonly inputShape: readonly number[];
  /** At least one; the last gives one logit per class. Frozen ones at the beginning run once per sample. */
  readonly layers: readonly LayerMaker[];
  /** Where the output of frozen layers at the beginning is kept. */
  readonly cache?: FeatureCacheOptions;
  readonly random: RandomSource;
}

/**
 * Builds a network with fresh weights.
 *
 * @throws {InputError} for a shape that is none or no layers, when layers do not fit each other, or the last one does not give a logit to each of two classes or more
 * @example
 * network({ inputShape: [64], layers: [dropout(0.25), dense(10)], random: randomSource(1) }).classes // 10
 */
export function network({ inputShape, layers: makers, cache = {}, random }: NetworkOptions): Network {
  if (inputShape.length === 0 || !inputShape.every((side) => Number.isInteger(side) && side >= 1)) refuse("network", "samples of whole sides of at least 1", inputShape);
  if (makers.length === 0) refuse("network", "at least one layer", 0);
  const layers = chain(makers, inputShape);
  const output = layers.at(-1)?.outputShape ?? inputShape;
  if (output.length !== 1 || output[0]! < 2) refuse("network", "a last layer with one logit for each of two classes or more", output);
  const fresh = (some: readonly Layer[]) => parametersOf(some).map((parameter) => initial(parameter, random));
  const found = layers.findIndex((layer) => !layer.frozen);
  const trunk = layers.slice(0, found < 0 ? -1 : found);
  const body = trunk.length > 0 ? new FrozenBody(trunk, fresh(trunk), cache) : undefined;
  const head = layers.slice(trunk.length);
  return new Network(head, fresh(head), body);
}

/** A parameter's first numbers. */
export function initial({ shape, start }: Parameter, random: RandomSource): Float32Array {
  if ("constant" in start) return new Float32Array(sizeOf(shape)).fill(start.constant);
  const draw = "uniform" in start ? () => start.uniform * (2 * random.next() - 1) : () => start.normal * random.normal();
  return Float32Array.from({ length: sizeOf(shape) }, draw);
}
