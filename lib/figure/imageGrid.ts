import type { Samples } from "../dataset/dataset";
import { refuse } from "../runtime/refuse";
import type { Figure, Plotly } from "./figure";
import { pictureSheet } from "./pictureSheet";
import { pixelPictures, type PixelOptions } from "./pixelPictures";
import { textWidth } from "./static/fontMetrics";

/** How samples are shown as pictures. */
export interface ImageGridOptions extends PixelOptions {
  readonly title?: string;
  /** Pictures in a row, ≥ 1. Default 10. */
  readonly columns?: number;
  /** A word or two under every picture. */
  readonly captions?: readonly string[];
  /** A colour around every picture, e.g. `"#e41a1c"` where a guess was wrong; undefined or missing: none. */
  readonly frames?: readonly (string | undefined)[];
  /** A word or two to the left of every row. */
  readonly rowTitles?: readonly string[];
}

/** Side of a picture and of the space around it, in pixels of the figure. */
const [side, space, captionHeight] = [72, 8, 18];
/** Size of a caption's letters. */
const captionSize = 12;

interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * Shows samples as pictures in a grid, as they are: one channel in grey, three in colour, pixels enlarged, not smoothed.
 *
 * @param indices of the samples, at least one
 * @throws {InputError} when the samples are no pictures, or there are not as many titles as rows
 */
export function imageGrid(samples: Samples, indices: ArrayLike<number>, options: ImageGridOptions = {}): Figure {
  const { title = "", columns = 10, captions = [], frames = [], rowTitles = [] } = options;
  const pictures = pixelPictures("imageGrid", samples, indices, options, side);
  const across = Math.min(columns, pictures.length);
  const down = Math.ceil(pictures.length / across);
  if (rowTitles.length > 0 && rowTitles.length !== down) refuse("imageGrid", `a title for each of ${down} rows`, rowTitles.length);
  const cell = Math.max(side, ...captions.map((words) => textWidth(words, captionSize)));
  const step = { x: cell + space, y: side + space + (captions.length > 0 ? captionHeight : 0) };
  const left = rowTitles.length > 0 ? 16 + Math.max(...rowTitles.map((words) => 7.5 * words.length)) : 0;
  const place = (i: number): Place => ({ x: left + (i % across) * step.x + (cell - side) / 2, y: -Math.floor(i / across) * step.y });
  return pictureSheet({
    title,
    width: left + across * step.x - space,
    height: down * step.y - space,
    images: pictures.map((source, i) => ({ source, ...place(i), sizex: side, sizey: side })),
    annotations: [
      ...captions.map((text, i) => caption(text, place(i))),
      ...rowTitles.map((text, row) => ({ text, x: left - 12, y: place(row * across).y - side / 2, xanchor: "right", yanchor: "middle" })),
    ],
    shapes: frames.flatMap((color, i) => (color === undefined ? [] : [frame(color, place(i))])),
  });
}

function caption(text: string, { x, y }: Place): Plotly {
  return { text, x: x + side / 2, y: y - side, xanchor: "center", yanchor: "top", font: { size: captionSize } };
}

function frame(color: string, { x, y }: Place): Plotly {
  return { type: "rect", x0: x + 1.5, x1: x + side - 1.5, y0: y - 1.5, y1: y - side + 1.5, line: { color, width: 3 }, layer: "above" };
}
