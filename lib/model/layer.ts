import { refuse } from "../runtime/refuse";
import type { tf } from "../runtime/tensorflow";

/** An array of numbers that belongs to a layer. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  /** How it starts. `uniform`: in ±bound. `normal`: with this standard deviation. */
  readonly start: { readonly uniform: number } | { readonly normal: number } | { readonly constant: number };
  /** False for what training leaves alone: frozen weights, running statistics. */
  readonly trained: boolean;
}

/** How a layer runs when it does more than predict. */
export interface Pass {
  /** The dropout mask of a layer, [model, sample, …shape] or broadcast to it, kept values already 1 / (1 − rate). */
  mask(layer: Layer): tf.Tensor;
  /** In training only: a running statistic, one of the layer's weights, takes a new value. */
  update?(statistic: tf.Tensor, value: tf.Tensor): void;
}

/**
 * One step of a network. Layers work on a leading axis of models: many models of one shape are one batched operation.
 */
export interface Layer {
  readonly kind: "dense" | "dropout" | "flatten" | "relu" | "conv2d" | "maxPool" | "averagePool" | "batchNorm" | "residual";
  readonly name: string;
  /** Shape of one sample. */
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly parameters: readonly Parameter[];
  /** What its work depends on beside shapes and rate, such as a stride: networks that differ in it are not one architecture. */
  readonly settings?: readonly number[];
  /** Numbers of the largest activation of one sample within the layer, where that may be larger than its input and its output. */
  readonly intermediateSize?: number;
  /** The rate of a dropout layer, in [0, 1). */
  readonly rate?: number;
  /** True when training leaves the layer alone and it always predicts. */
  readonly frozen?: boolean;
  /** True when networks with such a layer are fitted one at a time: a crowd does not step them together. */
  readonly fittedAlone?: boolean;
  /** Samples that a mini-batch must have at least for the layer to be trained with. Default 1. */
  readonly smallestBatch?: number;
  /**
   * @param x [model, sample, …inputShape]
   * @param weights one per parameter, each [model, …parameter shape]
   * @returns [model, sample, …outputShape]
   */
  forward(x: tf.Tensor, weights: readonly tf.Tensor[], pass?: Pass): tf.Tensor;
}

/** Makes a layer once the shape of its input and its position are known. */
export type LayerMaker = (inputShape: readonly number[], position: number) => Layer;

/** Numbers in one array of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/**
 * Makes layers one behind the other.
 *
 * @throws {InputError} for two layers of one name
 */
export function chain(makers: readonly LayerMaker[], inputShape: readonly number[]): Layer[] {
  const layers: Layer[] = [];
  for (const make of makers) {
    const layer = make(layers.at(-1)?.outputShape ?? inputShape, layers.length);
    if (layers.some(({ name }) => name === layer.name)) refuse("network", "layers of different names", layer.name);
    layers.push(layer);
  }
  return layers;
}

/** Numbers of the largest activation of one sample. */
export function largestActivation(layers: readonly Layer[]): number {
  return Math.max(...layers.flatMap(({ inputShape, outputShape, intermediateSize = 0 }) => [sizeOf(inputShape), sizeOf(outputShape), intermediateSize]));
}

/** Samples that a mini-batch must have at least for all of these layers. */
export function smallestBatch(layers: readonly Layer[]): number {
  return Math.max(1, ...layers.map((layer) => layer.smallestBatch ?? 1));
}

/** All parameters of layers, by full name. */
export function parametersOf(layers: readonly Layer[]): Parameter[] {
  return layers.flatMap((layer) => layer.parameters.map((parameter) => ({ ...parameter, name: `${layer.name}.${parameter.name}` })));
}

/** Runs layers one after the other; `weights` lists those of all layers in order. */
export function forward(layers: readonly Layer[], x: tf.Tensor, weights: readonly tf.Tensor[], pass?: Pass): tf.Tensor {
  let at = 0;
  return layers.reduce((y, layer) => layer.forward(y, weights.slice(at, (at += layer.parameters.length)), pass), x);
}
