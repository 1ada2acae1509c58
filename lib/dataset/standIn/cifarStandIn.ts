import type { RandomSource } from "../../random/randomSource";
import { planar } from "../writer/planar";
import { figures } from "./scene/figures";
import { drawScene } from "./scene/scene";
import type { StandInFiles } from "./standInFiles";

/** CIFAR-10's classes, in its order. */
export const cifarClasses = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"] as const;

/** Draws colour scenes of 32 × 32 in CIFAR-10's binary batches: five to train, one to test. */
export function* cifarStandIn(size: number, random: RandomSource): StandInFiles {
  for (const batch of [1, 2, 3, 4, 5]) {
    const count = Math.floor(size / 5) + (batch <= size % 5 ? 1 : 0);
    yield [`data_batch_${batch}.bin`, batchBytes(count, random.split(batch))];
  }
  yield ["test_batch.bin", batchBytes(Math.ceil(size / 5), random.split("test"))];
}

function batchBytes(count: number, random: RandomSource): Uint8Array {
  const bytes = new Uint8Array(count * 3073);
  for (let at = 0; at < bytes.length; at += 3073) {
    const label = random.integer(10);
    bytes[at] = label;
    bytes.set(planar(drawScene(figures[cifarClasses[label]!], 32, random), 3), at + 1);
  }
  return bytes;
}
