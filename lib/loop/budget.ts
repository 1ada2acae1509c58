import type { Offer } from "../question/offer";

/** Costs are sums of decimals: 0.1 + 0.2 must count as 0.3. */
const tolerance = 1e-6;

/** What a run has spent, what it still can pay, and when its model is due for a refit. */
export interface Budget {
  readonly spent: number;
  canPay(offer: Offer): boolean;
  /** True once the cheapest offer no longer fits in what is left. */
  readonly done: boolean;
  /** True when one more question would pass the batch's nominal share, or when the budget is done. */
  readonly refitDue: boolean;
  /** How many questions of one offer come before the next refit, at least one while one can be paid. */
  questionsToRefit(offer: Offer): number;
  pay(offer: Offer): void;
  /** Opens the next batch: its mark grows by the batch budget, whatever was spent. */
  startBatch(): void;
  /** From here on the questions cost what these offers say. */
  reprice(offers: readonly Offer[]): void;
}

/** A budget of `total`, spent in batches of `batch`, on these offers. */
export function startBudget(total: number, batch: number, offers: readonly Offer[]): Budget {
  let cheapest = leastCost(offers);
  let spent = 0;
  let mark = 0;
  const fits = (cost: number, limit: number) => spent + cost <= limit + tolerance;
  return {
    get spent() {
      return spent;
    },
    canPay: ({ cost }) => fits(cost, total),
    get done() {
      return !fits(cheapest, total);
    },
    get refitDue() {
      return !fits(cheapest, total) || !fits(cheapest, mark + batch);
    },
    questionsToRefit: ({ cost }) => {
      const within = (limit: number) => Math.floor((limit - spent + tolerance) / cost);
      return Math.min(within(total), Math.max(1, within(mark + batch)));
    },
    pay: ({ cost }) => void (spent = Math.round((spent + cost) * 1e9) / 1e9),
    startBatch: () => void (mark += batch),
    reprice: (priced) => void (cheapest = leastCost(priced)),
  };
}

function leastCost(offers: readonly Offer[]): number {
  return Math.min(...offers.map(({ cost }) => cost));
}
