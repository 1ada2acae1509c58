/** The numbers that describe one signal, as the UCI features define them in words. */

export type Signal = ArrayLike<number>;

/** The mean. */
export function mean(x: Signal): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]!;
  return sum / x.length;
}

/** The standard deviation (divisor N − 1). */
export function deviation(x: Signal): number {
  const middle = mean(x);
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i]! - middle) ** 2;
  return Math.sqrt(sum / (x.length - 1));
}

/** The value below which a share of the sorted signal lies. */
export function quantile(sorted: Signal, share: number): number {
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low + (place - Math.floor(place)) * (high - low);
}

/** The signal in ascending order. */
export function ascending(x: Signal): Float64Array {
  return Float64Array.from(x).sort();
}

/** Median absolute deviation from the median. */
export function medianDeviation(sorted: Float64Array): number {
  const median = quantile(sorted, 0.5);
  return quantile(sorted.map((value) => Math.abs(value - median)).sort(), 0.5);
}

/** Mean of the squares. */
export function energy(x: Signal): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! ** 2;
  return sum / x.length;
}

/** Entropy, in nats, of the shares of the signal's absolute values; 0 · log 0 = 0. */
export function entropy(x: Signal): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += Math.abs(x[i]!);
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const share = total === 0 ? 0 : Math.abs(x[i]!) / total;
    if (share > 0) sum -= share * Math.log(share);
  }
  return sum;
}

/** Pearson's correlation; 0 for a signal that does not move. */
export function correlation(x: Signal, y: Signal): number {
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += (x[i]! - mx) * (y[i]! - my);
    xx += (x[i]! - mx) ** 2;
    yy += (y[i]! - my) ** 2;
  }
  return xx * yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
}

/** Third and fourth standardised moments, the latter less 3. */
export function skewnessAndKurtosis(x: Signal): [number, number] {
  const middle = mean(x);
  const moment = (power: number) => {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += (x[i]! - middle) ** power;
    return sum / x.length;
  };
  const variance = moment(2);
  return variance === 0 ? [0, 0] : [moment(3) / variance ** 1.5, moment(4) / variance ** 2 - 3];
}

/** Coefficients of an autoregression by Burg's method. */
export function burg(x: Signal, order: number): number[] {
  const forward = Float64Array.from(x);
  const backward = Float64Array.from(x);
  let a = [1];
  for (let m = 1; m <= order; m++) {
    let [product, power] = [0, 0];
    for (let i = m; i < x.length; i++) {
      product += forward[i]! * backward[i - 1]!;
      power += forward[i]! ** 2 + backward[i - 1]! ** 2;
    }
    const reflection = power === 0 ? 0 : (-2 * product) / power;
    for (let i = x.length - 1; i >= m; i--) {
      const [f, b] = [forward[i]!, backward[i - 1]!];
      forward[i] = f + reflection * b;
      backward[i] = b + reflection * f;
    }
    const longer = [...a, 0];
    a = longer.map((value, i) => value + reflection * longer[m - i]!);
  }
  return a.slice(1);
}
