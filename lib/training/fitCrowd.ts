import { refuse } from "../runtime/refuse";
import { turn } from "../runtime/turn";
import { Fitting } from "./fitting";
import type { FitReport, FitRequest, Trainer } from "./fitSettings";
import { stepTogether } from "./stepTogether";

/** How a crowd is fitted. */
export interface FitCrowdOptions {
  /** At most so many models take a step together, ≥ 1. Default 64. */
  readonly members?: number;
}

interface Member {
  readonly fitting: Fitting;
  readonly architecture: string;
  finish(report: FitReport): void;
  fail(error: unknown): void;
}

/** The event loop gets a turn after so many milliseconds. */
const slice = 25;

/**
 * A trainer that steps all fits that wait at the same time together, as one batched graph.
 *
 * Start many runs at once and hand them all the same trainer; each awaits its own fits. A model that has finished leaves the crowd
 * and the fit its run asks for next takes its place. What a fit learns does not depend on who else is in the crowd:
 * bit for bit where TensorFlow multiplies and convolves with oneDNN (x86), by one thread or too little to be shared by several, to
 * rounding elsewhere.
 * Between steps the event loop gets its turn, so a notebook stays alive.
 *
 * @example
 * const trainer = fitCrowd();
 * const samples = floatSamples(Float32Array.of(0, 1), [1]);
 * const observations = [labeled(0, 0), labeled(1, 1)];
 * const settings: FitSettings = { epochs: 3, batchSize: 2, learningRate: 0.01, fidelity: "corrected" };
 * const fits = [1, 2, 3].map((seed) => {
 *   const classifier = logistic({ inputs: 1, classes: 2, random: randomSource(seed) });
 *   return trainer.fit({ classifier, samples, observations, settings, random: randomSource(seed) });
 * });
 * (await Promise.all(fits)).length // 3
 */
export function fitCrowd({ members = 64 }: FitCrowdOptions = {}): Trainer {
  if (!Number.isInteger(members) || members < 1) refuse("fitCrowd", "at least one member", members);
  const crowd: Member[] = [];
  let stepping = false;
  const stepAll = async (): Promise<void> => {
    while (crowd.length > 0) {
      await turn(); // runs whose fit has just finished ask for their next one here
      stepUntilOneIsDone(crowd, members);
    }
    stepping = false;
  };
  const fit = (request: FitRequest): Promise<FitReport> =>
    new Promise((finish, fail) => {
      const fitting = new Fitting(request);
      crowd.push({ fitting, architecture: fitting.network.architecture, finish, fail });
      if (!stepping) {
        stepping = true;
        void stepAll();
      }
    });
  return { fit };
}

/** Fits classifiers one after the other. */
export const fitAlone: Trainer = fitCrowd({ members: 1 });

/** Steps the fits that have waited longest, of one architecture, until one is done or the event loop is due. */
function stepUntilOneIsDone(crowd: Member[], members: number): void {
  const [eldest] = crowd;
  const group = crowd.filter(({ architecture }) => architecture === eldest!.architecture).slice(0, eldest!.fitting.network.fittedAlone ? 1 : members);
  const began = performance.now();
  try {
    while (group.every(({ fitting }) => !fitting.done) && performance.now() - began < slice) stepTogether(group.map(({ fitting }) => fitting));
  } catch (error) {
    for (const member of group) leave(crowd, member).fail(error);
    return;
  }
  for (const member of group) {
    const { done, failure, report } = member.fitting;
    if (failure !== undefined) leave(crowd, member).fail(failure);
    else if (done) leave(crowd, member).finish(report);
  }
}

function leave(crowd: Member[], member: Member): Member {
  return crowd.splice(crowd.indexOf(member), 1)[0]!;
}
