import type { Brush } from "../paint/brush";
import { dim, type Colour } from "../paint/canvas";

const glass: Colour = [0.62, 0.78, 0.86];
const tyre: Colour = [0.08, 0.08, 0.09];

/** A wheel seen from its side. */
function wheel(b: Brush, x: number, y: number, radius: number): void {
  b.ellipse([x, y], [radius, radius], tyre);
  b.ellipse([x, y], [0.45 * radius, 0.45 * radius], [0.6, 0.6, 0.62]);
}

/** An aeroplane in flight, nose to the right. */
export function airplane(b: Brush, main: Colour, second: Colour): void {
  b.polygon([[0.12, 0.48], [0.04, 0.26], [0.14, 0.26], [0.26, 0.46]], second);
  b.polygon([[0.46, 0.46], [0.34, 0.24], [0.42, 0.24], [0.6, 0.46]], dim(main, 0.8));
  b.blob([[0.06, 0.48], [0.3, 0.43], [0.75, 0.43], [0.95, 0.5], [0.75, 0.56], [0.3, 0.56]], main);
  b.polygon([[0.44, 0.52], [0.26, 0.78], [0.38, 0.78], [0.64, 0.53]], dim(main, 0.9));
  for (let x = 0.3; x < 0.78; x += 0.08) b.ellipse([x, 0.48], [0.014, 0.014], glass);
}

/** A car from its side. */
export function automobile(b: Brush, main: Colour, second: Colour): void {
  b.polygon([[0.24, 0.52], [0.34, 0.34], [0.64, 0.34], [0.78, 0.52]], main);
  b.polygon([[0.29, 0.51], [0.37, 0.38], [0.48, 0.38], [0.48, 0.51]], glass);
  b.polygon([[0.52, 0.51], [0.52, 0.38], [0.62, 0.38], [0.72, 0.51]], glass);
  b.blob([[0.05, 0.54], [0.2, 0.5], [0.8, 0.5], [0.95, 0.56], [0.95, 0.7], [0.05, 0.7]], main);
  b.line([[0.08, 0.62], [0.92, 0.62]], 0.02, second);
  for (const x of [0.24, 0.76]) wheel(b, x, 0.71, 0.095);
}

/** A lorry from its side: a box and a cab. */
export function truck(b: Brush, main: Colour, second: Colour): void {
  b.polygon([[0.04, 0.22], [0.62, 0.22], [0.62, 0.66], [0.04, 0.66]], main);
  b.polygon([[0.65, 0.34], [0.84, 0.34], [0.95, 0.5], [0.95, 0.68], [0.65, 0.68]], second);
  b.polygon([[0.72, 0.38], [0.82, 0.38], [0.9, 0.5], [0.72, 0.5]], glass);
  b.line([[0.04, 0.69], [0.95, 0.69]], 0.04, [0.2, 0.2, 0.22]);
  for (const x of [0.16, 0.32, 0.8]) wheel(b, x, 0.73, 0.085);
}

/** A ship on the water, bow to the right. */
export function ship(b: Brush, main: Colour, second: Colour): void {
  b.polygon([[0.3, 0.52], [0.3, 0.34], [0.58, 0.34], [0.62, 0.52]], [0.93, 0.93, 0.9]);
  b.polygon([[0.38, 0.34], [0.38, 0.16], [0.5, 0.16], [0.5, 0.34]], second);
  for (let x = 0.35; x < 0.58; x += 0.07) b.ellipse([x, 0.43], [0.018, 0.018], [0.2, 0.3, 0.4]);
  b.polygon([[0.04, 0.52], [0.98, 0.5], [0.84, 0.74], [0.14, 0.74]], main);
  b.line([[0.08, 0.6], [0.92, 0.58]], 0.02, second);
}
