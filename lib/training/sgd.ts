import type { Optimizer } from "./optimizer";

/** Stochastic gradient descent. */
export interface SgdOptions {
  readonly name: "sgd";
  /** How much of the last step is kept, in [0, 1). Default 0. */
  readonly momentum?: number;
  /** L2 penalty λ, ≥ 0: λ·w is added to every gradient. Default 0. */
  readonly weightDecay?: number;
}

/**
 * Stochastic gradient descent with weight decay and momentum μ, as PyTorch defines it.
 *
 * d ← μd + g + λw; w ← w − rate · d
 */
export function sgd(weights: readonly Float32Array[], learningRate: number, { momentum = 0, weightDecay = 0 }: SgdOptions): Optimizer {
  const directions = weights.map((w) => new Float32Array(w.length));
  return {
    step(gradients) {
      weights.forEach((w, i) => {
        const [g, d] = [gradients[i]!, directions[i]!];
        for (let j = 0; j < w.length; j++) {
          d[j] = momentum * d[j]! + g[j]! + weightDecay * w[j]!;
          w[j]! -= learningRate * d[j]!;
        }
      });
    },
  };
}
