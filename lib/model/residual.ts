import { tf } from "../runtime/tensorflow";
import { refuse } from "../runtime/refuse";
import { chain, forward, largestActivation, parametersOf, smallestBatch, type LayerMaker } from "./layer";
import { rectify } from "./relu";

/** A residual block to be made. */
export interface ResidualOptions {
  readonly main: readonly LayerMaker[];
  /** What the input goes through before it is added. Default nothing. */
  readonly shortcut?: readonly LayerMaker[];
  /** Default `residual` and the block's position. */
  readonly name?: string;
}

/**
 * A block that adds its input to what its layers make of it: y = max(main(x) + shortcut(x), 0).
 *
 * @see He, Zhang, Ren, Sun (2015), arXiv 1512.03385, equations 1 and 2
 */
export function residual({ main, shortcut = [], name }: ResidualOptions): LayerMaker {
  return (inputShape, position) => {
    const [long, short] = [chain(main, inputShape), chain(shortcut, inputShape)];
    const outputShape = long.at(-1)!.outputShape;
    const arrives = short.at(-1)?.outputShape ?? inputShape;
    if (arrives.join() !== outputShape.join())
      refuse("residual", `a shortcut of shape ${outputShape.join(" × ")}`, `shape ${arrives.join(" × ")}`);
    const parameters = parametersOf(long);
    return {
      kind: "residual",
      name: name ?? `residual${position}`,
      inputShape,
      outputShape,
      parameters: [...parameters, ...parametersOf(short)],
      intermediateSize: largestActivation([...long, ...short]),
      fittedAlone: true,
      smallestBatch: smallestBatch([...long, ...short]),
      forward: (x, weights, pass) => {
        const y = forward(long, x, weights.slice(0, parameters.length), pass);
        return rectify(tf.add(y, forward(short, x, weights.slice(parameters.length), pass)));
      },
    };
  };
}
