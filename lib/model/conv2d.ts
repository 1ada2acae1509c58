import { tf } from "../runtime/tensorflow";
import { refuse } from "../runtime/refuse";
import type { LayerMaker } from "./layer";

/** A convolution to be made. */
export interface Conv2dOptions {
  /** Output channels, ≥ 1. */
  readonly filters: number;
  /** Height and width of the kernel, ≥ 1. */
  readonly kernel: number;
  /** Step between places, ≥ 1. Default 1. */
  readonly stride?: number;
  /** Rows and columns of zeros around the image, ≥ 0. Default 0. */
  readonly padding?: number;
  /** Default true. */
  readonly bias?: boolean;
  /**
   * `"uniform"`: in ±1/√(kernel² · input channels), as PyTorch's layers start. `"normal"`: standard deviation
   * √(2 / (kernel² · filters)), as its residual networks start. Default `"uniform"`.
   */
  readonly start?: "uniform" | "normal";
  /** Default `conv` and the layer's position. */
  readonly name?: string;
}

/**
 * A two-dimensional convolution over images [height, width, channel]. Weights are [height, width, input channel, filter].
 *
 * @see He et al. (2015), arXiv 1502.01852, for the normal start
 */
export function conv2d({ filters, kernel, stride = 1, padding = 0, bias = true, start = "uniform", name }: Conv2dOptions): LayerMaker {
  if (!(filters >= 1 && kernel >= 1 && stride >= 1 && padding >= 0)) refuse("conv2d", "filters, kernel and stride of at least 1", [filters, kernel, stride]);
  return (inputShape, position) => {
    const [height, width, channels] = image(inputShape, "conv2d", kernel - 2 * padding);
    const length = (size: number) => Math.floor((size + 2 * padding - kernel) / stride) + 1;
    const uniform = 1 / Math.sqrt(kernel * kernel * channels);
    const weight = start === "uniform" ? { uniform } : { normal: Math.sqrt(2 / (kernel * kernel * filters)) };
    const same = stride === 1 && 2 * padding === kernel - 1; // TensorFlow has a name for it, and is faster
    const thin = kernel === 1 && stride > 1; // oneDNN writes out of bounds in the gradient of some of these: thinned out first, they have stride 1
    return {
      kind: "conv2d",
      name: name ?? `conv${position}`,
      inputShape,
      outputShape: [length(height), length(width), filters],
      parameters: [
        { name: "weight", shape: [kernel, kernel, channels, filters], start: weight, trained: true },
        ...(bias ? [{ name: "bias", shape: [filters], start: { uniform }, trained: true }] : []),
      ],
      single: true,
      forward: (x, [w, b]) => {
        const framed = padding === 0 || same ? tf.squeeze(x, [0]) : tf.pad(tf.squeeze(x, [0]), frame(padding));
        const images = thin ? tf.avgPool(framed as tf.Tensor4D, 1, stride, "valid") : framed;
        const y = tf.conv2d(images as tf.Tensor4D, tf.squeeze(w!, [0]) as tf.Tensor4D, thin ? 1 : stride, same ? "same" : "valid");
        return tf.expandDims(b === undefined ? y : tf.add(y, b), 0);
      },
    };
  };
}

/** Height, width and channels of images that are at least `smallest` high and wide. */
export function image(shape: readonly number[], caller: string, smallest: number): [number, number, number] {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || height! < smallest || width! < smallest)
    refuse(caller, `images of at least ${smallest} × ${smallest}, [height, width, channel]`, `shape ${shape.join(" × ")}`);
  return [height!, width!, channels!];
}

/** Rows and columns around images [sample, height, width, channel]. */
export function frame(padding: number): [number, number][] {
  return [[0, 0], [padding, padding], [padding, padding], [0, 0]];
}
