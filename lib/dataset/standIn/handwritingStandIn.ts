import type { RandomSource } from "../../random/randomSource";
import { drawDigit, type Hand } from "./digit/drawDigit";
import type { StandInFiles } from "./standInFiles";

/** Hands as different as keep the digits about as hard to tell apart as UCI's. */
const hand: Hand = { wobble: 0.045, slant: [-0.2, 0.4], turn: 0.07, shift: 0.015, width: [0.45, 0.8], height: [0.97, 1], pen: [0.065, 0.115] };

/**
 * Draws digits and counts them as UCI does: a bitmap of 32 × 32, the dark pixels of each block of 4 × 4, 8 × 8 counts of 0 to 16.
 *
 * @returns `data.csv`: `Yall` (1 to 10, 10 for digit 0) and `V1` … `V64`
 */
export function handwritingStandIn(size: number, random: RandomSource): StandInFiles {
  const rows = Array.from({ length: size }, () => {
    const label = 1 + random.integer(10);
    return [label, ...blockCounts(drawDigit(label % 10, 32, hand, random))].join();
  });
  const header = ["Yall", ...Array.from({ length: 64 }, (_, i) => `V${i + 1}`)].join();
  return [["data.csv", Buffer.from([header, ...rows, ""].join("\n"))]];
}

function blockCounts(ink: Float32Array): Uint8Array {
  const counts = new Uint8Array(64);
  ink.forEach((value, at) => {
    if (value > 0.5) counts[8 * Math.floor(at / 128) + Math.floor((at % 32) / 4)]!++;
  });
  return counts;
}
