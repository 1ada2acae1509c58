import type { Brush } from "../paint/brush";
import { dim, type Colour } from "../paint/canvas";
import type { Point } from "../paint/stroke";

const dark: Colour = [0.06, 0.05, 0.05];

/** A bird on two thin legs, beak to the right. */
export function bird(b: Brush, main: Colour, second: Colour): void {
  b.polygon([[0.3, 0.52], [0.04, 0.6], [0.1, 0.7], [0.34, 0.62]], dim(main, 0.8));
  b.ellipse([0.46, 0.54], [0.2, 0.13], main, -0.15);
  b.ellipse([0.42, 0.54], [0.13, 0.07], second, 0.2);
  b.ellipse([0.66, 0.38], [0.085, 0.08], main);
  b.polygon([[0.73, 0.36], [0.86, 0.4], [0.73, 0.43]], [0.9, 0.6, 0.15]);
  b.ellipse([0.68, 0.36], [0.015, 0.015], dark);
  for (const x of [0.44, 0.52]) b.line([[x, 0.66], [x, 0.86], [x + 0.05, 0.88]], 0.016, [0.7, 0.45, 0.15]);
}

/** A hen: full breast, raised tail, red comb. */
export function chicken(b: Brush, main: Colour, second: Colour): void {
  b.blob([[0.3, 0.5], [0.1, 0.24], [0.24, 0.2], [0.36, 0.36]], second);
  b.blob([[0.24, 0.5], [0.4, 0.4], [0.62, 0.42], [0.72, 0.56], [0.6, 0.74], [0.38, 0.74]], main);
  b.line([[0.62, 0.5], [0.68, 0.26]], 0.13, main);
  b.ellipse([0.69, 0.24], [0.075, 0.07], main);
  for (const x of [0.64, 0.69, 0.74]) b.ellipse([x, 0.155], [0.03, 0.04], [0.82, 0.1, 0.08]);
  b.polygon([[0.75, 0.22], [0.86, 0.26], [0.75, 0.29]], [0.9, 0.65, 0.15]);
  b.ellipse([0.76, 0.32], [0.02, 0.045], [0.8, 0.1, 0.1]);
  b.ellipse([0.71, 0.22], [0.014, 0.014], dark);
  b.ellipse([0.44, 0.56], [0.13, 0.08], second, 0.2);
  for (const x of [0.44, 0.54]) b.line([[x, 0.72], [x, 0.9], [x + 0.06, 0.9]], 0.02, [0.85, 0.6, 0.15]);
}

/** A butterfly with open wings. */
export function butterfly(b: Brush, main: Colour, second: Colour): void {
  for (const side of [-1, 1]) {
    const at = (x: number, y: number): Point => [0.5 + side * x, y];
    b.blob([at(0.02, 0.45), at(0.16, 0.16), at(0.42, 0.14), at(0.4, 0.42), at(0.12, 0.52)], main);
    b.blob([at(0.02, 0.52), at(0.2, 0.52), at(0.34, 0.66), at(0.22, 0.86), at(0.06, 0.7)], main);
    b.ellipse(at(0.28, 0.28), [0.07, 0.06], second);
    b.ellipse(at(0.18, 0.68), [0.05, 0.05], second);
    b.line([at(0.01, 0.32), at(0.08, 0.14)], 0.012, dark);
  }
  b.line([[0.5, 0.32], [0.5, 0.74]], 0.05, dark);
}

/** A spider from above: two parts and eight legs. */
export function spider(b: Brush, main: Colour, second: Colour): void {
  const joints: readonly (readonly [Point, Point])[] = [[[0.2, -0.18], [0.34, -0.32]], [[0.26, -0.08], [0.44, -0.1]], [[0.26, 0.04], [0.44, 0.12]], [[0.2, 0.14], [0.36, 0.34]]];
  for (const side of [-1, 1])
    for (const [knee, foot] of joints) b.line([[0.5, 0.46], [0.5 + side * knee[0], 0.46 + knee[1]], [0.5 + side * foot[0], 0.46 + foot[1]]], 0.022, main);
  b.ellipse([0.5, 0.62], [0.13, 0.16], main);
  b.ellipse([0.5, 0.62], [0.05, 0.09], second);
  b.ellipse([0.5, 0.42], [0.085, 0.08], dim(main, 0.85));
}

/** A sitting frog, seen from the front. */
export function frog(b: Brush, main: Colour, second: Colour): void {
  for (const side of [-1, 1]) {
    b.ellipse([0.5 + 0.27 * side, 0.68], [0.14, 0.18], dim(main, 0.85), 0.4 * side);
    b.line([[0.5 + 0.16 * side, 0.62], [0.5 + 0.2 * side, 0.88], [0.5 + 0.3 * side, 0.9]], 0.05, main);
  }
  b.ellipse([0.5, 0.64], [0.21, 0.2], main);
  b.ellipse([0.5, 0.7], [0.14, 0.12], second);
  b.ellipse([0.5, 0.42], [0.22, 0.13], main);
  for (const side of [-1, 1]) {
    b.ellipse([0.5 + 0.13 * side, 0.3], [0.065, 0.065], main);
    b.ellipse([0.5 + 0.13 * side, 0.29], [0.035, 0.035], dark);
  }
  b.line([[0.36, 0.46], [0.5, 0.49], [0.64, 0.46]], 0.012, dark);
}
