import type { RandomSource } from "../../../random/randomSource";
import { digitStrokes } from "./digitStrokes";
import { drawStrokes } from "../paint/drawStrokes";
import { smooth, type Point, type Stroke } from "../paint/stroke";

/** How much hands differ: standard deviations, and ranges that are drawn from evenly. */
export interface Hand {
  /** Of every point of the pen's path, as a share of the sheet. */
  readonly wobble: number;
  /** Of the turn of the whole digit, in radians. */
  readonly turn: number;
  /** Of the place of the digit, as a share of the sheet. */
  readonly shift: number;
  /** Range of the lean to the right, per unit of height. */
  readonly slant: readonly [number, number];
  /** Range of the digit's width, as a share of its height. */
  readonly width: readonly [number, number];
  /** Range of the digit's height, as a share of the sheet. */
  readonly height: readonly [number, number];
  /** Range of the pen's radius, as a share of the sheet. */
  readonly pen: readonly [number, number];
}

/**
 * Draws a digit as one of many hands would: a way of writing it, its points shaken, the whole turned,
 * leant, sized and moved, with a pen that is thinner or thicker.
 *
 * @returns ink per pixel, row-major [side, side], 0 to 1
 */
export function drawDigit(digit: number, side: number, hand: Hand, random: RandomSource): Float32Array {
  const ways = digitStrokes[digit]!;
  const strokes = shaken(ways[random.integer(ways.length)]!, hand.wobble, random);
  const slant = within(hand.slant, random);
  const turn = hand.turn * random.normal();
  const width = within(hand.width, random);
  const leant = strokes.map((stroke) =>
    smooth(stroke).map(([x, y]): Point => {
      const [u, v] = [(x - 0.5) * width - slant * (y - 0.5), y - 0.5];
      return [u * Math.cos(turn) - v * Math.sin(turn), u * Math.sin(turn) + v * Math.cos(turn)];
    }),
  );
  const radius = within(hand.pen, random) * side;
  return drawStrokes(placed(leant, side, radius, hand, random), side, radius);
}

/** Strokes that meet in a point still meet in it. */
function shaken(strokes: readonly Stroke[], wobble: number, random: RandomSource): Stroke[] {
  const moved = new Map<string, Point>();
  return strokes.map((stroke) =>
    stroke.map((point) => {
      const known = moved.get(point.join());
      if (known !== undefined) return known;
      const place: Point = [point[0] + wobble * random.normal(), point[1] + wobble * random.normal()];
      moved.set(point.join(), place);
      return place;
    }),
  );
}

/** Scales the digit to its height and sets it in the middle of the sheet, or a little off. */
function placed(strokes: readonly Stroke[], side: number, radius: number, hand: Hand, random: RandomSource): Stroke[] {
  const [left, right] = extent(strokes, 0);
  const [top, bottom] = extent(strokes, 1);
  const scale = (within(hand.height, random) * side - 2 * radius) / (bottom - top);
  const x = side * (0.5 + hand.shift * random.normal()) - (scale * (left + right)) / 2;
  const y = side * (0.5 + hand.shift * random.normal()) - (scale * (top + bottom)) / 2;
  return strokes.map((stroke) => stroke.map(([u, v]): Point => [x + scale * u, y + scale * v]));
}

function extent(strokes: readonly Stroke[], axis: 0 | 1): [least: number, most: number] {
  const values = strokes.flatMap((stroke) => stroke.map((point) => point[axis]));
  return [Math.min(...values), Math.max(...values)];
}

function within([least, most]: readonly [number, number], random: RandomSource): number {
  return least + (most - least) * random.next();
}
