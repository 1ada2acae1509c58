import type { Samples } from "../dataset/dataset";
import type { Classifier } from "../model/classifier";
import type { Oracle } from "../oracle/oracle";
import { metrics } from "../outcome/metrics";
import type { OutcomeRecord, RunOutcome } from "../outcome/record";
import { requireAnswer, type AnsweredQuestion } from "../question/question";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import { poolView } from "../selection/poolView";
import type { ExplorationSettings } from "../selection/exploration";
import type { Strategy } from "../selection/strategy";
import { fitAlone } from "../training/fitCrowd";
import type { FitSettings, Trainer } from "../training/fitSettings";
import { startBudget } from "./budget";
import { chooseBatch } from "./chooseBatch";
import { startKnowledge } from "./knowledge";
import { requireRun } from "./requireRun";

/** One active-learning run: what it learns, from whom, and how far it may go. */
export interface Run {
  readonly pool: Samples;
  /** True labels of the pool. They only measure the model; the oracle answers. */
  readonly labels: Int32Array;
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
  readonly onRecord?: (record: OutcomeRecord) => void;
  readonly random: RandomSource;
}

/**
 * Runs active learning: look at the pool, choose questions, ask, learn, and again until the budget is spent.
 *
 * @returns a record per question, and one of the state before the first
 * @throws {InputError} before anything is asked, when the run cannot be as described
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277
 */
export async function activeLearning(run: Run): Promise<RunOutcome> {
  requireRun(run);
  const { pool, labels, classifier, oracle, strategy, trainer = fitAlone, random } = run;
  const knowledge = startKnowledge(pool.count, run.initial);
  const budget = startBudget(run.budget, run.batchBudget, strategy.offers);
  const records: OutcomeRecord[] = [];
  const keep = (record: OutcomeRecord) => {
    records.push(record);
    run.onRecord?.(record);
  };

  let round = 0;
  if (run.fitted !== true) await learn();
  let state = measure();
  keep({ step: 0, spent: 0, ...state });

  for (round = 1; !budget.done; round++) {
    const view = poolView(classifier, pool, strategy.draws, random.split(`draws ${round}`));
    const batch = chooseBatch(view, run, knowledge, budget, random.split(`choice ${round}`));
    if (batch.length === 0) break;
    const replies = await oracle.ask(batch.map(({ question }) => question));
    if (replies.length !== batch.length) refuse("activeLearning", `${batch.length} replies`, replies.length, "the oracle");
    batch.forEach((choice, i) => {
      requireAnswer("activeLearning", choice.question, replies[i]!.answer, classifier.classes);
      knowledge.learn(choice, replies[i]!);
    });
    await learn();
    const refitted = measure();
    batch.forEach(({ question, scores, spent }, i) => {
      if (i === batch.length - 1 || strategy.searchBatch !== undefined) state = refitted;
      keep({ step: records.length, spent, question, answer: replies[i]!.answer, ...(scores && { scores }), ...state });
    });
  }
  return { method: strategy.name, exploration: run.exploration !== undefined, records };

  async function learn(): Promise<void> {
    const { observations } = knowledge;
    await trainer.fit({ classifier, samples: pool, observations, settings: run.fit, random: random.split(`fit ${round}`) });
  }

  function measure() {
    return {
      pool: metrics(classifier.predict(pool).probabilities, labels),
      ...(run.test && { test: metrics(classifier.predict(run.test.samples).probabilities, run.test.labels) }),
    };
  }
}
