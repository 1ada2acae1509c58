import { offerName, type Offer } from "../question/offer";
import type { Question } from "../question/question";
import { median } from "../runtime/median";
import { refuse } from "../runtime/refuse";

/** How long one kind of question took, and what it is taken to cost. */
export interface MeasuredCost {
  /** `"Class"`, `"All3"`, … */
  readonly question: string;
  readonly answers: number;
  /** Median seconds of an answer; absent before the first. */
  readonly seconds?: number;
  /** The cost before any answer was timed. */
  readonly assumed: number;
  readonly cost: number;
}

/** Costs that follow the seconds an oracle takes. */
export interface MeasuredCosts {
  /** Takes note of an answer's seconds, an abstention's too; of nothing where they were not measured. */
  learn(question: Question, seconds: number | undefined): void;
  /** The offers at what they cost now. */
  readonly offers: readonly Offer[];
  /** The same in numbers, in the order of the offers. */
  readonly table: readonly MeasuredCost[];
}

/**
 * Learns what questions cost from the seconds their answers take. With n answers of median s seconds,
 *
 * cost = (n · s / u + 5 · assumed) / (n + 5),
 *
 * where u, the seconds that a cost of 1 stands for, is the median of seconds / assumed cost over all answers.
 * The assumed costs weigh like five answers: one slow answer does not turn a run round.
 *
 * @param offers with the costs assumed before any answer
 * @throws {InputError} for seconds that are negative or not finite
 */
export function measuredCosts(offers: readonly Offer[], assumedWeight = 5): MeasuredCosts {
  const seconds = new Map(offers.map((offer) => [offerName(offer), [] as number[]]));
  const assumed = new Map(offers.map((offer) => [offerName(offer), offer.cost]));

  function table(): MeasuredCost[] {
    const perCost = [...seconds].flatMap(([name, all]) => all.map((each) => each / assumed.get(name)!));
    const scale = perCost.length === 0 ? 0 : median(perCost);
    return [...seconds].map(([question, all]) => {
      const prior = assumed.get(question)!;
      if (all.length === 0 || scale === 0) return { question, answers: all.length, assumed: prior, cost: prior };
      const typical = median(all);
      const cost = ((all.length * typical) / scale + assumedWeight * prior) / (all.length + assumedWeight);
      return { question, answers: all.length, seconds: typical, assumed: prior, cost };
    });
  }

  return {
    learn(question, took) {
      if (took === undefined) return;
      if (!(took >= 0 && took < Infinity)) refuse("measuredCosts", "finite seconds of at least 0", took);
      seconds.get(offerName({ kind: question.kind, size: question.samples.length }))?.push(took);
    },
    get offers() {
      const costs = table();
      return offers.map((offer, i) => ({ ...offer, cost: costs[i]!.cost }));
    },
    get table() {
      return table();
    },
  };
}
