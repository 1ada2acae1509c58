import type { RandomSource } from "../../../random/randomSource";
import { brush, randomPose, ring, type Brush } from "../paint/brush";
import { canvas, toBytes, type Canvas, type Colour } from "../paint/canvas";
import type { Point } from "../paint/stroke";
import { texture } from "../paint/texture";

const grey = (value: number): Colour => [value, value, value];
const between = (random: RandomSource, least: number, most: number) => least + (most - least) * random.next();

/** Draws a growth into the slice; 0 glioma, 1 meningioma, 2 none, 3 pituitary. */
const growths: readonly ((brush: Brush, random: RandomSource) => void)[] = [glioma, meningioma, () => {}, pituitary];

/**
 * Draws something like a slice of a head in a scanner: skull, brain with folds, ventricles, and a growth or none.
 * It shows how such pictures differ, not how a brain looks: nothing medical can be learned from it.
 *
 * @param diagnosis 0 glioma, 1 meningioma, 2 none, 3 pituitary
 * @returns the bytes of the picture, row-major [side, side, 3], grey
 */
export function drawSlice(diagnosis: number, side: number, random: RandomSource): Uint8Array {
  const sheet = canvas(side, () => grey(0.01));
  const pose = randomPose(random, { scale: [0.85, 1.02], shift: 0.02, turn: 0.05, wobble: 0.006 });
  const b = brush(sheet, pose, random);
  const tissue = between(random, 0.28, 0.46);
  b.ellipse([0.5, 0.5], [0.42, 0.48], grey(between(random, 0.5, 0.85)));
  b.ellipse([0.5, 0.5], [0.395, 0.455], grey(0.06));
  b.ellipse([0.5, 0.5], [0.375, 0.435], grey(tissue));
  drawFolds(b, tissue, random);
  drawVentricles(b, tissue, random);
  for (let i = random.integer(6); i > 0; i--) drawVessel(b, random);
  growths[diagnosis]!(b, random);
  grain(sheet, random);
  return toBytes(sheet, () => 0.02 * random.normal());
}

/** Dark furrows that run in from the rim, and the gap between the halves. */
function drawFolds(b: Brush, tissue: number, random: RandomSource): void {
  for (let i = 0; i < 34; i++) {
    const angle = (2 * Math.PI * (i + 0.5 * random.next())) / 34;
    const depth = between(random, 0.5, 0.88);
    const at = (share: number, aside = 0): Point => [0.5 + 0.365 * share * Math.cos(angle + aside), 0.5 + 0.425 * share * Math.sin(angle + aside)];
    b.line([at(0.99), at((1 + depth) / 2, 0.06 * random.normal()), at(depth, 0.1 * random.normal())], 0.009, grey(0.55 * tissue));
  }
  b.line([[0.5, 0.07], [0.5, 0.34]], 0.008, grey(0.4 * tissue));
  b.line([[0.5, 0.66], [0.5, 0.93]], 0.008, grey(0.4 * tissue));
}

function drawVentricles(b: Brush, tissue: number, random: RandomSource): void {
  const size = between(random, 0.7, 1.4);
  for (const side of [-1, 1]) {
    const at = (x: number, y: number): Point => [0.5 + side * size * x, 0.48 + size * y];
    b.blob([at(0.015, -0.02), at(0.07, -0.12), at(0.09, -0.09), at(0.04, 0), at(0.1, 0.12), at(0.07, 0.13), at(0.015, 0.03)], grey(0.25 * tissue));
  }
}

/** A small bright spot anywhere: every slice may have some. */
function drawVessel(b: Brush, random: RandomSource): void {
  const [angle, far] = [2 * Math.PI * random.next(), Math.sqrt(random.next())];
  const size = between(random, 0.006, 0.02);
  b.ellipse([0.5 + 0.34 * far * Math.cos(angle), 0.5 + 0.4 * far * Math.sin(angle)], [size, size], grey(between(random, 0.5, 0.8)));
}

/** Inside a half: ragged, a bright rim around a dark middle, swelling about it. */
function glioma(b: Brush, random: RandomSource): void {
  const side = random.next() < 0.5 ? -1 : 1;
  const centre: Point = [0.5 + side * between(random, 0.12, 0.22), between(random, 0.3, 0.68)];
  const size = between(random, 0.06, 0.12);
  const ragged = (share: number) => ring(centre, [share * size, share * size]).filter((_, i) => i % 2 === 0).map(([x, y]): Point => [x + 0.16 * size * random.normal(), y + 0.16 * size * random.normal()]);
  b.blob(ragged(1.5), grey(between(random, 0.42, 0.58)));
  b.blob(ragged(1), grey(between(random, 0.55, 0.9)));
  b.blob(ragged(0.6), grey(between(random, 0.15, 0.35)));
}

/** At the rim: round, even, bright. */
function meningioma(b: Brush, random: RandomSource): void {
  const angle = between(random, -1.1, 1.1) + (random.next() < 0.5 ? Math.PI : 0);
  const size = between(random, 0.05, 0.1);
  const centre: Point = [0.5 + (0.37 - size) * Math.cos(angle), 0.5 + (0.43 - size) * Math.sin(angle)];
  b.ellipse(centre, [size, size * between(random, 0.85, 1.1)], grey(between(random, 0.5, 0.9)), angle);
}

/** In the middle, low: small and bright. */
function pituitary(b: Brush, random: RandomSource): void {
  const size = between(random, 0.03, 0.065);
  b.ellipse([0.5 + 0.012 * random.normal(), between(random, 0.64, 0.72)], [size * between(random, 0.9, 1.3), size], grey(between(random, 0.5, 0.9)));
}

/** Uneven brightness: of the tissue (fine) and of the scanner (coarse). */
function grain({ side, pixels }: Canvas, random: RandomSource): void {
  const [fine, coarse] = [texture(28, random), texture(3, random)];
  for (let at = 0; at < pixels.length; at += 3) {
    const [x, y] = [((at / 3) % side) / side, Math.floor(at / 3 / side) / side];
    const light = 1 + 0.1 * fine(x, y) + 0.12 * coarse(x, y);
    for (let k = 0; k < 3; k++) pixels[at + k]! *= light;
  }
}
