import type { Point } from "./stroke";

/** Red, green and blue, each from 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number];

/** The colour with less light, or more where `share` is above 1. */
export function dim([red, green, blue]: Colour, share: number): Colour {
  return [red * share, green * share, blue * share];
}

/** A square picture in the making: row-major [side, side, 3], values 0 to 1. */
export interface Canvas {
  readonly side: number;
  readonly pixels: Float32Array;
}

/** Lines looked at per row of pixels: edges are soft. */
const linesPerRow = 4;

/** A new picture; the colour of each place may depend on where it is (0 to 1 both ways). */
export function canvas(side: number, colourAt: (x: number, y: number) => Colour): Canvas {
  const pixels = new Float32Array(side * side * 3);
  for (let y = 0, at = 0; y < side; y++)
    for (let x = 0; x < side; x++, at += 3) pixels.set(colourAt((x + 0.5) / side, (y + 0.5) / side), at);
  return { side, pixels };
}

/**
 * Fills a closed outline with a colour (even–odd rule).
 *
 * @param outline on a sheet from 0 to 1, x to the right, y downwards; what lies outside the sheet is cut off
 * @param opacity 0 leaves the picture as it is, 1 covers it
 */
export function fill({ side, pixels }: Canvas, outline: readonly Point[], colour: Colour, opacity = 1): void {
  const corners = outline.map(([x, y]): Point => [x * side, y * side]);
  const heights = corners.map(([, y]) => y);
  const top = Math.max(0, Math.floor(Math.min(...heights)));
  const bottom = Math.min(side, Math.ceil(Math.max(...heights)));
  const cover = new Float32Array(side);
  for (let row = top; row < bottom; row++) {
    cover.fill(0);
    for (let line = 0; line < linesPerRow; line++) addSpans(cover, crossings(corners, row + (line + 0.5) / linesPerRow));
    for (let x = 0; x < side; x++) {
      const share = (opacity * cover[x]!) / linesPerRow;
      if (share === 0) continue;
      const at = 3 * (row * side + x);
      for (let k = 0; k < 3; k++) pixels[at + k]! += share * (colour[k]! - pixels[at + k]!);
    }
  }
}

/** Where a horizontal line crosses the outline, from left to right. */
function crossings(corners: readonly Point[], y: number): number[] {
  const found: number[] = [];
  let [ax, ay] = corners.at(-1)!;
  for (const [bx, by] of corners) {
    if (ay <= y !== by <= y) found.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
    [ax, ay] = [bx, by];
  }
  return found.sort((a, b) => a - b);
}

/** Adds to each pixel the share of it that lies between crossing 0 and 1, 2 and 3, … */
function addSpans(cover: Float32Array, found: readonly number[]): void {
  for (let i = 0; i + 1 < found.length; i += 2) {
    const left = Math.max(found[i]!, 0);
    const right = Math.min(found[i + 1]!, cover.length);
    for (let x = Math.floor(left); x < right; x++) cover[x]! += Math.min(x + 1, right) - Math.max(x, left);
  }
}

/** The picture as bytes, row-major, with independent noise on every value. */
export function toBytes({ pixels }: Canvas, noise: () => number = () => 0): Uint8Array {
  const bytes = new Uint8ClampedArray(pixels.length); // rounds, and stops at 0 and 255
  for (let at = 0; at < bytes.length; at++) bytes[at] = 255 * (pixels[at]! + noise());
  return new Uint8Array(bytes.buffer);
}
