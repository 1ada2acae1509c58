import type { Samples } from "../dataset/dataset";
import { refuse } from "../runtime/refuse";
import type { Figure } from "./figure";
import { png } from "./png";
import { fontFamily } from "./static/fontMetrics";

/** How samples are shown as pictures. */
export interface ImageGridOptions {
  readonly title?: string;
  /** Height and width of a sample in pixels, when its shape does not say (`[64]` for 8 × 8). */
  readonly size?: readonly [number, number];
  /** Pictures in a row, ≥ 1. Default 10. */
  readonly columns?: number;
  /** A word or two under every picture. */
  readonly captions?: readonly string[];
  /** Values shown as black and as white. Default the smallest and the largest shown. */
  readonly range?: readonly [number, number];
  /** `"dark on light"` shows large values dark, as ink. Default `"dark on light"` for one channel. */
  readonly ink?: "dark on light" | "light on dark";
}

/** Side of a picture and of the space around it, in pixels of the figure. */
const [side, space, captionHeight] = [72, 8, 18];

/**
 * Shows samples as pictures in a grid, as they are: one channel in grey, three in colour, pixels enlarged, not smoothed.
 *
 * @param indices of the samples, at least one
 * @throws {InputError} when the samples are no pictures
 */
export function imageGrid(samples: Samples, indices: ArrayLike<number>, options: ImageGridOptions = {}): Figure {
  const { title = "", columns = 10, captions } = options;
  const { height, width, channels } = pictureShape(samples.shape, options.size);
  if (indices.length === 0) refuse("imageGrid", "at least one sample", 0);
  const values = new Float32Array(indices.length * height * width * channels);
  samples.read(indices, values);
  const shade = shader(values, channels, options);
  const across = Math.min(columns, indices.length);
  const down = Math.ceil(indices.length / across);
  const step = { x: side + space, y: side + space + (captions ? captionHeight : 0) };
  const images = Array.from(indices, (_, i) => {
    const pixels = values.subarray(i * height * width * channels, (i + 1) * height * width * channels);
    return { source: `data:image/png;base64,${enlarged(pixels, height, width, channels, shade).toString("base64")}`, ...place(i, across, step), sizex: side, sizey: side };
  });
  const words = (captions ?? []).map((text, i) => {
    const { x, y } = place(i, across, step);
    return { text, x: x + side / 2, y: y - side, xref: "x", yref: "y", showarrow: false, xanchor: "center", yanchor: "top", font: { size: 12 } };
  });
  const [plotWidth, plotHeight] = [across * step.x - space, down * step.y - space];
  const top = title === "" ? 10 : 50;
  const axis = { visible: false, fixedrange: true };
  return {
    data: [{ type: "scatter", x: [0], y: [0], mode: "markers", marker: { opacity: 0 }, hoverinfo: "skip", showlegend: false }],
    layout: {
      title: { text: title, font: { size: 17 }, x: 0.01, xanchor: "left" },
      font: { family: fontFamily, size: 13, color: "#222222" },
      width: plotWidth + 20,
      height: plotHeight + top + 10,
      margin: { l: 10, r: 10, t: top, b: 10 },
      xaxis: { ...axis, range: [0, plotWidth] },
      yaxis: { ...axis, range: [-plotHeight, 0] },
      images: images.map((image) => ({ ...image, xref: "x", yref: "y", sizing: "stretch", layer: "above" })),
      annotations: words,
      paper_bgcolor: "#ffffff",
      plot_bgcolor: "#ffffff",
    },
  };
}

function place(i: number, across: number, step: { x: number; y: number }): { x: number; y: number } {
  return { x: (i % across) * step.x, y: -Math.floor(i / across) * step.y };
}

function pictureShape(shape: readonly number[], size: readonly [number, number] | undefined): { height: number; width: number; channels: number } {
  const count = shape.reduce((product, length) => product * length, 1);
  const [height = 0, width = 0] = size ?? shape;
  const channels = count / (height * width);
  if ((shape.length < 2 && size === undefined) || (channels !== 1 && channels !== 3)) refuse("imageGrid", "pictures of one or three channels, or their size", `samples of shape ${shape.join(" × ")}`);
  return { height, width, channels };
}

/** A value as a shade from 0 to 255. */
function shader(values: Float32Array, channels: number, { range, ink }: ImageGridOptions): (value: number) => number {
  let [low, high] = range ?? [Infinity, -Infinity];
  if (range === undefined) for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const dark = (ink ?? (channels === 1 ? "dark on light" : "light on dark")) === "dark on light";
  return (value) => {
    const share = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0;
    return Math.round(255 * (dark ? 1 - share : share));
  };
}

/** Whole pixels enlarged to at least the side they are shown at. */
function enlarged(values: Float32Array, height: number, width: number, channels: number, shade: (value: number) => number): Buffer {
  const factor = Math.max(1, Math.ceil(side / Math.max(height, width)));
  const [rows, columns] = [height * factor, width * factor];
  const pixels = new Uint8Array(rows * columns * 3);
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let channel = 0; channel < 3; channel++)
        pixels[at++] = shade(values[(Math.floor(row / factor) * width + Math.floor(column / factor)) * channels + (channels === 3 ? channel : 0)]!);
  return png(pixels, columns, rows, 3);
}
