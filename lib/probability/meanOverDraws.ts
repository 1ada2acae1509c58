import { trusted, type Probabilities } from "./probabilities";

/** Many who look at the same draws want their mean: it is worked out once. */
const known = new WeakMap<Probabilities, Probabilities>();

/**
 * The mean over draws, p̄: the prediction of the whole ensemble.
 *
 * p̄[i,l] = (1/K) Σₖ P[i,l,k]
 *
 * @returns probabilities with one draw, in the precision of the input; the input itself when it has one draw
 */
export function meanOverDraws(p: Probabilities): Probabilities {
  if (p.draws === 1) return p;
  const found = known.get(p);
  if (found) return found;
  const rows = p.samples * p.classes;
  const mean = p.values instanceof Float64Array ? new Float64Array(rows) : new Float32Array(rows);
  for (let row = 0, at = 0; row < rows; row++) {
    let sum = 0;
    for (let draw = 0; draw < p.draws; draw++) sum += p.values[at++]!;
    mean[row] = sum / p.draws;
  }
  const made = trusted(mean, p.samples, p.classes, 1);
  known.set(p, made);
  return made;
}
