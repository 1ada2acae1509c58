import type { RandomSource } from "../../../random/randomSource";
import { brush, randomPose, type Brush } from "../paint/brush";
import { canvas, dim, toBytes, type Colour } from "../paint/canvas";
import { texture } from "../paint/texture";

/** A thing to draw, with the colours it comes in and where it is found. */
export interface Figure {
  readonly draw: (brush: Brush, main: Colour, second: Colour) => void;
  /** Main and second colour; every picture takes one pair and changes it a little. */
  readonly colours: readonly (readonly [main: Colour, second: Colour])[];
  readonly grounds: readonly Ground[];
}

/** What is above and below the horizon. */
export type Ground = "meadow" | "field" | "road" | "sea" | "sky" | "room" | "snow";

const grounds: Readonly<Record<Ground, readonly [above: Colour, below: Colour]>> = {
  meadow: [[0.6, 0.76, 0.9], [0.36, 0.55, 0.22]],
  field: [[0.72, 0.76, 0.78], [0.6, 0.5, 0.3]],
  road: [[0.66, 0.7, 0.74], [0.42, 0.42, 0.44]],
  sea: [[0.66, 0.8, 0.92], [0.16, 0.36, 0.52]],
  sky: [[0.42, 0.62, 0.88], [0.7, 0.82, 0.93]],
  room: [[0.74, 0.66, 0.56], [0.5, 0.36, 0.26]],
  snow: [[0.8, 0.85, 0.9], [0.92, 0.93, 0.95]],
};

/**
 * Draws a figure in a landscape: its own pose, colours, light, horizon and noise each time.
 *
 * @returns the bytes of the picture, row-major [side, side, 3]
 */
export function drawScene(figure: Figure, side: number, random: RandomSource): Uint8Array {
  const [above, below] = grounds[pick(figure.grounds, random)].map((colour) => varied(colour, 0.05, random)) as [Colour, Colour];
  const horizon = 0.5 + 0.12 * random.normal();
  const light = 0.7 + 0.4 * random.next();
  const [fine, coarse] = [texture(16, random), texture(4, random)];
  const sheet = canvas(side, (x, y) => {
    const shade = light * (1 + 0.1 * fine(x, y) + 0.12 * coarse(x, y));
    return dim(y < horizon + 0.03 * coarse(x, 0.5) ? above : below, shade);
  });
  const [main, second] = pick(figure.colours, random).map((colour) => dim(varied(colour, 0.045, random), light)) as [Colour, Colour];
  figure.draw(brush(sheet, randomPose(random, { scale: [0.62, 1.08] }), random), main, second);
  return toBytes(sheet, () => 0.025 * random.normal());
}

function pick<T>(list: readonly T[], random: RandomSource): T {
  return list[random.integer(list.length)]!;
}

function varied([red, green, blue]: Colour, spread: number, random: RandomSource): Colour {
  const near = (value: number) => Math.min(Math.max(value + spread * random.normal(), 0), 1);
  return [near(red), near(green), near(blue)];
}
