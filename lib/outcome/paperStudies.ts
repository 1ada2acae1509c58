import type { Offer } from "../question/offer";
import { paperOffers } from "../question/paperOffers";

/** What the paper says about one of its five studies, as far as its results need it. */
export interface PaperStudy {
  readonly study: string;
  /** The data in words. */
  readonly source: string;
  readonly initial: number;
  readonly budget: number;
  readonly batchBudget: number;
  /** The questions ALMQ may ask: Class, All1, All2, All3, Any2, Any3. */
  readonly offers: readonly Offer[];
}

/**
 * The paper's five studies: sizes, costs and thresholds.
 *
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277, section 5
 */
export const paperStudies: readonly PaperStudy[] = [
  study("handwriting", "UCI handwritten digits", [150, 100, 5], [0.27, 0.32, 0.34, 0.28, 0.29]),
  study("har", "UCI human activity recognition", [200, 120, 12], [0.39, 0.47, 0.49, 0.43, 0.45]),
  study("mnist", "MNIST digits", [100, 200, 10], [0.3, 0.4, 0.43, 0.37, 0.4]),
  study("animal", "animal photographs", [100, 500, 50], [0.36, 0.42, 0.45, 0.375, 0.39]),
  study("tumor", "brain tumor MRI", [100, 300, 20], [0.48, 0.56, 0.6, 0.5, 0.52]),
];

type Five = readonly [number, number, number, number, number];

function study(name: string, source: string, [initial, budget, batchBudget]: readonly [number, number, number], [all1, all2, all3, any2, any3]: Five): PaperStudy {
  return { study: name, source, initial, budget, batchBudget, offers: paperOffers({ all: [all1, all2, all3], any: [any2, any3] }) };
}
