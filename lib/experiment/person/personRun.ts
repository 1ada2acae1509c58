import type { Samples } from "../../dataset/dataset";
import { sampleSize } from "../../dataset/sampleSize";
import { activeLearning } from "../../loop/activeLearning";
import type { LearnedBatch, OpenRun, Run } from "../../loop/run";
import { allOf } from "../../loop/stopping/anyOf";
import { expectedAnswers } from "../../loop/stopping/expectedAnswers";
import { lowUncertainty } from "../../loop/stopping/lowUncertainty";
import type { StoppingRule } from "../../loop/stopping/stoppingRule";
import type { Ended, OpenOutcome, OpenRecord } from "../../loop/runOutcome";
import type { MeasuredCost } from "../../loop/measuredCosts";
import type { Classifier } from "../../model/classifier";
import { logistic } from "../../model/logistic";
import type { Oracle } from "../../oracle/oracle";
import type { Desk } from "../../oracle/person/desk";
import type { Progress } from "../../oracle/person/progress";
import type { AnsweredQuestion } from "../../question/question";
import { drawWithoutReplacement } from "../../random/shuffle";
import { randomSource, type RandomSource } from "../../random/randomSource";
import type { ExplorationSettings } from "../../selection/exploration";
import type { Strategy } from "../../selection/strategy";
import type { FitSettings } from "../../training/fitSettings";
import { refuse } from "../../runtime/refuse";
import { almqStrategy } from "../paperStrategies";

/** What a person teaches, and how. */
export interface PersonRunOptions {
  /** Samples as the model sees them; for tables and flat images the default model is a logistic regression. */
  readonly pool: Samples;
  readonly classes: readonly string[];
  /** Cost that may be spent after the start, > 0, in labels. Default 40. */
  readonly budget?: number;
  /** Cost between two refits, > 0. Default 3. */
  readonly batchBudget?: number;
  /** Samples whose class is asked before there is a model, or what is known already. Default 2 per class, 10 to 40, at most half the pool. */
  readonly initial?: number | readonly AnsweredQuestion[];
  /** `"measured"` (default): questions cost the seconds they take. `"assumed"`: what the strategy says. */
  readonly costs?: "assumed" | "measured";
  /** Default: ALMQ with the costs of the paper's handwriting study. */
  readonly strategy?: Strategy;
  readonly exploration?: ExplorationSettings;
  /** Default: logistic regression. It learns in place. */
  readonly classifier?: Classifier;
  readonly fit?: FitSettings;
  /** Labeled samples to measure the model with. */
  readonly test?: NonNullable<Run["test"]>;
  /** Offer to stop when the model expected 18 of the last 20 answers and is 90 % sure of what was not asked at the mean. Default false. */
  readonly offerToStop?: boolean;
  /** Ends the session without asking whether to. Default: the budget alone does. */
  readonly stopWhen?: StoppingRule;
  /** Default: the same for everyone, so that a run can go on after a restart. */
  readonly random?: RandomSource;
}

/** A run with a person in it: what it knows, and how it goes. */
export interface PersonRun {
  readonly classifier: Classifier;
  /** What a page shows. */
  readonly progress: () => Progress;
  readonly records: readonly OpenRecord[];
  readonly costs: readonly MeasuredCost[];
  /** Everything that was answered, the start included. */
  readonly answered: readonly AnsweredQuestion[];
  /** Asks, learns and measures until the budget is spent or it is told to stop. */
  start(): Promise<Ended<OpenOutcome>>;
}

/** Costs of the paper's handwriting study: what is assumed until seconds are known. */
const assumedCosts = { all: [0.27, 0.32, 0.34], any: [0.28, 0.29] } as const;
const usualFit: FitSettings = { epochs: 100, batchSize: 64, learningRate: 5e-3, fidelity: "corrected" };
const lately = 20;
const learnedEnough = allOf(expectedAnswers({ last: lately, share: 0.9 }), lowUncertainty({ threshold: 0.1, measure: "leastConfidence" }));

/**
 * Prepares a run that begins without any label: the classes of some samples are asked first.
 *
 * @param oracle who answers
 * @param desk where it is offered to stop; default: nowhere
 * @throws {InputError} when a budget is none, or the pool is too small for the start
 */
export function personRun(options: PersonRunOptions, oracle: Oracle, desk?: Pick<Desk, "offerToStop">): PersonRun {
  const { pool, classes, budget = 40, batchBudget = 3, random = randomSource("almq") } = options;
  for (const amount of [budget, batchBudget]) if (!(amount > 0 && amount < Infinity)) refuse("person", "a finite budget above 0, in all and per batch", amount);
  const classifier = options.classifier ?? logistic({ inputs: sampleSize(pool.shape), classes: classes.length, random: random.split("weights") });
  const strategy = options.strategy ?? fitting(almqStrategy(assumedCosts, "corrected"), pool.count);
  const records: OpenRecord[] = [];
  const points: Progress["points"][number][] = [];
  const expected: boolean[] = [];
  const answered: AnsweredQuestion[] = [];
  let costs: readonly MeasuredCost[] = strategy.offers.map(({ kind, size, cost }) => ({ question: kind === "class" ? "Class" : `${kind === "all" ? "All" : "Any"}${size}`, answers: 0, assumed: cost, cost }));
  let nextOffer = lately;

  return {
    classifier,
    records,
    answered,
    get costs() {
      return costs;
    },
    progress: () => ({
      answered: answered.length,
      spent: points.at(-1)?.spent ?? 0,
      budget,
      points,
      expected: { right: count(expected), of: expected.length, ...(expected.length > lately && { lately: { right: count(expected.slice(-lately)), of: lately } }) },
      kinds: costs.filter(({ answers }) => answers > 0),
    }),
    async start() {
      const initial = typeof options.initial === "object" ? options.initial : await askInitial();
      const run: OpenRun = {
        pool,
        classifier,
        oracle,
        strategy,
        initial,
        budget,
        batchBudget,
        fit: options.fit ?? usualFit,
        costs: options.costs ?? "measured",
        ...(options.exploration && { exploration: options.exploration }),
        ...(options.test && { test: options.test }),
        ...(options.stopWhen && { stopWhen: options.stopWhen }),
        onRecord: (record) => void records.push(record),
        onBatch: learned,
        random: random.split("run"),
      };
      const ended = await activeLearning(run);
      return ended.stopped.by === "onBatch" ? { ...ended, stopped: { ...ended.stopped, because: "you said stop" } } : ended;
    },
  };

  /** Asks the class of random samples until the start has its number, or nothing is left to ask. */
  async function askInitial(): Promise<AnsweredQuestion[]> {
    const wanted = typeof options.initial === "number" ? options.initial : Math.min(40, Math.max(10, 2 * classes.length), Math.ceil(pool.count / 2));
    if (!Number.isInteger(wanted) || wanted < 1 || wanted >= pool.count) refuse("person", `1 to ${pool.count - 1} samples to begin with`, wanted);
    const order = drawWithoutReplacement(Int32Array.from({ length: pool.count }, (_, i) => i), pool.count, random.split("initial"));
    const known = () => answered.filter(({ answer }) => answer !== "cannot tell").length;
    for (let at = 0; known() < wanted && at < order.length; ) {
      const questions = order.slice(at, at + wanted - known()).map((sample) => ({ kind: "class", samples: [sample] }) as const);
      at += questions.length;
      const replies = await oracle.ask(questions);
      answered.push(...questions.map((question, i) => ({ question, answer: replies[i]!.answer })));
    }
    if (known() === 0) refuse("person", "a class of at least one sample", "none");
    return [...answered]; // what could not be told is not asked in the same way again
  }

  async function learned(batch: LearnedBatch): Promise<"stop" | void> {
    for (const { question, answer, expected: foreseen } of batch.asked) {
      answered.push({ question, answer });
      if (answer !== "cannot tell") expected.push(answer === foreseen);
    }
    costs = batch.costs;
    const recent = expected.slice(-lately);
    const accuracy = records.at(-1)?.test?.accuracy;
    points.push({ spent: batch.spent, ...(recent.length > 0 && { expected: count(recent) / recent.length }), ...(accuracy !== undefined && { accuracy }) });
    if (options.offerToStop !== true || desk === undefined || expected.length < nextOffer) return;
    const enough = learnedEnough(batch.states);
    if (enough === undefined) return;
    nextOffer = expected.length + lately;
    return (await desk.offerToStop(sentence(enough.because))) ? "stop" : undefined;
  }
}

/** Questions that a small pool can hold. */
function fitting(strategy: Strategy, samples: number): Strategy {
  return { ...strategy, offers: strategy.offers.filter(({ size }) => size <= samples) };
}

function count(of: readonly boolean[]): number {
  return of.filter(Boolean).length;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
