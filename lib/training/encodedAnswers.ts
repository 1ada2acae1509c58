import { evidence } from "../question/answerProbability";
import type { AnsweredQuestion } from "../question/question";
import { refuse } from "../runtime/refuse";

/** Observations as typed arrays, in a fixed order: observation `o` shows the rows `starts[o]` … `starts[o + 1]` − 1. */
export interface EncodedAnswers {
  readonly count: number;
  readonly starts: Int32Array;
  /** Sample of every row. */
  readonly samples: Int32Array;
  /** The class asked about, or answered, by observation. */
  readonly classes: Int32Array;
  /** Whether the likelihood multiplies 1 − p (1) or p (0). */
  readonly innerComplement: Uint8Array;
  /** Whether the answer's probability is 1 − product (1) or the product (0). */
  readonly outerComplement: Uint8Array;
  /** 1 for a Class question that was answered: a labeled sample. */
  readonly labeled: Uint8Array;
}

/**
 * Encodes what was observed, in the given order; answers that say nothing are left out.
 *
 * @param order positions in `observed`
 * @throws {InputError} when a sample or a class does not exist, or nothing was observed
 */
export function encodeAnswers(observed: readonly AnsweredQuestion[], order: Int32Array, samples: number, classes: number): EncodedAnswers {
  const kept = Array.from(order).flatMap((o) => {
    const { question, answer } = observed[o]!;
    const seen = evidence(question, answer);
    if (seen === undefined) return [];
    const stranger = seen.samples.find((sample) => !(Number.isInteger(sample) && sample >= 0 && sample < samples));
    if (stranger !== undefined) refuse("fit", `samples from 0 to ${samples - 1}`, stranger, `observation ${o}`);
    if (!(Number.isInteger(seen.class) && seen.class >= 0 && seen.class < classes))
      refuse("fit", `classes from 0 to ${classes - 1}`, seen.class, `observation ${o}`);
    return [{ ...seen, labeled: question.kind === "class" }];
  });
  if (kept.length === 0) refuse("fit", "at least one observation", 0);
  const starts = new Int32Array(kept.length + 1);
  kept.forEach((seen, o) => (starts[o + 1] = starts[o]! + seen.samples.length));
  return {
    count: kept.length,
    starts,
    samples: Int32Array.from(kept.flatMap((seen) => seen.samples)),
    classes: Int32Array.from(kept, (seen) => seen.class),
    innerComplement: Uint8Array.from(kept, (seen) => Number(seen.innerComplement)),
    outerComplement: Uint8Array.from(kept, (seen) => Number(seen.outerComplement)),
    labeled: Uint8Array.from(kept, (seen) => Number(seen.labeled)),
  };
}
