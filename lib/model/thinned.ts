import { sizeOf, type Layer } from "./layer";

/** The masks [draw, …shape] of every layer that drops anything. */
export type Masks = ReadonlyMap<Layer, Float32Array>;

/** The mask of one draw. */
export function maskOf(masks: Masks, layer: Layer, draw: number): Float32Array | undefined {
  const size = sizeOf(layer.inputShape);
  return masks.get(layer)?.subarray(draw * size, (draw + 1) * size);
}

/** Weights of a dense layer, [inputs, units]. */
export interface DenseWeights {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  readonly units: number;
}

/** True for layers that `thinned` understands: a dense one and others that are dense or treat every number alike. */
export function canBeThinned(layers: readonly Layer[]): boolean {
  return layers.some(({ kind }) => kind === "dense") && layers.every(({ kind }) => kind === "dense" || kind === "dropout" || kind === "relu" || kind === "flatten");
}

/**
 * The sampled network of one draw without its dropped units.
 *
 * A mask that is the same for all samples belongs to the weights: a dropped input is a row of zeros,
 * a dropped hidden unit a column that need not be computed.
 *
 * @param layers dense, dropout, relu and flatten layers
 * @param values weight and bias of every dense layer, in order
 * @returns the weights of every dense layer, in order
 */
export function thinned(layers: readonly Layer[], values: readonly Float32Array[], masks: Masks, draw: number): DenseWeights[] {
  const dense = layers.flatMap((layer, i) => (layer.kind === "dense" ? [i] : []));
  const factors = dense.map((at, d) => factorsBetween(layers, d === 0 ? 0 : dense[d - 1]! + 1, at, masks, draw));
  return dense.map((at, d) => {
    const [inputs] = layers[at]!.inputShape as [number];
    const rows = d === 0 ? all(inputs) : kept(factors[d]!);
    const columns = d + 1 < dense.length ? kept(factors[d + 1]!) : all(layers[at]!.outputShape[0]!);
    return part(values[2 * d]!, values[2 * d + 1]!, rows, columns, factors[d]!);
  });
}

/** What the dropout layers from `from` to `to` − 1 multiply every number by. */
function factorsBetween(layers: readonly Layer[], from: number, to: number, masks: Masks, draw: number): Float32Array {
  const factors = new Float32Array(sizeOf(layers[to]!.inputShape)).fill(1);
  for (const layer of layers.slice(from, to)) maskOf(masks, layer, draw)?.forEach((factor, i) => (factors[i]! *= factor));
  return factors;
}

function part(weight: Float32Array, bias: Float32Array, rows: Int32Array, columns: Int32Array, factors: Float32Array): DenseWeights {
  const units = columns.length;
  const values = new Float32Array(rows.length * units);
  rows.forEach((row, r) => {
    const [factor, start, from] = [factors[row]!, r * units, row * bias.length];
    if (factor !== 0) for (let c = 0; c < units; c++) values[start + c] = factor * weight[from + columns[c]!]!;
  });
  return { weight: values, bias: Float32Array.from(columns, (column) => bias[column]!), units };
}

function all(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}

/** The units that are not dropped; where all are, one of them, so that there is a layer at all: its factor is 0. */
function kept(factors: Float32Array): Int32Array {
  const units = all(factors.length).filter((i) => factors[i] !== 0);
  return units.length > 0 ? units : Int32Array.of(0);
}
