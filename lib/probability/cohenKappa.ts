import { refuse } from "../runtime/refuse";

/**
 * Cohen's kappa: how far two who sort the same samples into classes agree beyond what chance would do.
 *
 * κ = (A − E) / (1 − E), A the share of samples they agree about, E = Σₗ share₁(l) · share₂(l) what two would agree about who
 * give the classes as often, but at random. 1 is full agreement, 0 no more than chance. Two who put everything into one and the
 * same class leave 0 / 0; they agree fully, so that is 1.
 *
 * @param first class of every sample, whole numbers ≥ 0
 * @param second of the same samples
 * @returns −1 to 1
 * @example
 * cohenKappa([0, 0, 1, 1], [0, 0, 1, 0]) // 0.5
 * @throws {InputError} when the numbers of samples differ, there is none, or a class is no whole number ≥ 0
 * @see Cohen (1960), A coefficient of agreement for nominal scales, equation 1
 */
export function cohenKappa(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const { length } = first;
  if (length === 0) refuse("cohenKappa", "at least one sample", 0);
  if (second.length !== length) refuse("cohenKappa", `${length} samples from both`, second.length);
  const counts = [classCounts(first), classCounts(second)] as const;
  let agreed = 0;
  for (let i = 0; i < length; i++) if (first[i] === second[i]) agreed++;
  let byChance = 0;
  for (const [label, count] of counts[0]) byChance += (count / length) * ((counts[1].get(label) ?? 0) / length);
  return agreed === length ? 1 : (agreed / length - byChance) / (1 - byChance);
}

function classCounts(labels: ArrayLike<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (!(Number.isInteger(label) && label >= 0)) refuse("cohenKappa", "classes that are whole numbers of at least 0", label, `sample ${i}`);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}
