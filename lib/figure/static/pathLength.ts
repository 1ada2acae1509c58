/** Corners of an SVG path made of straight lines. */
function corners(path: string): [number, number][] {
  return [...path.matchAll(/(-?[\d.]+(?:e-?\d+)?)[ ,]+(-?[\d.]+(?:e-?\d+)?)/gi)].map(([, x, y]) => [Number(x), Number(y)]);
}

/** Length of an SVG path made of straight lines. */
export function pathLength(path: string): number {
  const points = corners(path);
  return points.reduce((sum, [x, y], i) => (i === 0 ? 0 : sum + Math.hypot(x - points[i - 1]![0], y - points[i - 1]![1])), 0);
}

/** The point of a path after a length; its end when the path is shorter. */
export function pointOnPath(path: string, length: number): { x: number; y: number } {
  const points = corners(path);
  let left = length;
  for (let i = 1; i < points.length; i++) {
    const [[fromX, fromY], [toX, toY]] = [points[i - 1]!, points[i]!];
    const step = Math.hypot(toX - fromX, toY - fromY);
    if (left <= step && step > 0) return { x: fromX + (left / step) * (toX - fromX), y: fromY + (left / step) * (toY - fromY) };
    left -= step;
  }
  const [x, y] = points.at(-1) ?? [0, 0];
  return { x, y };
}
