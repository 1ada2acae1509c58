import type { Stroke } from "./stroke";

/**
 * Draws strokes with a round pen onto a square of `side` × `side` pixels.
 *
 * @param strokes points in pixels
 * @param radius of the pen, in pixels
 * @returns ink per pixel, row-major, 0 (paper) to 1 (covered), softened over the one pixel that the edge runs through
 */
export function drawStrokes(strokes: readonly Stroke[], side: number, radius: number): Float32Array {
  const nearest = new Float32Array(side * side).fill(Infinity);
  for (const stroke of strokes)
    for (let i = 0; i < stroke.length; i++) {
      const [ax, ay] = stroke[i]!;
      const [bx, by] = stroke[Math.min(i + 1, stroke.length - 1)]!;
      const range = (a: number, b: number) => [Math.floor(Math.min(a, b) - radius - 1), Math.ceil(Math.max(a, b) + radius + 1)] as const;
      const [left, right] = range(ax, bx);
      const [top, bottom] = range(ay, by);
      for (let y = Math.max(top, 0); y < Math.min(bottom, side); y++)
        for (let x = Math.max(left, 0); x < Math.min(right, side); x++) {
          const at = y * side + x;
          nearest[at] = Math.min(nearest[at]!, distance(x + 0.5, y + 0.5, ax, ay, bx, by));
        }
    }
  return nearest.map((far) => Math.min(Math.max(radius + 0.5 - far, 0), 1));
}

/** From (x, y) to the nearest place on the line from a to b. */
function distance(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const squared = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = squared === 0 ? 0 : Math.min(Math.max(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / squared, 0), 1);
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
}
