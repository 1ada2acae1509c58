import { version } from "../../package.json";
import type { Dataset } from "../dataset/dataset";
import { randomInitialSet } from "../dataset/initialSet";
import { backend } from "../model/backend";
import { activeLearning } from "../loop/activeLearning";
import { labelOracle } from "../oracle/labelOracle";
import { metrics } from "../probability/metrics";
import type { StudyIdentity } from "../outcome/outcomeFolder";
import { runName, type ReplicateOutcome, type RunOutcome } from "../outcome/record";
import { labeled } from "../question/question";
import { randomSource } from "../random/randomSource";
import type { Strategy } from "../selection/strategy";
import { refuse } from "../runtime/refuse";
import { fitCrowd } from "../training/fitCrowd";
import type { Fidelity } from "../training/fitSettings";
import type { SplitDataset, Study } from "./study";

/** What of a study is run. */
export interface ReplicateSettings {
  readonly fidelity: Fidelity;
  /** Every random step follows from the seed and the number of the replicate. */
  readonly seed: number | string;
  /** Run names such as `"ALMQ+EE"`; default all of the study's. */
  readonly methods?: readonly string[];
  /** Called after every record, with the share of the replicate that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Runs one replicate: a split, an initial labeled set and a model fitted on it, shared by all runs; every method
 * with and without exploration (BADGE without); and one model fitted on the whole labeled pool.
 *
 * All runs go on at once, and their fits are trained together as a crowd.
 */
export async function runReplicate(study: Study, data: Dataset, replicate: number, settings: ReplicateSettings): Promise<ReplicateOutcome> {
  const { fidelity, seed } = settings;
  const random = randomSource(seed).split(study.name).split(`replicate ${replicate}`);
  const parts = study.split(data, fidelity, random.split("split"));
  const initial = randomInitialSet(parts.pool.labels, study.initial, random.split("initial")).map((sample) =>
    labeled(sample, parts.pool.labels[sample]!),
  );
  const fit = { ...study.fit, fidelity };
  const start = study.classifier(data, random.split("weights"));
  const plans = plannedRuns(study.strategies(fidelity), settings.methods);
  const progress = shareOf(plans.length * study.budget, settings.onProgress);

  const trainer = fitCrowd();
  const wanted = fidelity === "corrected" || study.full !== "first replicate" || replicate === 0;
  const whole = wanted ? fitWholePool() : undefined;
  await trainer.fit({ classifier: start, samples: parts.pool.samples, observations: initial, settings: fit, random: random.split("first fit") });
  const runs = await Promise.all(plans.map(run));
  const full = await whole;
  start.dispose();
  return { header: header(), runs };

  async function run({ strategy, exploration }: PlannedRun): Promise<RunOutcome> {
    const classifier = start.clone();
    let spent = 0;
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
        random: random.split(runName({ method: strategy.name, exploration })),
      });
    } finally {
      classifier.dispose();
    }
  }

  async function fitWholePool() {
    const classifier = study.classifier(data, random.split("full weights"));
    const observations = Array.from(parts.pool.labels, (label, sample) => labeled(sample, label));
    await trainer.fit({ classifier, samples: parts.pool.samples, observations, settings: fit, random: random.split("full fit") });
    const accuracy = async ({ samples, labels }: SplitDataset["pool"]) => metrics((await classifier.look(samples)).probabilities, labels).accuracy;
    const accuracies = { poolAccuracy: await accuracy(parts.pool), testAccuracy: await accuracy(parts.test) };
    classifier.dispose();
    return accuracies;
  }

  function header(): ReplicateOutcome["header"] {
    const offers = plans.map((plan) => [runName({ method: plan.strategy.name, exploration: plan.exploration }), plan.strategy.offers] as const);
    return { ...studyIdentity(study, data, settings), format: 1, replicate, ...madeWith(), offers: Object.fromEntries(offers), ...(full && { full }) };
  }
}

/** What all replicates of a study have in common. */
export function studyIdentity(study: Study, data: Pick<Dataset, "source" | "standIn">, settings: Omit<ReplicateSettings, "onProgress">): StudyIdentity {
  const { name, dataset, initial, budget, batchBudget, exploration, fit } = study;
  return {
    study: name,
    dataset,
    source: data.source,
    standIn: data.standIn,
    fidelity: settings.fidelity,
    seed: settings.seed,
    settings: { initial, budget, batchBudget, fit, exploration, ...(settings.methods && { methods: settings.methods }) },
  };
}

interface PlannedRun {
  readonly strategy: Strategy;
  readonly exploration: boolean;
}

/**
 * Every strategy with and without exploration; one that chooses batches has no use for it.
 *
 * @throws {InputError} when a method asked for is none of the study's
 */
export function plannedRuns(strategies: readonly Strategy[], methods?: readonly string[]): PlannedRun[] {
  const all = strategies.flatMap((strategy) => (strategy.searchBatch ? [false] : [true, false]).map((exploration) => ({ strategy, exploration })));
  if (methods === undefined) return all;
  const nameOf = ({ strategy, exploration }: PlannedRun) => runName({ method: strategy.name, exploration });
  const unknown = methods.find((name) => !all.some((run) => nameOf(run) === name));
  if (unknown !== undefined || methods.length === 0) refuse("runReplicate", `methods of ${all.map(nameOf).join(", ")}`, unknown ?? "none");
  return all.filter((run) => methods.includes(nameOf(run)));
}

function shareOf(total: number, report: ((share: number) => void) | undefined): (amount: number) => void {
  let done = 0;
  return (amount) => report?.(Math.min(1, (done += amount) / total));
}

function madeWith(): Pick<ReplicateOutcome["header"], "versions" | "backend"> {
  const { name, tensorflow, tfjs } = backend();
  return { versions: { almq: version, tensorflow, tfjs, node: process.versions.node }, backend: name };
}
