import { refuse } from "../runtime/refuse";
import type { Network } from "../model/network";
import type { FitSettings } from "./fitSettings";

/** Adds the slope of an L1 penalty to gradients and returns the penalty. */
export type Penalty = (gradients: readonly Float32Array[]) => number;

/**
 * The penalty coefficient · Σ|w| on weights and biases of the layers named.
 *
 * @param trained which of the network's parameters the gradients belong to
 * @throws {InputError} when the network has no such layer
 */
export function l1Penalty(network: Network, trained: readonly number[], l1: FitSettings["l1"]): Penalty {
  if (l1 === undefined) return () => 0;
  const { coefficient, layers } = l1;
  const layerOf = (parameter: number) => network.parameters[parameter]!.name.replace(/\.[^.]*$/, "");
  const names = new Set(trained.map(layerOf));
  const stranger = layers.find((name) => !names.has(name));
  if (stranger !== undefined) refuse("fit", `a trained layer of the network in l1: ${[...names].join(", ")}`, stranger);
  if (!(coefficient >= 0 && coefficient < Infinity)) refuse("fit", "a finite l1 coefficient of at least 0", coefficient);
  const penalized = trained.flatMap((parameter, i) => (layers.includes(layerOf(parameter)) ? [{ weights: network.values[parameter]!, i }] : []));
  return (gradients) => {
    let sum = 0;
    for (const { weights, i } of penalized)
      for (let j = 0; j < weights.length; j++) {
        sum += Math.abs(weights[j]!);
        gradients[i]![j]! += coefficient * Math.sign(weights[j]!);
      }
    return coefficient * sum;
  };
}
