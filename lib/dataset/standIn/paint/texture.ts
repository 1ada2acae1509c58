import type { RandomSource } from "../../../random/randomSource";

/**
 * A smooth random surface: values of about −1 to 1 on a coarse grid, interpolated.
 *
 * @param cells of the grid along each side, ≥ 1
 * @returns the height at (x, y), both from 0 to 1
 */
export function texture(cells: number, random: RandomSource): (x: number, y: number) => number {
  const knots = Float32Array.from({ length: (cells + 1) ** 2 }, () => random.normal() / 1.5);
  const ease = (t: number) => t * t * (3 - 2 * t);
  return (x, y) => {
    const [u, v] = [Math.min(Math.max(x, 0), 0.9999) * cells, Math.min(Math.max(y, 0), 0.9999) * cells];
    const [i, j] = [Math.floor(u), Math.floor(v)];
    const [s, t] = [ease(u - i), ease(v - j)];
    const at = j * (cells + 1) + i;
    const upper = knots[at]! * (1 - s) + knots[at + 1]! * s;
    const lower = knots[at + cells + 1]! * (1 - s) + knots[at + cells + 2]! * s;
    return upper * (1 - t) + lower * t;
  };
}
