import type { RandomSource } from "../../random/randomSource";
import { idxStandIn } from "./mnistStandIn";
import { brush, randomPose } from "./paint/brush";
import { canvas, toBytes, type Colour } from "./paint/canvas";
import { texture } from "./paint/texture";
import { garments } from "./scene/garment";
import type { StandInFiles } from "./standInFiles";

/** Draws grey garments of 28 × 28 in the four gzipped idx files of Fashion-MNIST. */
export function fashionStandIn(size: number, random: RandomSource): StandInFiles {
  return idxStandIn(size, random, drawGarment);
}

function drawGarment(label: number, random: RandomSource): Uint8Array {
  const grey = (value: number): Colour => [value, value, value];
  const sheet = canvas(28, () => grey(0));
  const shade = 0.3 + 0.7 * random.next();
  const detail = Math.min(Math.max(shade + 0.35 * random.normal(), 0.05), 1);
  const pose = randomPose(random, { scale: [0.78, 1.06], shift: 0.035, turn: 0.06, wobble: 0.03, mirror: false });
  garments[label]![1](brush(sheet, pose, random), grey(shade), grey(detail), random);
  const cloth = texture(3 + random.integer(9), random);
  const bytes = toBytes(sheet);
  return Uint8Array.from({ length: 784 }, (_, at) => {
    const value = bytes[3 * at]!;
    return value === 0 ? 0 : Math.min(Math.max(value * (1 + 0.18 * cloth((at % 28) / 28, Math.floor(at / 28) / 28)), 0), 255);
  });
}
