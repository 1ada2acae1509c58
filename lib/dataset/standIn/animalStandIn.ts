import type { RandomSource } from "../../random/randomSource";
import { npyBytes } from "../writer/npyBytes";
import { planar } from "../writer/planar";
import { figures } from "./scene/figures";
import { drawScene } from "./scene/scene";
import type { StandInFiles } from "./standInFiles";

/** The paper's file names (Italian) and what they show, in the order of its classes. */
export const animals = [
  ["cane", "dog"], ["cavallo", "horse"], ["elefante", "elephant"], ["farfalla", "butterfly"], ["gallina", "chicken"],
  ["gatto", "cat"], ["mucca", "cow"], ["pecora", "sheep"], ["ragno", "spider"], ["scoiattolo", "squirrel"],
] as const;

/** Draws animals of 224 × 224 in colour, one NumPy file per class: `canex.npy`, … */
export function animalStandIn(size: number, random: RandomSource): StandInFiles {
  const draw = (label: number, draws: RandomSource) => drawScene(figures[animals[label]![1]], 224, draws);
  return npyStandIn(animals.map(([file]) => `${file}x.npy`), size, random, draw);
}

/**
 * One NumPy file per class, [image, channel, height, width], classes as equal in number as can be.
 *
 * @param draw a picture of the class, row-major [224, 224, 3]
 */
export function* npyStandIn(names: readonly string[], size: number, random: RandomSource, draw: (label: number, random: RandomSource) => Uint8Array): StandInFiles {
  for (const [label, name] of names.entries()) {
    const count = Math.max(1, Math.floor(size / names.length) + (label < size % names.length ? 1 : 0));
    const draws = random.split(name);
    const images = new Uint8Array(count * 3 * 224 * 224);
    for (let i = 0; i < count; i++) images.set(planar(draw(label, draws), 3), i * 3 * 224 * 224);
    yield [name, npyBytes([count, 3, 224, 224], images)];
  }
}
