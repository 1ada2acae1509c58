import { tf } from "../runtime/tensorflow";
import { refuse } from "../runtime/refuse";
import { addBias } from "./addBias";
import type { LayerMaker } from "./layer";

/**
 * A fully connected layer: y = x·W + b. Weights start as in PyTorch, uniform in ±1/√inputs, biases too.
 *
 * @param units width of the output, ≥ 1
 * @param name default `dense` and the layer's position
 */
export function dense(units: number, name?: string): LayerMaker {
  if (!Number.isInteger(units) || units < 1) refuse("dense", "at least one unit", units);
  return (inputShape, position) => {
    const [inputs] = inputShape;
    if (inputs === undefined || inputShape.length > 1) refuse("dense", "vectors: flatten images first", `shape ${inputShape.join(" × ")}`);
    const start = { uniform: 1 / Math.sqrt(inputs) };
    return {
      kind: "dense",
      name: name ?? `dense${position}`,
      inputShape,
      outputShape: [units],
      parameters: [
        { name: "weight", shape: [inputs, units], start, trained: true },
        { name: "bias", shape: [1, units], start, trained: true },
      ],
      forward: (x, [weight, bias]) => addBias(tf.matMul(x, weight!), bias!),
    };
  };
}
