import { metrics } from "../probability/metrics";
import { predictedClasses } from "../probability/predictedClasses";
import { predictedAnswer } from "../question/predictedAnswer";
import { requireAnswer, type Question } from "../question/question";
import { refuse } from "../runtime/refuse";
import { inTurns } from "../runtime/turn";
import type { Reply } from "../oracle/oracle";
import type { Choice } from "../selection/chooseQuestion";
import { poolView } from "../selection/poolView";
import { fitAlone } from "../training/fitCrowd";
import { startBudget } from "./budget";
import { playedBatch, runIdentity, savedRun, type RunState } from "./checkpoint";
import { choosingBatch } from "./choosingBatch";
import { startKnowledge } from "./knowledge";
import { measuredCosts } from "./measuredCosts";
import { measuredPart } from "./measuredPart";
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
  const part = measuredPart(pool, labels, run.measured, random.split("measured"));
  const watched = run.stopWhen !== undefined || run.onBatch !== undefined;
  const states: LearnedState[] = [];
  const records: OpenRecord[] = [];
  const replied: (readonly Reply[])[] = [];
  const keep = (record: OpenRecord) => {
    records.push(record);
    run.onRecord?.(record);
  };

  const identity = run.checkpoint && runIdentity(run);
  const saved = identity && savedRun(run, identity);
  let round = 0;
  if (saved) goOnFrom(saved);
  else if (run.fitted !== true) await learn();
  if (saved?.stopped) return outcome(saved.stopped);
  let { probabilities, look, ...state } = await measure();
  if (!saved) keep({ step: 0, spent: 0, ...state });
  let stopped = saved ? undefined : stopAfter([]);
  if (!saved) save();

  for (round++; stopped === undefined; round++) {
    const view = poolView(classifier, pool, knowledge.observations, strategy.draws, random.split(`draws ${round}`), look);
    const batch = await inTurns(choosingBatch(view, { ...run, strategy }, knowledge, budget, random.split(`choice ${round}`)));
    if (batch.length === 0) {
      stopped = { by: "pool", because: "nothing is left to ask" };
      save();
      break;
    }
    const replies = await oracle.ask(batch.map(({ question }) => question));
    if (replies.length !== batch.length) refuse("activeLearning", `${batch.length} replies`, replies.length, "the oracle");
    hear(batch, replies);
    const expected = (question: Question) => (look ? predictedAnswer(question, view.plain) : predictedAnswer(question, view.part(question.samples).plain, question.samples));
    const asked = watched ? batch.map(({ question }, i) => ({ question, ...replies[i]!, expected: expected(question) })) : [];
    await learn();
    const before = state;
    ({ probabilities, look, ...state } = await measure());
    batch.forEach(({ question, scores, spent }, i) => {
      const known = i === batch.length - 1 || strategy.searchBatch !== undefined ? state : before;
      keep({ step: records.length, spent, question, answer: replies[i]!.answer, ...(scores && { scores }), ...known });
    });
    stopped = stopAfter(asked);
    save();
    const said = await run.onBatch?.({ round, asked, spent: budget.spent, probabilities: probabilities!, costs: costs.table, states });
    if (said !== "stop" || stopped !== undefined) continue;
    stopped = { by: "onBatch", because: "onBatch said stop" };
    save();
  }
  return outcome(stopped);

  function outcome(stopped: Stop): Ended<OpenOutcome> {
    return { method: strategy.name, exploration: run.exploration !== undefined, records, stopped };
  }

  async function learn(): Promise<void> {
    const { observations } = knowledge;
    await trainer.fit({ classifier, samples: pool, observations, settings: run.fit, random: random.split(`fit ${round}`) });
  }

  /** Takes note of a round's answers, and of what they took. */
  function hear(batch: readonly Choice[], replies: readonly Reply[]): void {
    batch.forEach((choice, i) => {
      requireAnswer("activeLearning", choice.question, replies[i]!.answer, classifier.classes);
      knowledge.learn(choice, replies[i]!);
      costs.learn(choice.question, replies[i]!.seconds);
    });
    replied.push(replies);
    if (run.costs !== "measured") return;
    strategy = { ...run.strategy, offers: costs.offers };
    budget.reprice(strategy.offers);
  }

  /** Knows, has spent and says what the run did at the end of the rounds that were kept. */
  function goOnFrom(saved: RunState): void {
    for (round = 0; round < saved.replies.length; round++) {
      const batch = playedBatch(saved, round, strategy);
      for (const choice of batch) {
        knowledge.show(choice);
        budget.pay(choice.offer);
      }
      budget.startBatch();
      hear(batch, saved.replies[round]!);
    }
    classifier.restore(saved.weights);
    states.push(...saved.states);
    saved.records.forEach(keep);
  }

  function save(): void {
    if (identity === undefined || (stopped === undefined && run.checkpoint!.due?.() === false)) return;
    const weights = classifier.weights({ frozen: false });
    run.checkpoint!.write({ run: identity, replies: replied, records, states, weights, seconds: secondsSoFar(), ...(stopped && { stopped }) });
  }

  function secondsSoFar(): number {
    return (performance.now() - began) / 1000 + (saved?.seconds ?? 0);
  }

  /** Looks at the pool once, for the records of this round and for the questions of the next. */
  async function measure() {
    const { draws: count, searchBatch, byPart = false } = strategy;
    const draws = count > 0 ? { draws: { count, random: random.split(`draws ${round + 1}`) } } : {};
    const next = budget.done || part.drawn || byPart ? {} : { ...draws, embedding: searchBatch !== undefined };
    const { look, ...measured } = await measurePool(classifier, part.samples, part.labels, watched, next);
    return {
      ...measured,
      ...(look && !part.drawn && { look }),
      ...(run.test && { test: metrics((await classifier.look(run.test.samples)).probabilities, run.test.labels) }),
    };
  }

  function stopAfter(asked: readonly LearnedAnswer[]): Stop | undefined {
    if (watched) states.push(stateAfter(asked));
    const spent = { by: "budget", because: `${Number(budget.spent.toFixed(2))} of ${run.budget} is spent, and nothing on offer costs as little as what is left` };
    return run.stopWhen?.(states) ?? (budget.done ? spent : undefined);
  }

  function stateAfter(asked: readonly LearnedAnswer[]): LearnedState {
    const told = asked.reduce((sum, { seconds = 0 }) => sum + seconds, states.at(-1)?.answerSeconds ?? 0);
    return {
      round,
      questions: records.length - 1,
      spent: budget.spent,
      seconds: secondsSoFar(),
      answerSeconds: told,
      asked,
      ...state,
      predicted: predictedClasses(probabilities!),
      unasked: uncertaintyOf(probabilities!, part.placesOf(knowledge.unshown())),
    };
  }
}
