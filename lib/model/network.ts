import type { Samples } from "../dataset/dataset";
import { softmax } from "../probability/softmax";
import type { Probabilities } from "../probability/probabilities";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import { tf } from "../runtime/tensorflow";
import { inBatches } from "./batches";
import type { Classifier, Prediction } from "./classifier";
import { dropoutDraws } from "./dropoutDraws";
import { forward, sizeOf, type Layer, type LayerMaker, type Parameter } from "./layer";

/**
 * A classifier made of layers. The last layer gives one logit per class.
 *
 * Weights live in typed arrays, so that many networks of one shape can be trained as one.
 */
export class Network implements Classifier {
  readonly parameters: readonly Parameter[];

  /** @param values one array per parameter, in the order of the layers; changed in place by training */
  constructor(
    readonly layers: readonly Layer[],
    readonly values: readonly Float32Array[],
  ) {
    this.parameters = layers.flatMap((layer) =>
      layer.parameters.map((parameter) => ({ ...parameter, name: `${layer.name}.${parameter.name}` })),
    );
  }

  /** Networks of equal architecture can be trained as one. */
  get architecture(): string {
    return [this.inputShape.join("×"), ...this.layers.map(({ kind, rate = 0, outputShape }) => `${kind} ${rate || ""} ${outputShape.join("×")}`)].join(" → ");
  }

  /** Whether several networks of this architecture can be one batched graph. */
  get single(): boolean {
    return this.layers.some(({ single }) => single);
  }

  get inputShape(): readonly number[] {
    return this.layers[0]!.inputShape;
  }

  get classes(): number {
    return this.layers.at(-1)!.outputShape[0]!;
  }

  predict(samples: Samples, options: { embedding?: boolean } = {}): Prediction {
    this.check(samples, "predict");
    const last = this.layers.at(-1)!;
    const width = sizeOf(last.inputShape);
    const logits = new Float32Array(samples.count * this.classes);
    const embedding = options.embedding ? new Float32Array(samples.count * width) : undefined;
    tf.tidy(() => {
      const weights = this.tensors();
      const own = weights.length - last.parameters.length;
      inBatches(samples, this.layers, (x, first) => {
        const h = forward(this.layers.slice(0, -1), x, weights.slice(0, own));
        logits.set(last.forward(h, weights.slice(own)).dataSync<"float32">(), first * this.classes);
        embedding?.set(h.dataSync<"float32">(), first * width);
      });
    });
    const said = { logits, probabilities: softmax(logits, this.classes) };
    return embedding ? { ...said, embedding: { values: embedding, width } } : said;
  }

  draws(samples: Samples, count: number, random: RandomSource): Probabilities {
    if (!Number.isInteger(count) || count < 1) refuse("draws", "at least one draw", count);
    this.check(samples, "draws");
    return dropoutDraws(this, samples, count, random);
  }

  weights(): Record<string, Float32Array> {
    return Object.fromEntries(this.parameters.map(({ name }, i) => [name, this.values[i]!.slice()]));
  }

  clone(): Network {
    return new Network(this.layers, this.values.map((value) => value.slice()));
  }

  /** Nothing to free: between calls no tensor is alive. */
  dispose(): void {}

  /** The weights as tensors [1, …shape], for the scope that asks. */
  tensors(): tf.Tensor[] {
    return this.parameters.map(({ shape }, i) => tf.tensor(this.values[i]!, [1, ...shape]));
  }

  private check(samples: Samples, caller: string): void {
    if (samples.count < 1) refuse(caller, "at least one sample", samples.count);
    if (samples.shape.join() !== this.inputShape.join())
      refuse(caller, `samples of shape ${this.inputShape.join(" × ")}`, `shape ${samples.shape.join(" × ")}`);
  }
}

/**
 * Builds a network with fresh weights.
 *
 * @example
 * network({ inputShape: [64], layers: [dropout(0.25), dense(10)], random })
 */
export function network({ inputShape, layers, random }: { inputShape: readonly number[]; layers: readonly LayerMaker[]; random: RandomSource }): Network {
  const built: Layer[] = [];
  for (const make of layers) built.push(make(built.at(-1)?.outputShape ?? inputShape, built.length));
  const output = built.at(-1)?.outputShape ?? inputShape;
  if (output.length !== 1 || output[0]! < 2) refuse("network", "a last layer with one logit for each of two classes or more", output);
  const values = built.flatMap((layer) => layer.parameters.map((parameter) => initial(parameter, random)));
  return new Network(built, values);
}

function initial({ shape, start }: Parameter, random: RandomSource): Float32Array {
  const draw = "uniform" in start ? () => start.uniform * (2 * random.next() - 1) : "normal" in start ? () => start.normal * random.normal() : () => start.constant;
  return Float32Array.from({ length: sizeOf(shape) }, draw);
}
