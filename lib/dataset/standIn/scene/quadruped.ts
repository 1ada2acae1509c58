import type { Brush } from "../paint/brush";
import { dim, type Colour } from "../paint/canvas";
import type { Point } from "../paint/stroke";

/** A four-legged animal seen from its side, head to the right; lengths as shares of the figure. */
export interface Quadruped {
  /** Half length and half height of the body. */
  readonly body: Point;
  /** From the belly to the ground. */
  readonly leg: number;
  readonly legWidth: number;
  /** Middle of the head, from the middle of the body. */
  readonly head: Point;
  readonly headSize: Point;
  /** Length of the muzzle. */
  readonly muzzle: number;
  readonly ears: "pointed" | "floppy" | "round" | "large" | "long";
  readonly tail: "thin" | "bushy" | "tuft" | "mane" | "none";
  /** What makes the animal what it is, drawn last. */
  readonly mark?: (brush: Brush, at: Landmarks, main: Colour, second: Colour) => void;
}

/** Places on the animal that marks are drawn at. */
export interface Landmarks {
  readonly body: Point;
  readonly head: Point;
  readonly nose: Point;
}

/** Draws the animal: far legs, tail, body, near legs, neck, head. */
export function drawQuadruped(b: Brush, animal: Quadruped, main: Colour, second: Colour): void {
  const ground = 0.9;
  const body: Point = [0.45, ground - animal.leg - animal.body[1]];
  const head: Point = [body[0] + animal.head[0], body[1] + animal.head[1]];
  const nose: Point = [head[0] + animal.headSize[0] + animal.muzzle, head[1] + 0.3 * animal.headSize[1]];
  const legs = (colour: Colour, shift: number) => {
    for (const side of [-0.78, 0.72]) {
      const x = body[0] + side * animal.body[0] + shift;
      b.line([[x, body[1] + 0.3 * animal.body[1]], [x + 0.01, ground]], animal.legWidth, colour);
    }
  };
  legs(dim(main, 0.75), 0.07);
  drawTail(b, animal, body, main, second);
  b.ellipse(body, animal.body, main);
  legs(main, 0);
  b.line([[body[0] + 0.75 * animal.body[0], body[1] - 0.3 * animal.body[1]], head], 1.1 * animal.headSize[1], main);
  b.ellipse(head, animal.headSize, main);
  b.line([head, nose], 0.85 * animal.headSize[1], main);
  drawEars(b, animal, head, second);
  b.ellipse([head[0] + 0.25 * animal.headSize[0], head[1] - 0.2 * animal.headSize[1]], [0.014, 0.014], [0.05, 0.05, 0.05]);
  b.ellipse(nose, [0.016, 0.014], [0.08, 0.06, 0.06]);
  animal.mark?.(b, { body, head, nose }, main, second);
}

function drawEars(b: Brush, { ears, headSize: [w, h] }: Quadruped, [x, y]: Point, colour: Colour): void {
  if (ears === "pointed") for (const side of [-0.7, 0.2]) b.polygon([[x + side * w, y - 0.6 * h], [x + (side + 0.25) * w, y - 1.9 * h], [x + (side + 0.55) * w, y - 0.7 * h]], colour);
  if (ears === "floppy") b.ellipse([x - 0.5 * w, y + 0.3 * h], [0.35 * w, 0.95 * h], colour, 0.3);
  if (ears === "round") for (const side of [-0.6, 0.2]) b.ellipse([x + side * w, y - 0.9 * h], [0.3 * w, 0.35 * h], colour);
  if (ears === "large") b.ellipse([x - 0.6 * w, y + 0.1 * h], [0.75 * w, 1.15 * h], colour, 0.15);
  if (ears === "long") for (const side of [-0.5, 0.05]) b.ellipse([x + side * w, y - 1.2 * h], [0.16 * w, 0.6 * h], colour, 0.2);
}

function drawTail(b: Brush, { tail, body: [w, h] }: Quadruped, [x, y]: Point, main: Colour, second: Colour): void {
  const root: Point = [x - 0.92 * w, y - 0.3 * h];
  if (tail === "thin") b.line([root, [root[0] - 0.08, root[1] - 0.08], [root[0] - 0.1, root[1] - 0.2]], 0.03, main);
  if (tail === "bushy") b.blob([root, [root[0] - 0.1, root[1] - 0.05], [root[0] - 0.16, root[1] - 0.3], [root[0] - 0.05, root[1] - 0.38], [root[0] - 0.02, root[1] - 0.2]], second);
  if (tail === "tuft") {
    b.line([root, [root[0] - 0.05, root[1] + 0.22]], 0.02, main);
    b.ellipse([root[0] - 0.05, root[1] + 0.24], [0.02, 0.04], second);
  }
  if (tail === "mane") b.blob([root, [root[0] - 0.09, root[1] + 0.02], [root[0] - 0.1, root[1] + 0.32], [root[0] - 0.05, root[1] + 0.3]], second);
}
