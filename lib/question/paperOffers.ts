import { allOffer, anyOffer, classOffer, type Offer } from "./offer";

/** What All of 1, 2, 3 and Any of 2, 3 samples cost, when one label costs 1. */
export interface QuestionCosts {
  readonly all: readonly [number, number, number];
  readonly any: readonly [number, number];
}

/**
 * The six questions that the paper's method chooses between, with its screening thresholds:
 * Class, All of 1, 2 and 3 samples, Any of 2 and 3.
 *
 * @example
 * paperOffers({ all: [0.27, 0.32, 0.34], any: [0.28, 0.29] }).map(offerName)
 * // ["Class", "All1", "All2", "All3", "Any2", "Any3"]
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277, section 5
 */
export function paperOffers({ all, any }: QuestionCosts): readonly Offer[] {
  return [
    classOffer({ cost: 1, threshold: 0.1 }),
    allOffer({ size: 1, cost: all[0], threshold: 0.4 }),
    allOffer({ size: 2, cost: all[1], threshold: 0.5 }),
    allOffer({ size: 3, cost: all[2], threshold: 0.5 }),
    anyOffer({ size: 2, cost: any[0], threshold: 0.5 }),
    anyOffer({ size: 3, cost: any[1], threshold: 0.5 }),
  ];
}
