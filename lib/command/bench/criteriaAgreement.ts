import { coverRadius } from "../../acquisition/diversity/coreSet";
import { refuse } from "../../runtime/refuse";

/**
 * Do two libraries say the same? Scores agree within 1e-9. Core-set picks agree when they are equal, or, where rounding turned
 * a near tie, when what they leave uncovered is the same within 1e-5. BADGE draws, so only its first centre can agree. BatchBALD
 * agrees in its first five picks, which both compute exactly; beyond, both sample.
 *
 * @returns in words how they agree; an expectation that fails is refused, for a time without an equal result means nothing
 */
export function agreement(task: string, ours: Float64Array, theirs: Float64Array, features?: { values: Float32Array; width: number }): string {
  if (ours.length !== theirs.length) refuse("bench", `${ours.length} results of ${task}`, theirs.length);
  if (task === "entropy" || task === "bald") {
    const apart = ours.reduce((most, value, i) => Math.max(most, Math.abs(value - theirs[i]!)), 0);
    return apart <= 1e-9 ? `within ${apart.toExponential(1)}` : refuse("bench", `${task} within 1e-9 of the peer's`, apart);
  }
  const different = ours.findIndex((pick, i) => pick !== theirs[i]);
  const same = different < 0 ? ours.length : different;
  if (same === ours.length) return "all picks equal";
  if (task === "badge" && same >= 1) return "first centre equal; the others are drawn";
  if (task === "batchBald" && same >= 5) return `first ${same} picks equal; later ones are sampled`;
  if (task === "coreSet" && features !== undefined) {
    const radii = [ours, theirs].map((picks) => coverRadius(features, [0, ...picks]));
    if (Math.abs(radii[0]! - radii[1]!) <= 1e-5 * radii[0]!) return `first ${same} picks equal, cover radius equal`;
  }
  return refuse("bench", `${task} to choose as the peer does`, `a difference at pick ${same + 1}`);
}
