import type { tf } from "../runtime/tensorflow";

/** A trained array of a layer: its shape, and how it starts. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  /** Starts uniform in ±1/√fanIn, as in PyTorch. */
  readonly fanIn: number;
}

/** What a layer needs while it is trained; absent when it predicts. */
export interface TrainingPass {
  /** The dropout mask of a layer, [model, sample, …shape], kept values already 1 / (1 − rate). */
  mask(layer: Layer): tf.Tensor;
}

/**
 * One step of a network. Every layer works on a leading axis of models: many models of one shape,
 * or many draws of one model, are one batched operation.
 */
export interface Layer {
  readonly kind: "dense" | "dropout" | "flatten" | "relu";
  readonly name: string;
  /** Shape of one sample. */
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly parameters: readonly Parameter[];
  /** The rate of a dropout layer, in [0, 1); 0 for every other. */
  readonly rate: number;
  /**
   * @param x [model, sample, …inputShape]
   * @param weights one per parameter, each [model, …parameter shape]
   * @returns [model, sample, …outputShape]
   */
  forward(x: tf.Tensor, weights: readonly tf.Tensor[], pass?: TrainingPass): tf.Tensor;
}

/** Makes a layer once the shape of its input and its position are known. */
export type LayerMaker = (inputShape: readonly number[], position: number) => Layer;

/** Numbers in one array of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Runs layers one after the other; `weights` lists those of all layers in order. */
export function forward(layers: readonly Layer[], x: tf.Tensor, weights: readonly tf.Tensor[], pass?: TrainingPass): tf.Tensor {
  let at = 0;
  return layers.reduce((y, layer) => layer.forward(y, weights.slice(at, (at += layer.parameters.length)), pass), x);
}
