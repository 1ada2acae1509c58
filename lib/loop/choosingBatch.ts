import type { RandomSource } from "../random/randomSource";
import { choosingQuestion, without, type Choice } from "../selection/chooseQuestion";
import { explorer } from "../selection/exploration";
import type { PoolView } from "../selection/poolView";
import type { OpenRun } from "./run";
import type { Budget } from "./budget";
import type { Knowledge } from "./knowledge";

/** A question that will be asked, and what has been spent once it is paid. */
export interface PaidChoice extends Choice {
  readonly spent: number;
}

/**
 * Chooses, and pays, the questions up to the next refit. The model stays as it is in between, so no answer could
 * change the next choice: only the samples already shown do. It pauses now and then, so that the event loop may get its turn.
 */
export function* choosingBatch(
  view: PoolView,
  { strategy, exploration, pool }: Pick<OpenRun, "strategy" | "exploration" | "pool">,
  knowledge: Knowledge,
  budget: Budget,
  random: RandomSource,
): Generator<void, PaidChoice[]> {
  const explored = exploration && explorer(view.logits, view.plain.classes, exploration, random.split("exploration"));
  yield;
  const candidates = () => {
    const unshown = knowledge.unshown();
    const { untold } = knowledge;
    return { unshown, untold, explored: explored ? unseen(explored.kept(knowledge.known).kept, unshown, pool.count) : unshown };
  };
  const batch: PaidChoice[] = [];
  const take = (choice: Choice) => {
    knowledge.show(choice);
    budget.pay(choice.offer);
    batch.push({ ...choice, spent: budget.spent });
  };

  if (strategy.searchBatch !== undefined) {
    const offer = strategy.offers[0]!;
    const { explored: far, untold } = candidates();
    const open = without(far, untold.class);
    const count = Math.min(budget.questionsToRefit(offer), open.length);
    for (const sample of Array.from(strategy.searchBatch(view, open, count, random)))
      take({ question: { kind: "class", samples: [sample] }, offer });
  } else {
    do {
      const choice = yield* choosingQuestion(view, strategy, candidates(), budget.canPay, random);
      if (choice === undefined) break;
      take(choice);
    } while (!budget.refitDue);
  }
  budget.startBatch();
  return batch;
}

function unseen(kept: Int32Array, unshown: Int32Array, poolSize: number): Int32Array {
  const open = new Uint8Array(poolSize);
  for (let i = 0; i < unshown.length; i++) open[unshown[i]!] = 1;
  const left = new Int32Array(kept.length);
  let count = 0;
  for (let i = 0; i < kept.length; i++) if (open[kept[i]!] === 1) left[count++] = kept[i]!;
  return left.subarray(0, count);
}
