import type { Samples } from "../dataset/dataset";
import type { Classifier } from "../model/classifier";
import type { Oracle } from "../oracle/oracle";
import type { Reply } from "../oracle/oracle";
import { certainty, metrics } from "../probability/metrics";
import type { Probabilities } from "../probability/probabilities";
import { predictedAnswer } from "../question/predictedAnswer";
import { requireAnswer, type Answer, type AnsweredQuestion } from "../question/question";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import { poolView } from "../selection/poolView";
import type { ExplorationSettings } from "../selection/exploration";
import type { Strategy } from "../selection/strategy";
import { fitAlone } from "../training/fitCrowd";
import type { FitSettings, Trainer } from "../training/fitSettings";
import { startBudget } from "./budget";
import { chooseBatch, type PaidChoice } from "./chooseBatch";
import { startKnowledge } from "./knowledge";
import { measuredCosts, type MeasuredCost } from "./measuredCosts";
import { requireRun } from "./requireRun";
import type { OpenOutcome, OpenRecord, OutcomeRecord, RunOutcome } from "./runOutcome";

/** One active-learning run whose true labels nobody knows: what it learns, from whom, and how far it may go. */
export interface OpenRun {
  readonly pool: Samples;
  /** Samples kept aside to measure the model with. */
  readonly test?: { readonly samples: Samples; readonly labels: Int32Array };
  /** Learns in place; still the caller's to dispose. */
  readonly classifier: Classifier;
  readonly oracle: Oracle;
  readonly strategy: Strategy;
  /** What is known before the first question, usually `labeled` samples; at least one. */
  readonly initial: readonly AnsweredQuestion[];
  /** True when the classifier already knows the initial samples. Default false: it is fitted to them first. */
  readonly fitted?: boolean;
  /**
   * `"assumed"` (default): what the strategy's offers say. `"measured"`: from the second batch on what the oracle's
   * seconds say, see `measuredCosts`; the budget stays in the unit of the offers.
   */
  readonly costs?: "assumed" | "measured";
  /** Cost that may be spent, > 0. */
  readonly budget: number;
  /** Cost between two refits, > 0. */
  readonly batchBudget: number;
  /** Keeps Class questions away from what is known; default off. */
  readonly exploration?: ExplorationSettings;
  readonly fit: FitSettings;
  /** Default: fits alone, at once. A crowd trains many runs together. */
  readonly trainer?: Trainer;
  /** Called after every record, e.g. to draw progress. */
  onRecord?(record: OpenRecord): void;
  /** Called when the answers of a batch are learned; `"stop"` ends the run. */
  onBatch?(batch: LearnedBatch): "stop" | void | Promise<"stop" | void>;
  readonly random: RandomSource;
}

/** One active-learning run. */
export interface Run extends OpenRun {
  /** True labels of the pool. They only measure the model; the oracle answers. */
  readonly labels: Int32Array;
  onRecord?(record: OutcomeRecord): void;
}

/** Questions that were asked of one model, and the model that has learned from their answers. */
export interface LearnedBatch {
  /** From 1 on. */
  readonly round: number;
  /** With the answer that the model expected before it learned it. */
  readonly asked: readonly (AnsweredQuestion & { readonly expected: Answer; readonly seconds?: number })[];
  readonly spent: number;
  /** What the model says about the pool now. */
  readonly probabilities: Probabilities;
  /** What the questions cost from now on. */
  readonly costs: readonly MeasuredCost[];
}

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
    const view = poolView(classifier, pool, strategy.draws, random.split(`draws ${round}`));
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
