import type { RandomSource } from "../../../random/randomSource";
import { fill, type Canvas, type Colour } from "./canvas";
import { smooth, type Point } from "./stroke";

/** Draws shapes of a figure; the whole figure is placed, turned, sized and shaken by the brush. */
export interface Brush {
  ellipse(centre: Point, radii: Point, colour: Colour, turn?: number): void;
  /** Straight edges from corner to corner. */
  polygon(corners: readonly Point[], colour: Colour): void;
  /** A rounded outline through the points. */
  blob(points: readonly Point[], colour: Colour): void;
  /** A line with round ends, straight from point to point. */
  line(points: readonly Point[], width: number, colour: Colour): void;
}

/** How a figure lies on the sheet. */
export interface Pose {
  /** Of the middle of the figure. */
  readonly place: Point;
  readonly scale: number;
  /** In radians. */
  readonly turn: number;
  readonly mirrored: boolean;
  /** Standard deviation of each point, as a share of the figure. */
  readonly wobble: number;
}

/** A pose within bounds that keep most of the figure on the sheet. */
export function randomPose(random: RandomSource, { scale = [0.75, 1.05], shift = 0.06, turn = 0.08, wobble = 0.008, mirror = true } = {}): Pose {
  const between = (least: number, most: number) => least + (most - least) * random.next();
  return {
    place: [0.5 + shift * random.normal(), 0.5 + shift * random.normal()],
    scale: between(scale[0]!, scale[1]!),
    turn: turn * random.normal(),
    mirrored: mirror && random.next() < 0.5,
    wobble,
  };
}

/** A brush for a figure that was designed on a sheet from 0 to 1. */
export function brush(sheet: Canvas, pose: Pose, random: RandomSource): Brush {
  const put = ([x, y]: Point): Point => {
    const [u, v] = [(pose.mirrored ? 0.5 - x : x - 0.5) * pose.scale, (y - 0.5) * pose.scale];
    const [cos, sin] = [Math.cos(pose.turn), Math.sin(pose.turn)];
    return [pose.place[0] + u * cos - v * sin, pose.place[1] + u * sin + v * cos];
  };
  const shaken = ([x, y]: Point): Point => [x + pose.wobble * random.normal(), y + pose.wobble * random.normal()];
  const paint = (outline: readonly Point[], colour: Colour) => fill(sheet, outline.map(put), colour);
  return {
    ellipse: (centre, radii, colour, turn = 0) => paint(ring(shaken(centre), radii, turn), colour),
    polygon: (corners, colour) => paint(corners.map(shaken), colour),
    blob: (points, colour) => {
      const moved = points.map(shaken);
      paint(smooth([...moved, moved[0]!]), colour);
    },
    line: (points, width, colour) => {
      const moved = points.map(shaken);
      for (let i = 0; i + 1 < moved.length; i++) paint(bar(moved[i]!, moved[i + 1]!, width / 2), colour);
    },
  };
}

/** The outline of an ellipse. */
export function ring([x, y]: Point, [a, b]: Point, turn = 0, corners = 36): Point[] {
  return Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners;
    const [u, v] = [a * Math.cos(angle), b * Math.sin(angle)];
    return [x + u * Math.cos(turn) - v * Math.sin(turn), y + u * Math.sin(turn) + v * Math.cos(turn)];
  });
}

/** The outline of a straight line with round ends. */
function bar([ax, ay]: Point, [bx, by]: Point, radius: number): Point[] {
  const along = Math.atan2(by - ay, bx - ax);
  const end = (x: number, y: number, from: number): Point[] =>
    Array.from({ length: 7 }, (_, i) => [x + radius * Math.cos(from + (Math.PI * i) / 6), y + radius * Math.sin(from + (Math.PI * i) / 6)]);
  return [...end(bx, by, along - Math.PI / 2), ...end(ax, ay, along + Math.PI / 2)];
}
