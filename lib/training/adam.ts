/**
 * Adam, as PyTorch defines it, with its defaults β₁ = 0.9, β₂ = 0.999, ε = 1e-8.
 *
 * m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; w ← w − rate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
 *
 * @see Kingma and Ba (2015), arXiv 1412.6980, algorithm 1
 */
export class Adam {
  private steps = 0;
  private readonly means: readonly Float32Array[];
  private readonly squares: readonly Float32Array[];

  /** @param weights changed in place by every step */
  constructor(
    private readonly weights: readonly Float32Array[],
    private readonly learningRate: number,
  ) {
    this.means = weights.map((w) => new Float32Array(w.length));
    this.squares = weights.map((w) => new Float32Array(w.length));
  }

  /** @param gradients one per array of weights, of its length */
  step(gradients: readonly Float32Array[]): void {
    this.steps++;
    const rate = this.learningRate / (1 - 0.9 ** this.steps);
    const correction = Math.sqrt(1 - 0.999 ** this.steps);
    this.weights.forEach((w, i) => {
      const g = gradients[i]!;
      const m = this.means[i]!;
      const v = this.squares[i]!;
      for (let j = 0; j < w.length; j++) {
        const slope = g[j]!;
        const mean = (m[j]! += 0.1 * (slope - m[j]!));
        const square = (v[j] = 0.999 * v[j]! + 0.001 * slope * slope);
        w[j]! -= (rate * mean) / (Math.sqrt(square) / correction + 1e-8);
      }
    });
  }
}
