import type { Classifier } from "../model/classifier";
import type { Committee } from "../model/committee";
import type { RandomSource } from "../random/randomSource";
import { fitAlone } from "./fitCrowd";
import type { FitReport, Trainer } from "./fitSettings";

/** How the members of a committee are made to differ. */
export interface FitCommitteeOptions {
  /** Fits the members, all at the same time. Default `fitAlone`; a crowd steps members of one architecture together. */
  readonly trainer?: Trainer;
  /** Give every member a bootstrap sample of the observations: as many, drawn with replacement. Default false: all of them. */
  readonly bagging?: boolean;
}

/**
 * A trainer that fits every member of a committee, each with random numbers of its own. Classifiers that are no committee are
 * fitted as ever, so that one trainer serves all runs.
 *
 * @returns a trainer; its report has the longest fit's epochs, the mean of the losses over the members still fitting, and tells
 * whether all stopped early
 * @example
 * const random = randomSource(1);
 * const samples = floatSamples(Float32Array.of(0, 1), [1]);
 * const classifier = committee([1, 2].map((seed) => logistic({ inputs: 1, classes: 2, random: random.split(seed) })));
 * const settings: FitSettings = { epochs: 3, batchSize: 2, learningRate: 0.01, fidelity: "corrected" };
 * const trainer = fitCommittee({ trainer: fitCrowd(), bagging: true });
 * const report = await trainer.fit({ classifier, samples, observations: [labeled(0, 0), labeled(1, 1)], settings, random });
 * report.epochs // 3
 * @see Breiman (1996), Bagging predictors; Abe, Mamitsuka (1998), Query learning strategies using boosting and bagging
 */
export function fitCommittee({ trainer = fitAlone, bagging = false }: FitCommitteeOptions = {}): Trainer {
  return {
    fit: async (request) => {
      const { classifier, observations, random } = request;
      if (!isCommittee(classifier)) return trainer.fit(request);
      const reports = classifier.members.map((member, i) => {
        const own = random.split(`member ${i + 1}`);
        const seen = bagging ? bootstrap(observations, own.split("bag")) : observations;
        return trainer.fit({ ...request, classifier: member, observations: seen, random: own });
      });
      return together(await Promise.all(reports));
    },
  };
}

function isCommittee(classifier: Classifier): classifier is Committee {
  return "members" in classifier;
}

function bootstrap<T>(items: readonly T[], random: RandomSource): T[] {
  return items.map(() => items[random.integer(items.length)]!);
}

function together(reports: readonly FitReport[]): FitReport {
  const epochs = Math.max(...reports.map((report) => report.epochs));
  const losses = Array.from({ length: epochs }, (_, epoch) => {
    const still = reports.flatMap((report) => report.losses[epoch] ?? []);
    return still.reduce((sum, loss) => sum + loss, 0) / still.length;
  });
  return { epochs, losses, stoppedEarly: reports.every((report) => report.stoppedEarly) };
}
