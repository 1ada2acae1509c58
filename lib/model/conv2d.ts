import { tf } from "../runtime/tensorflow";
import { addBias } from "./addBias";
import { image, outputLength, paddings, requireWindow } from "./image";
import type { LayerMaker } from "./layer";
import { largestOf } from "./maxPool";

/** A convolution to be made. */
export interface Conv2dOptions {
  /** Output channels, ≥ 1. */
  readonly filters: number;
  /** Height and width of the kernel, ≥ 1. */
  readonly kernel: number;
  /** Step between windows, ≥ 1. Default 1. */
  readonly stride?: number;
  /** Rows and columns of zeros around the image, ≥ 0. Default 0. */
  readonly padding?: number;
  /** Default true. */
  readonly bias?: boolean;
  /** Keep only the largest of every window of so many rows and columns, ≥ 1. As `maxPool` behind it, with less to add the bias to. Default 1. */
  readonly pool?: number;
  /**
   * `"uniform"`: in ±1/√(kernel² · input channels), as PyTorch's layers start. `"normal"`: standard deviation
   * √(2 / (kernel² · filters)), as its residual networks start. Default `"uniform"`.
   */
  readonly start?: "uniform" | "normal";
  /** Default `conv` and the layer's position. */
  readonly name?: string;
}

/**
 * Models take turns where the filters make more numbers than this of one image. Three LeNets together (3,456) took 0.7 of the time
 * they take in turn, with three colours (14,112) 0.94, three simple CNNs (36,864) as long; and a crowd needs memory for all.
 */
const mostTogether = 2 ** 13;

/**
 * A two-dimensional convolution over images [height, width, channel]. Weights are [height, width, input channel, filter].
 *
 * @see He et al. (2015), arXiv 1502.01852, for the normal start
 */
export function conv2d({ filters, kernel, stride = 1, padding = 0, bias = true, pool = 1, start = "uniform", name }: Conv2dOptions): LayerMaker {
  requireWindow("conv2d", "whole filters, kernel, stride and pool", [filters, kernel, stride, pool], padding);
  return (inputShape, position) => {
    const [height, width, channels] = image(inputShape, "conv2d", kernel + (pool - 1) * stride - 2 * padding);
    const [rows, columns] = [height, width].map((length) => outputLength(length, kernel, stride, padding)) as [number, number];
    const intermediateSize = rows * columns * filters;
    const uniform = 1 / Math.sqrt(kernel * kernel * channels);
    const first = start === "uniform" ? { uniform } : { normal: Math.sqrt(2 / (kernel * kernel * filters)) };
    const same = stride === 1 && 2 * padding === kernel - 1; // TensorFlow has a name for it, and is faster
    const thin = kernel === 1 && stride > 1; // oneDNN writes out of bounds in the gradient of some of these: thinned out first, they have stride 1
    return {
      kind: "conv2d",
      name: name ?? `conv${position}`,
      inputShape,
      outputShape: [Math.floor(rows / pool), Math.floor(columns / pool), filters],
      parameters: [
        { name: "weight", shape: [kernel, kernel, channels, filters], start: first, trained: true },
        ...(bias ? [{ name: "bias", shape: [filters], start: { uniform }, trained: true }] : []),
      ],
      settings: [kernel, stride, padding, pool],
      intermediateSize,
      fittedAlone: intermediateSize > mostTogether,
      forward: (x, [weight, shift]) => {
        const kernels = byModel(weight!);
        const each = byModel(x).map((images, model) => {
          const padded = padding === 0 || same ? images : tf.pad(images, paddings(padding));
          const seen = thin ? tf.avgPool(padded as tf.Tensor4D, 1, stride, "valid") : padded;
          return tf.conv2d(seen as tf.Tensor4D, kernels[model] as tf.Tensor4D, thin ? 1 : stride, same ? "same" : "valid");
        });
        const all = each.length === 1 ? each[0]! : tf.concat(each);
        const y = pool === 1 ? all : largestOf(all, pool); // the largest keeps its place when all grow by the same bias
        const shape = [...x.shape.slice(0, 2), ...y.shape.slice(1)];
        if (shift === undefined) return tf.reshape(y, shape);
        return tf.reshape(addBias(tf.reshape(y, [each.length, -1, filters]), tf.expandDims(shift, 1)), shape);
      },
    };
  };
}

/** The parts of a tensor [model, …], each without that axis. */
function byModel(x: tf.Tensor): tf.Tensor[] {
  return x.shape[0] === 1 ? [tf.squeeze(x, [0])] : tf.unstack(x); // TensorFlow.js has no gradient of unstacking one
}
