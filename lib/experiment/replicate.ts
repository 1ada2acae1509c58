import type { Dataset } from "../dataset/dataset";
import { randomInitialSet } from "../dataset/initialSet";
import { Network } from "../model/network";
import { activeLearning } from "../loop/activeLearning";
import type { Checkpoint, RunState } from "../loop/checkpoint";
import { labelOracle } from "../oracle/labelOracle";
import { metrics } from "../probability/metrics";
import { madeWith } from "../outcome/madeWith";
import type { StudyIdentity } from "../outcome/studyIdentity";
import { runName, type ReplicateOutcome, type RunOutcome } from "../outcome/record";
import { labeled } from "../question/question";
import { randomSource } from "../random/randomSource";
import type { Strategy } from "../selection/strategy";
import { refuse } from "../runtime/refuse";
import { fitCrowd } from "../training/fitCrowd";
import type { Fidelity, FitRequest, Trainer } from "../training/fitSettings";
import type { SplitDataset, Study } from "./study";

/** What of a study is run. */
export interface ReplicateSettings {
  readonly fidelity: Fidelity;
  /** Every random step follows from the seed and the number of the replicate. */
  readonly seed: number | string;
  /** Run names such as `"ALMQ+EE"`; default all of the study's. */
  readonly methods?: readonly string[];
  /** Where the replicate keeps, under these names, what it needs to go on after its process has ended. Default: nowhere. */
  readonly checkpoint?: <State>(name: string) => Checkpoint<State>;
  /** Fits the models. Default a crowd, which steps those of all runs together; `fitAlone` fits one after the other. */
  readonly trainer?: Trainer;
  /** Called after every record, with the share of the replicate that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Runs one replicate: a split, an initial labeled set and a model fitted on it, shared by all runs; every method
 * with and without exploration (BADGE without); and one model fitted on the whole labeled pool.
 *
 * All runs go on at once, and their fits are trained together as a crowd; networks that do not step together take turns,
 * which needs less memory, and the one for the whole pool comes last.
 */
export async function runReplicate(study: Study, data: Dataset, replicate: number, settings: ReplicateSettings): Promise<ReplicateOutcome> {
  const { fidelity, seed } = settings;
  const ofStudy = randomSource(seed).split(study.name);
  const random = ofStudy.split(`replicate ${replicate}`);
  const drawn = study.sharedStart?.(fidelity) === true ? ofStudy : random;
  const parts = study.split(data, fidelity, drawn.split("split"));
  const initialSet = study.initialSet ?? randomInitialSet;
  const initial = labelsOf(initialSet(parts.pool.labels, study.initial, drawn.split("initial")));
  const fit = { ...study.fit, fidelity };
  const start = await study.classifier(data, random.split("weights"), fidelity);
  const plans = plannedRuns(study.strategies(fidelity), settings.methods);
  const progress = shareOf(plans.length * study.budget, settings.onProgress);

  const crowd = settings.trainer ?? fitCrowd();
  const trainer = study.refit === "begins afresh" ? { fit: fitAfresh } : crowd;
  const inTurn = start instanceof Network && start.fittedAlone;
  const wanted = fidelity === "corrected" || study.full !== "first replicate" || replicate === 0;
  const whole = wanted && !inTurn ? kept("Full", fitWholePool) : undefined;
  whole?.catch(() => {}); // told below
  start.restore(await kept("start", fitFirst));
  const runs = await (inTurn ? oneByOne(plans, run) : Promise.all(plans.map(run)));
  const full = await (wanted && inTurn ? kept("Full", fitWholePool) : whole);
  start.dispose();
  return { header: header(), runs };

  /** What was made in an earlier process, or is made now. */
  async function kept<T>(name: string, make: () => Promise<T>): Promise<T> {
    const checkpoint = settings.checkpoint?.<T>(name);
    const found = checkpoint?.read();
    if (found !== undefined) return found;
    const made = await make();
    checkpoint?.write(made);
    return made;
  }

  async function fitFirst() {
    await trainer.fit({ classifier: start, samples: parts.pool.samples, observations: initial, settings: fit, random: random.split("first fit") });
    return start.weights({ frozen: false });
  }

  async function run(plan: PlannedRun): Promise<RunOutcome> {
    const { strategy, exploration } = plan;
    const classifier = start.clone();
    let spent = 0;
    const checkpoint = settings.checkpoint?.<RunState>(nameOf(plan));
    try {
      return await activeLearning({
        pool: parts.pool.samples,
        labels: parts.pool.labels,
        test: parts.test,
        classifier,
        oracle: labelOracle(parts.pool.labels, data.classes.length),
        strategy,
        initial,
        fitted: true,
        budget: study.budget,
        batchBudget: study.batchBudget,
        ...(exploration && { exploration: study.exploration }),
        fit,
        trainer,
        onRecord: (record) => {
          progress(record.spent - spent);
          spent = record.spent;
        },
        ...(checkpoint && { checkpoint }),
        random: random.split(nameOf(plan)),
      });
    } finally {
      classifier.dispose();
    }
  }

  async function fitAfresh(request: FitRequest) {
    const fresh = await study.classifier(data, request.random.split("fresh weights"), fidelity);
    request.classifier.restore(fresh.weights({ frozen: false }));
    fresh.dispose();
    return crowd.fit(request);
  }

  function labelsOf(samples: Iterable<number>) {
    return Array.from(samples, (sample) => labeled(sample, parts.pool.labels[sample]!));
  }

  async function fitWholePool() {
    const classifier = await study.classifier(data, random.split("full weights"), fidelity);
    const { labels } = parts.pool;
    const fewer = study.full === "as many labels" && study.initial + study.budget < labels.length;
    const observations = labelsOf(fewer ? randomInitialSet(labels, study.initial + study.budget, random.split("full labels")) : labels.keys());
    await trainer.fit({ classifier, samples: parts.pool.samples, observations, settings: fit, random: random.split("full fit") });
    const accuracy = async ({ samples, labels }: SplitDataset["pool"]) => metrics((await classifier.look(samples)).probabilities, labels).accuracy;
    const accuracies = { poolAccuracy: await accuracy(parts.pool), testAccuracy: await accuracy(parts.test) };
    classifier.dispose();
    return accuracies;
  }

  function header(): ReplicateOutcome["header"] {
    const offers = plans.map((plan) => [nameOf(plan), plan.strategy.offers] as const);
    return { ...studyIdentity(study, data, settings), format: 2, replicate, ...madeWith(), offers: Object.fromEntries(offers), ...(full && { full }) };
  }
}

/** What all replicates of a study have in common. */
export function studyIdentity(study: Study, data: Pick<Dataset, "source" | "standIn">, settings: Omit<ReplicateSettings, "onProgress" | "checkpoint" | "trainer">): StudyIdentity {
  const { name, dataset, initial, budget, batchBudget, exploration, fit, refit, weights, quick } = study;
  return {
    study: name,
    dataset,
    source: data.source,
    standIn: data.standIn,
    fidelity: settings.fidelity,
    seed: String(settings.seed), // 1 and "1" draw the same numbers
    settings: { initial, budget, batchBudget, fit, exploration, ...(refit && { refit }), ...(quick && { quick }), ...(weights && { weights: weights(data) }), ...(settings.methods && { methods: settings.methods }) },
  };
}

interface PlannedRun {
  readonly strategy: Strategy;
  readonly exploration: boolean;
}

function nameOf({ strategy, exploration }: PlannedRun): string {
  return runName({ method: strategy.name, exploration });
}

/**
 * Every strategy with and without exploration; one that chooses batches has no use for it.
 *
 * @throws {InputError} when a method asked for is none of the study's, or asked for twice
 */
export function plannedRuns(strategies: readonly Strategy[], methods?: readonly string[]): PlannedRun[] {
  const all = strategies.flatMap((strategy) => (strategy.searchBatch ? [false] : [true, false]).map((exploration) => ({ strategy, exploration })));
  if (methods === undefined) return all;
  const wrong = methods.find((name, at) => !all.some((run) => nameOf(run) === name) || methods.indexOf(name) < at);
  if (wrong !== undefined || methods.length === 0) refuse("runReplicate", `methods of ${all.map(nameOf).join(", ")}, each once`, wrong ?? "none");
  return all.filter((run) => methods.includes(nameOf(run)));
}

async function oneByOne<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<U[]> {
  const done: U[] = [];
  for (const item of items) done.push(await work(item));
  return done;
}

function shareOf(total: number, report: ((share: number) => void) | undefined): (amount: number) => void {
  let done = 0;
  return (amount) => report?.(Math.min(1, (done += amount) / total));
}
