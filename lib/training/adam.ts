import type { Optimizer } from "./optimizer";

/**
 * Adam, as PyTorch defines it, with its defaults β₁ = 0.9, β₂ = 0.999, ε = 1e-8.
 *
 * m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; w ← w − rate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
 *
 * @param weights changed in place by every step
 * @see Kingma and Ba (2015), arXiv 1412.6980, algorithm 1
 */
export function adam(weights: readonly Float32Array[], learningRate: number): Optimizer {
  const means = weights.map((w) => new Float32Array(w.length));
  const squares = weights.map((w) => new Float32Array(w.length));
  let steps = 0;
  return {
    step(gradients) {
      steps++;
      const rate = learningRate / (1 - 0.9 ** steps);
      const correction = Math.sqrt(1 - 0.999 ** steps);
      weights.forEach((w, i) => {
        const [g, m, v] = [gradients[i]!, means[i]!, squares[i]!];
        for (let j = 0; j < w.length; j++) {
          const slope = g[j]!;
          const mean = (m[j]! += 0.1 * (slope - m[j]!));
          const square = (v[j] = 0.999 * v[j]! + 0.001 * slope * slope);
          w[j]! -= (rate * mean) / (Math.sqrt(square) / correction + 1e-8);
        }
      });
    },
  };
}
