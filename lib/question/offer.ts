import { refuse } from "../runtime/refuse";

/** A kind of question a run may ask, and what it costs. Make one with `classOffer`, `allOffer` or `anyOffer`. */
export interface Offer {
  readonly kind: "class" | "all" | "any";
  /** Samples shown in one question; 1 for Class. */
  readonly size: number;
  /** Price of one answer, > 0, in the unit of the budget. */
  readonly cost: number;
  /** Screening threshold: candidates must look at least this promising; −1 screens nothing. */
  readonly threshold: number;
}

/**
 * "Which class is this?" about one sample.
 *
 * @throws {InputError} when the cost is not positive and finite
 */
export function classOffer({ cost, threshold = 0.1 }: { cost: number; threshold?: number }): Offer {
  return offer("class", 1, cost, threshold);
}

/** "Are all of these `size` samples of the class?" */
export function allOffer({ size, cost, threshold = 0.5 }: { size: number; cost: number; threshold?: number }): Offer {
  return offer("all", size, cost, threshold);
}

/** "Is any of these `size` samples of the class?" */
export function anyOffer({ size, cost, threshold = 0.5 }: { size: number; cost: number; threshold?: number }): Offer {
  return offer("any", size, cost, threshold);
}

/** The short name of a kind of question: `"Class"`, `"All3"`, `"Any2"`. */
export function offerName({ kind, size }: Pick<Offer, "kind" | "size">): string {
  return kind === "class" ? "Class" : `${kind === "all" ? "All" : "Any"}${size}`;
}

function offer(kind: Offer["kind"], size: number, cost: number, threshold: number): Offer {
  const caller = `${kind}Offer`;
  if (!Number.isInteger(size) || size < 1) refuse(caller, "a size of at least 1", size);
  if (!(cost > 0 && cost < Infinity)) refuse(caller, "a finite cost above 0", cost);
  if (!(threshold >= -1 && threshold < 1)) refuse(caller, "a threshold from −1 to below 1", threshold);
  return { kind, size, cost, threshold };
}
