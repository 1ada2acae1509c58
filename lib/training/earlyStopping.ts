/**
 * Watches the losses of the epochs: when did the lowest one come, and is it time to stop?
 *
 * It stops at the `patience`-th epoch in a row that is not below the lowest so far, and, when asked to,
 * brings back the weights as they were after the best epoch.
 */
export class EarlyStopping {
  private lowest = Infinity;
  private worse = 0;
  private best: Float32Array[] | undefined;

  /** @param restore whether `finish` brings the best weights back */
  constructor(
    private readonly weights: readonly Float32Array[],
    private readonly patience: number,
    private readonly restore: boolean,
  ) {}

  /** Takes the loss of an epoch that just ended; true when training should stop. */
  stopsAfter(loss: number): boolean {
    if (loss < this.lowest) {
      this.lowest = loss;
      this.worse = 0;
      if (this.restore) this.best = this.weights.map((w) => w.slice());
      return false;
    }
    return ++this.worse >= this.patience;
  }

  /** Leaves the weights as they should stay. */
  finish(): void {
    this.best?.forEach((w, i) => this.weights[i]!.set(w));
  }
}
