/** Changes weights in place, a step per mini-batch. */
export interface Optimizer {
  /** @param gradients one per array of weights, of its length */
  step(gradients: readonly Float32Array[]): void;
}
