import type { Reply } from "../oracle/oracle";
import { certainty, metrics } from "../probability/metrics";
import type { Probabilities } from "../probability/probabilities";
import { predictedAnswer } from "../question/predictedAnswer";
import { requireAnswer } from "../question/question";
import { refuse } from "../runtime/refuse";
import { poolView } from "../selection/poolView";
import { fitAlone } from "../training/fitCrowd";
import { startBudget } from "./budget";
import { chooseBatch, type PaidChoice } from "./chooseBatch";
import { startKnowledge } from "./knowledge";
import { measuredCosts } from "./measuredCosts";
import { requireRun } from "./requireRun";
import type { LearnedBatch, OpenRun, Run } from "./run";
import type { OpenOutcome, OpenRecord, RunOutcome } from "./runOutcome";

/**
 * Runs active learning: look at the pool, choose questions, ask, learn, and again until the budget is spent.
 *
 * @returns a record per question, and one of the state before the first; without labels its metrics of the pool
 * are those that need none
 * @throws {InputError} before anything is asked, when the run cannot be as described
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277
 */
export async function activeLearning(run: Run): Promise<RunOutcome>;
export async function activeLearning(run: OpenRun): Promise<OpenOutcome>;
export async function activeLearning(run: OpenRun & Partial<Run>): Promise<OpenOutcome> {
  requireRun(run);
  const { pool, labels, classifier, oracle, trainer = fitAlone, random } = run;
  const knowledge = startKnowledge(pool.count, run.initial);
  const costs = measuredCosts(run.strategy.offers);
  const budget = startBudget(run.budget, run.batchBudget, run.strategy.offers);
  let strategy = run.strategy;
  const records: OpenRecord[] = [];
  const keep = (record: OpenRecord) => {
    records.push(record);
    run.onRecord?.(record);
  };

  let round = 0;
  if (run.fitted !== true) await learn();
  let state = measure();
  keep({ step: 0, spent: 0, ...state });

  for (round = 1; !budget.done; round++) {
    const view = poolView(classifier, pool, knowledge.observations, strategy.draws, random.split(`draws ${round}`));
    const batch = chooseBatch(view, { ...run, strategy }, knowledge, budget, random.split(`choice ${round}`));
    if (batch.length === 0) break;
    const replies = await oracle.ask(batch.map(({ question }) => question));
    if (replies.length !== batch.length) refuse("activeLearning", `${batch.length} replies`, replies.length, "the oracle");
    batch.forEach((choice, i) => {
      requireAnswer("activeLearning", choice.question, replies[i]!.answer, classifier.classes);
      knowledge.learn(choice, replies[i]!);
      costs.learn(choice.question, replies[i]!.seconds);
    });
    if (run.costs === "measured") reprice();
    await learn();
    const refitted = measure();
    batch.forEach(({ question, scores, spent }, i) => {
      if (i === batch.length - 1 || strategy.searchBatch !== undefined) state = refitted;
      keep({ step: records.length, spent, question, answer: replies[i]!.answer, ...(scores && { scores }), ...state });
    });
    if ((await run.onBatch?.(learned(batch, replies, view.plain))) === "stop") break;
  }
  return { method: strategy.name, exploration: run.exploration !== undefined, records };

  async function learn(): Promise<void> {
    const { observations } = knowledge;
    await trainer.fit({ classifier, samples: pool, observations, settings: run.fit, random: random.split(`fit ${round}`) });
  }

  function reprice(): void {
    strategy = { ...run.strategy, offers: costs.offers };
    budget.reprice(strategy.offers);
  }

  function measure() {
    const { probabilities } = classifier.predict(pool);
    return {
      pool: labels === undefined ? certainty(probabilities) : metrics(probabilities, labels),
      ...(run.test && { test: metrics(classifier.predict(run.test.samples).probabilities, run.test.labels) }),
    };
  }

  function learned(batch: readonly PaidChoice[], replies: readonly Reply[], before: Probabilities): LearnedBatch {
    const asked = batch.map(({ question }, i) => ({ question, ...replies[i]!, expected: predictedAnswer(question, before) }));
    return { round, asked, spent: budget.spent, probabilities: classifier.predict(pool).probabilities, costs: costs.table };
  }
}
