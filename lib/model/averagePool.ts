import { tf } from "../runtime/tensorflow";
import { image } from "./image";
import type { LayerMaker } from "./layer";

/** The mean of every channel over the whole image: [height, width, channel] to [channel]. */
export function averagePool(): LayerMaker {
  return (inputShape, position) => {
    const [, , channels] = image(inputShape, "averagePool", 1);
    return {
      kind: "averagePool",
      name: `averagePool${position}`,
      inputShape,
      outputShape: [channels],
      parameters: [],
      forward: (x) => tf.mean(x, [2, 3]),
    };
  };
}
