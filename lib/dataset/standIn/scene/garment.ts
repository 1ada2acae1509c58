import type { RandomSource } from "../../../random/randomSource";
import type { Brush } from "../paint/brush";
import type { Colour } from "../paint/canvas";
import type { Point } from "../paint/stroke";

/** Draws a garment in a main colour, with details in a second one, in one of the cuts it comes in. */
type Garment = (brush: Brush, main: Colour, detail: Colour, random: RandomSource) => void;

/** An outline that is the same on both sides, from its right half, top to bottom. */
const both = (half: readonly Point[]): Point[] => [...half, ...half.map(([x, y]): Point => [1 - x, y]).reverse()];

/** A top with sleeves of a length between 0 (none) and 1 (to the hand), down to a hem. */
function sleeved(sleeve: number, hem: number, waist = 0.69): Point[] {
  const cuff: Point = [0.9 + 0.06 * sleeve, 0.3 + 0.56 * sleeve];
  const inner: Point = [0.79 + 0.05 * sleeve, 0.36 + 0.52 * sleeve];
  return both([[0.58, 0.1], [0.7, 0.14], [0.86, 0.26], cuff, inner, [0.7, 0.36], [waist, 0.6], [waist + 0.02, hem]]);
}

const between = (random: RandomSource, least: number, most: number) => least + (most - least) * random.next();

/** Fashion-MNIST's classes, in its order. */
export const garments: readonly (readonly [name: string, draw: Garment])[] = [
  ["T-shirt/top", (b, main, detail, random) => {
    b.polygon(sleeved(between(random, -0.1, 0.5), between(random, 0.82, 0.95)), main);
    b.ellipse([0.5, 0.1], [0.1, 0.05], detail);
  }],
  ["Trouser", (b, main, detail) => {
    b.polygon([[0.34, 0.06], [0.66, 0.06], [0.7, 0.95], [0.56, 0.95], [0.5, 0.34], [0.44, 0.95], [0.3, 0.95]], main);
    b.line([[0.36, 0.1], [0.64, 0.1]], 0.025, detail);
  }],
  ["Pullover", (b, main, detail, random) => {
    b.polygon(sleeved(between(random, 0.6, 1.05), between(random, 0.8, 0.95)), main);
    if (random.next() < 0.5) b.line([[0.3, 0.84], [0.7, 0.84]], 0.04, detail);
  }],
  ["Dress", (b, main, detail, random) => {
    if (random.next() < 0.4) b.polygon(sleeved(between(random, 0.1, 1), 0.5, 0.6), main);
    b.polygon(both([[0.56, 0.05], [0.62, 0.06], [0.62, 0.3], [0.59, 0.42], [between(random, 0.6, 0.78), 0.95]]), main);
    b.line([[0.42, 0.42], [0.58, 0.42]], 0.03, detail);
  }],
  ["Coat", (b, main, detail, random) => {
    b.polygon(sleeved(between(random, 0.7, 1.05), between(random, 0.85, 0.98), 0.71), main);
    b.line([[0.5, 0.12], [0.5, 0.95]], 0.025, detail);
    if (random.next() < 0.5) b.polygon([[0.42, 0.09], [0.58, 0.09], [0.5, 0.32]], detail);
  }],
  ["Sandal", (b, main, detail) => {
    b.polygon([[0.06, 0.72], [0.3, 0.66], [0.7, 0.72], [0.95, 0.56], [0.96, 0.74], [0.6, 0.8], [0.06, 0.79]], main);
    b.line([[0.2, 0.7], [0.34, 0.54], [0.46, 0.72]], 0.05, main);
    b.line([[0.62, 0.72], [0.78, 0.42], [0.92, 0.6]], 0.045, detail);
  }],
  ["Shirt", (b, main, detail, random) => {
    b.polygon(sleeved(between(random, 0, 1), between(random, 0.82, 0.95), 0.68), main);
    if (random.next() < 0.7) b.line([[0.5, 0.14], [0.5, 0.9]], 0.015, detail);
    if (random.next() < 0.7) b.polygon([[0.4, 0.08], [0.5, 0.16], [0.6, 0.08], [0.56, 0.2], [0.5, 0.15], [0.44, 0.2]], detail);
  }],
  ["Sneaker", (b, main, detail, random) => {
    const collar = between(random, 0.22, 0.46);
    b.blob([[0.05, 0.68], [0.2, 0.58], [0.42, 0.5], [0.6, collar], [0.9, collar + 0.02], [0.95, 0.68]], main);
    b.line([[0.07, 0.72], [0.94, 0.72]], 0.07, detail);
    b.line([[0.38, 0.56], [0.56, 0.46]], 0.025, detail);
  }],
  ["Bag", (b, main, detail) => {
    b.line([[0.3, 0.4], [0.34, 0.16], [0.66, 0.16], [0.7, 0.4]], 0.045, detail);
    b.polygon([[0.12, 0.36], [0.88, 0.36], [0.93, 0.86], [0.07, 0.86]], main);
    b.line([[0.14, 0.48], [0.86, 0.48]], 0.02, detail);
  }],
  ["Ankle boot", (b, main, detail, random) => {
    const top = between(random, 0.06, 0.3);
    b.polygon([[0.52, top], [0.88, top], [0.92, 0.76], [0.08, 0.76], [0.08, 0.66], [0.3, 0.55], [0.5, 0.5]], main);
    b.line([[0.09, 0.79], [0.91, 0.79]], 0.06, detail);
    b.polygon([[0.72, 0.78], [0.92, 0.78], [0.92, 0.9], [0.74, 0.9]], detail);
  }],
];
