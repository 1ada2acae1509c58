import type { RandomSource } from "../random/randomSource";
import { parametersOf } from "./layer";
import { initial, type Network } from "./network";

/**
 * A copy of a network whose dense layers start anew: the trunk keeps its weights, and what its frozen stages made of a sample
 * is shared by all copies.
 *
 * @example
 * const first = ann({ inputs: 4, classes: 2, random: randomSource(1) });
 * freshHead(first, randomSource(2)).classes // 2
 */
export function freshHead(network: Network, random: RandomSource): Network {
  const copy = network.clone();
  const head = new Set(parametersOf(copy.layers.filter(({ kind }) => kind === "dense")).map(({ name }) => name));
  copy.parameters.forEach((parameter, i) => head.has(parameter.name) && copy.values[i]!.set(initial(parameter, random)));
  return copy;
}
