import { metrics } from "../probability/metrics";
import { predictedClasses } from "../probability/predictedClasses";
import { predictedAnswer } from "../question/predictedAnswer";
import { requireAnswer } from "../question/question";
import { refuse } from "../runtime/refuse";
import { poolView } from "../selection/poolView";
import { fitAlone } from "../training/fitCrowd";
import { startBudget } from "./budget";
import { chooseBatch } from "./chooseBatch";
import { startKnowledge } from "./knowledge";
import { measuredCosts } from "./measuredCosts";
import { measurePool } from "./measurePool";
import { requireRun } from "./requireRun";
import type { OpenRun, Run } from "./run";
import type { Ended, OpenOutcome, OpenRecord, RunOutcome } from "./runOutcome";
import { uncertaintyOf, type LearnedAnswer, type LearnedState } from "./stopping/learnedState";
import type { Stop } from "./stopping/stoppingRule";

/**
 * Runs active learning: look at the pool, choose questions, ask, learn, and again until the budget is spent
 * or a stopping rule says that it is enough.
 *
 * @returns a record per question, and one of the state before the first, and why the run ended; without labels its metrics
 * of the pool are those that need none
 * @throws {InputError} before anything is asked, when the run cannot be as described
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277
 */
export async function activeLearning(run: Run): Promise<Ended<RunOutcome>>;
export async function activeLearning(run: OpenRun): Promise<Ended<OpenOutcome>>;
export async function activeLearning(run: OpenRun & Partial<Run>): Promise<Ended<OpenOutcome>> {
  requireRun(run);
  const { pool, labels, classifier, oracle, trainer = fitAlone, random } = run;
  const knowledge = startKnowledge(pool.count, run.initial);
  const costs = measuredCosts(run.strategy.offers);
  const budget = startBudget(run.budget, run.batchBudget, run.strategy.offers);
  let strategy = run.strategy;
  const began = performance.now();
  const watched = run.stopWhen !== undefined || run.onBatch !== undefined;
  const states: LearnedState[] = [];
  const records: OpenRecord[] = [];
  const keep = (record: OpenRecord) => {
    records.push(record);
    run.onRecord?.(record);
  };

  let round = 0;
  if (run.fitted !== true) await learn();
  let { probabilities, look, ...state } = await measure();
  keep({ step: 0, spent: 0, ...state });
  let stopped = stopAfter([]);

  for (round = 1; stopped === undefined; round++) {
    const view = poolView(classifier, pool, knowledge.observations, strategy.draws, random.split(`draws ${round}`), look);
    const batch = chooseBatch(view, { ...run, strategy }, knowledge, budget, random.split(`choice ${round}`));
    if (batch.length === 0) {
      stopped = { by: "pool", because: "nothing is left to ask" };
      break;
    }
    const replies = await oracle.ask(batch.map(({ question }) => question));
    if (replies.length !== batch.length) refuse("activeLearning", `${batch.length} replies`, replies.length, "the oracle");
    batch.forEach((choice, i) => {
      requireAnswer("activeLearning", choice.question, replies[i]!.answer, classifier.classes);
      knowledge.learn(choice, replies[i]!);
      costs.learn(choice.question, replies[i]!.seconds);
    });
    if (run.costs === "measured") reprice();
    const asked = watched ? batch.map(({ question }, i) => ({ question, ...replies[i]!, expected: predictedAnswer(question, view.plain) })) : [];
    await learn();
    const before = state;
    ({ probabilities, look, ...state } = await measure());
    batch.forEach(({ question, scores, spent }, i) => {
      const known = i === batch.length - 1 || strategy.searchBatch !== undefined ? state : before;
      keep({ step: records.length, spent, question, answer: replies[i]!.answer, ...(scores && { scores }), ...known });
    });
    stopped = stopAfter(asked);
    const said = await run.onBatch?.({ round, asked, spent: budget.spent, probabilities: probabilities!, costs: costs.table, states });
    if (said === "stop") stopped ??= { by: "onBatch", because: "onBatch said stop" };
  }
  return { method: strategy.name, exploration: run.exploration !== undefined, records, stopped };

  async function learn(): Promise<void> {
    const { observations } = knowledge;
    await trainer.fit({ classifier, samples: pool, observations, settings: run.fit, random: random.split(`fit ${round}`) });
  }

  function reprice(): void {
    strategy = { ...run.strategy, offers: costs.offers };
    budget.reprice(strategy.offers);
  }

  /** Looks at the pool once, for the records of this round and for the questions of the next. */
  async function measure() {
    const { draws: count, searchBatch } = strategy;
    const draws = count > 0 ? { draws: { count, random: random.split(`draws ${round + 1}`) } } : {};
    const next = budget.done ? {} : { ...draws, embedding: searchBatch !== undefined };
    return {
      ...(await measurePool(classifier, pool, labels, watched, next)),
      ...(run.test && { test: metrics((await classifier.look(run.test.samples)).probabilities, run.test.labels) }),
    };
  }

  function stopAfter(asked: readonly LearnedAnswer[]): Stop | undefined {
    if (watched) states.push(stateAfter(asked));
    const spent = { by: "budget", because: `${budget.spent} of ${run.budget} is spent, and nothing on offer costs as little as what is left` };
    return run.stopWhen?.(states) ?? (budget.done ? spent : undefined);
  }

  function stateAfter(asked: readonly LearnedAnswer[]): LearnedState {
    const told = asked.reduce((sum, { seconds = 0 }) => sum + seconds, states.at(-1)?.answerSeconds ?? 0);
    return {
      round,
      questions: records.length - 1,
      spent: budget.spent,
      seconds: (performance.now() - began) / 1000,
      answerSeconds: told,
      asked,
      ...state,
      predicted: predictedClasses(probabilities!),
      unasked: uncertaintyOf(probabilities!, knowledge.unshown()),
    };
  }
}
