/** A place on the drawing sheet: x to the right, y downwards, the sheet from 0 to 1. */
export type Point = readonly [x: number, y: number];

/** A line of the pen through some points. */
export type Stroke = readonly Point[];

/** Points between two given ones on a smooth stroke. */
const steps = 6;

/**
 * A smooth curve through the points of a stroke (Catmull–Rom), as a chain of short straight lines.
 * A stroke of two points stays straight.
 */
export function smooth(stroke: Stroke): Stroke {
  if (stroke.length < 3) return stroke;
  const closed = stroke[0]!.join() === stroke.at(-1)!.join();
  const at = (i: number): Point => {
    const last = stroke.length - 1;
    if (i >= 0 && i <= last) return stroke[i]!;
    return closed ? stroke[i < 0 ? last + i : i - last]! : stroke[i < 0 ? 0 : last]!;
  };
  const curve: Point[] = [stroke[0]!];
  for (let i = 0; i + 1 < stroke.length; i++)
    for (let step = 1; step <= steps; step++) curve.push(between(at(i - 1), at(i), at(i + 1), at(i + 2), step / steps));
  return curve;
}

function between(before: Point, from: Point, to: Point, after: Point, t: number): Point {
  const along = (axis: 0 | 1) => {
    const [a, b, c, d] = [before[axis], from[axis], to[axis], after[axis]];
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  };
  return [along(0), along(1)];
}
