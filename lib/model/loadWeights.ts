import { refuse } from "../runtime/refuse";
import type { Network } from "./network";
import type { NamedArrays } from "./safetensors";

/**
 * Takes over weights that PyTorch saved, by name. Its layouts are turned into ours:
 * dense [units, inputs] to [inputs, units], convolution [filter, channel, height, width] to [height, width, channel, filter].
 *
 * @param options `except`: layers that keep the weights they have, e.g. a new head
 * @throws {InputError} when an array is missing or has another shape
 */
export function loadWeights(network: Network, arrays: NamedArrays, { except = [] }: { except?: readonly string[] } = {}): void {
  const wanted = network.everything().flatMap(({ name, shape }) => {
    if (except.includes(name.slice(0, name.lastIndexOf(".")))) return [];
    const array = arrays[name] ?? refuse("loadWeights", `weights named ${name}`, "none");
    const theirs = theirShape(shape, name);
    if (array.shape.join() !== theirs.join()) refuse("loadWeights", `shape ${theirs.join(" × ")}`, `shape ${array.shape.join(" × ")}`, name);
    return [[name, turned(array.values, shape)] as const];
  });
  network.restore(Object.fromEntries(wanted));
}

function theirShape(shape: readonly number[], name: string): readonly number[] {
  const [a, b, c, d] = shape as [number, number, number, number];
  if (shape.length === 4) return [d, c, a, b];
  if (shape.length === 2) return name.endsWith(".bias") ? [b] : [b, a];
  return shape;
}

/** @param shape ours */
function turned(theirs: Float32Array, shape: readonly number[]): Float32Array {
  if (shape.length < 2) return theirs;
  const last = shape.at(-1)!;
  const channels = shape.length === 4 ? shape[2]! : shape[0]!;
  const places = theirs.length / last / channels; // height · width of a kernel
  return Float32Array.from(theirs, (_, at) => {
    const unit = at % last;
    const channel = Math.floor(at / last) % channels;
    const place = Math.floor(at / last / channels);
    return theirs[(unit * channels + channel) * places + place]!;
  });
}
