import { tf } from "../runtime/tensorflow";
import { refuse } from "../runtime/refuse";
import type { Layer, LayerMaker } from "./layer";

/**
 * Sets inputs to 0 with probability `rate` and divides the others by 1 − rate, in training and in Monte Carlo draws;
 * does nothing when predicting.
 *
 * @param rate in [0, 1)
 * @see Srivastava et al. (2014), Dropout; Gal and Ghahramani (2016), arXiv 1506.02142
 */
export function dropout(rate: number): LayerMaker {
  if (!(rate >= 0 && rate < 1)) refuse("dropout", "a rate from 0 to below 1", rate);
  return (inputShape, position) => {
    const layer: Layer = {
      kind: "dropout",
      name: `dropout${position}`,
      inputShape,
      outputShape: inputShape,
      parameters: [],
      rate,
      forward: (x, _, pass) => (pass === undefined || rate === 0 ? x : tf.mul(x, pass.mask(layer))),
    };
    return layer;
  };
}
