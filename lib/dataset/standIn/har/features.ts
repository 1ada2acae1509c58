import type { Recording } from "./activity";
import { bandEnergies, meanFrequency, spectrum } from "./spectrum";
import { ascending, burg, correlation, deviation, energy, entropy, mean, medianDeviation, quantile, skewnessAndKurtosis, type Signal } from "./statistics";

type Axes = readonly [Signal, Signal, Signal];

/**
 * The 561 features of one window, in UCI's order: 40 for each of five signals of three axes, 13 for each of their five
 * magnitudes, 79 for each of three spectra of three axes, 13 for each of four spectra of magnitudes, 7 angles.
 */
export function harFeatures({ body, gravity, gyro }: Recording): number[] {
  const bodyJerk = body.map(jerk) as unknown as Axes;
  const gyroJerk = gyro.map(jerk) as unknown as Axes;
  const timeAxes = [body, gravity, bodyJerk, gyro, gyroJerk] as const;
  const magnitudes = timeAxes.map(magnitude);
  const spectra = [body, bodyJerk, gyro].map((axes) => axes.map(spectrum) as [Float64Array, Float64Array, Float64Array]);
  const magnitudeSpectra = [0, 2, 3, 4].map((i) => spectrum(magnitudes[i]!));
  return [
    ...timeAxes.flatMap((axes) => [...common(axes), ...axes.flatMap((axis) => burg(axis, 4)), ...correlations(axes)]),
    ...magnitudes.flatMap((signal) => [...common([signal]), ...burg(signal, 4)]),
    ...spectra.flatMap((axes) => [...common(axes), ...axes.map(loudest), ...axes.map(meanFrequency), ...axes.flatMap(skewnessAndKurtosis), ...axes.flatMap(bandEnergies)]),
    ...magnitudeSpectra.flatMap((signal) => [...common([signal]), loudest(signal), meanFrequency(signal), ...skewnessAndKurtosis(signal)]),
    ...angles({ body, gravity, gyro }, bodyJerk, gyroJerk),
  ];
}

/** Mean, deviation, median deviation, largest, smallest of every axis; magnitude area of all; energy, quartile range, entropy of every axis. */
function common(axes: readonly Signal[]): number[] {
  const sorted = axes.map(ascending);
  return [
    ...axes.map(mean),
    ...axes.map(deviation),
    ...sorted.map(medianDeviation),
    ...sorted.map((values) => values.at(-1)!),
    ...sorted.map((values) => values[0]!),
    axes.reduce((sum, axis) => sum + mean(Array.from(axis, Math.abs)), 0) / axes.length,
    ...axes.map(energy),
    ...sorted.map((values) => quantile(values, 0.75) - quantile(values, 0.25)),
    ...axes.map(entropy),
  ];
}

function correlations([x, y, z]: Axes): number[] {
  return [correlation(x, y), correlation(x, z), correlation(y, z)];
}

/** Change per second of a signal taken 50 times a second. */
function jerk(x: Signal): Float64Array {
  return Float64Array.from({ length: x.length }, (_, t) => 50 * (x[Math.min(t + 1, x.length - 1)]! - x[Math.max(t - 1, 0)]!) * 0.5);
}

function magnitude([x, y, z]: Axes): Float64Array {
  return Float64Array.from({ length: x.length }, (_, t) => Math.hypot(x[t]!, y[t]!, z[t]!));
}

/** The bin with the largest amplitude. */
function loudest(amplitudes: Float64Array): number {
  return amplitudes.indexOf(Math.max(...amplitudes));
}

/** Angles between mean movements and gravity, and between the axes and gravity. */
function angles({ body, gravity, gyro }: Recording, bodyJerk: Axes, gyroJerk: Axes): number[] {
  const down = gravity.map(mean);
  const toGravity = (axes: readonly Signal[]) => angle(axes.map(mean), down);
  return [toGravity(body), toGravity(bodyJerk), toGravity(gyro), toGravity(gyroJerk), angle([1, 0, 0], down), angle([0, 1, 0], down), angle([0, 0, 1], down)];
}

function angle(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const lengths = Math.hypot(...a) * Math.hypot(...b);
  return lengths === 0 ? 0 : Math.acos(Math.min(Math.max(dot / lengths, -1), 1));
}
