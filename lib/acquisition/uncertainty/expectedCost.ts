import { meanOverDraws } from "../../probability/meanOverDraws";
import { asProbabilities, type ProbabilityInput } from "../../probability/probabilities";
import { refuse } from "../../runtime/refuse";

/**
 * Least confidence where mistakes differ in price: the expected cost of the cheapest guess.
 *
 * u[i] = minⱼ Σₗ p[i,l] · costs[l][j]. With cost 1 for every mistake this is `leastConfidence`.
 *
 * @param p probabilities [sample, class]; where there are draws, their mean is used
 * @param costs [true class][guessed class], finite, ≥ 0, in any unit
 * @returns utilities [sample], higher = ask first, in the unit of the costs
 * @example
 * expectedCost([[0.9, 0.1]], [[0, 1], [20, 0]]) // [0.9]
 * @throws {InputError} when the costs are not a square table of the classes
 * @see Margineantu (2005), Active cost-sensitive learning
 */
export function expectedCost(p: ProbabilityInput, costs: readonly (readonly number[])[]): Float64Array {
  const { values, samples, classes } = meanOverDraws(asProbabilities(p, "expectedCost"));
  checkCosts(costs, classes);
  const utilities = new Float64Array(samples).fill(Infinity);
  for (let sample = 0; sample < samples; sample++)
    for (let guess = 0; guess < classes; guess++) {
      let cost = 0;
      for (let l = 0; l < classes; l++) cost += values[sample * classes + l]! * costs[l]![guess]!;
      if (cost < utilities[sample]!) utilities[sample] = cost;
    }
  return utilities;
}

function checkCosts(costs: readonly (readonly number[])[], classes: number): void {
  if (costs.length !== classes) refuse("expectedCost", `a row of costs for each of ${classes} classes`, costs.length);
  costs.forEach((row, truth) => {
    if (row.length !== classes) refuse("expectedCost", `${classes} costs in every row`, row.length, `true class ${truth}`);
    row.forEach((cost, guess) => {
      if (!(cost >= 0 && cost < Infinity)) refuse("expectedCost", "finite costs of at least 0", cost, `true class ${truth}, guess ${guess}`);
    });
  });
}
