import { offerName } from "../../question/offer";
import { refuse } from "../../runtime/refuse";
import { hasEnded } from "../hasEnded";
import { meanAndSd } from "../meanAndSd";
import { askedName, runName, type OutcomeRecord, type ReplicateOutcome } from "../record";

/** What one kind of question cost a run, and what its answers told. Numbers are means over replicates. */
export interface QuestionSpending {
  /** `"Class"`, `"All2"`, … */
  readonly question: string;
  readonly asked: number;
  /** Samples that were shown in it. */
  readonly shown: number;
  /** Budget paid for it. */
  readonly paid: number;
  /** Share of all that was paid, from 0 to 1. */
  readonly paidShare: number;
  /** Samples whose class the answers tell: one per Class question, every sample shown in All answered yes. */
  readonly labels: number;
}

/**
 * Where a run's money went, question by question, up to a budget: for instance the one at which it reached an accuracy.
 *
 * @param run which one, e.g. `{ method: "ALMQ", exploration: true }`
 * Replicates count in which the run came so far, or to its end.
 *
 * @param budget questions paid by then are counted, ≥ 0; default all
 * @throws {InputError} when no replicate has such a run
 */
export function questionSpending(outcomes: readonly ReplicateOutcome[], run: { readonly method: string; readonly exploration: boolean }, budget = Infinity): QuestionSpending[] {
  const name = runName(run);
  const made = outcomes.flatMap(({ header, runs }) => runs.filter((one) => runName(one) === name && (hasEnded(one, header.settings.budget) || one.records.at(-1)!.spent > budget)).map(({ records }) => purchases(records, budget)));
  if (made.length === 0) refuse("questionSpending", "outcomes of the run", "none", name);
  const offers = outcomes.find(({ header }) => header.offers[name] !== undefined)?.header.offers[name] ?? [];
  const total = mean(made, (all) => sum(all, ({ paid }) => paid));
  return offers.map((offer) => {
    const question = offerName(offer);
    const of = (value: (purchase: Purchase) => number) => mean(made, (all) => sum(all.filter((one) => one.question === question), value));
    const asked = of(() => 1);
    const paid = of((purchase) => purchase.paid);
    const labels = of(({ answered }) => (answered === "yes" ? (offer.kind === "all" ? offer.size : 0) : answered === "a class" ? 1 : 0));
    return { question, asked, shown: asked * offer.size, paid, paidShare: total === 0 ? 0 : paid / total, labels };
  });
}

interface Purchase {
  readonly question: string | undefined;
  readonly paid: number;
  readonly answered: "a class" | "yes" | "something else";
}

function purchases(records: readonly OutcomeRecord[], budget: number): Purchase[] {
  const within = records.filter(({ spent }) => spent <= budget + 1e-6);
  return within.slice(1).map((record, i) => ({
    question: askedName(record),
    paid: record.spent - within[i]!.spent,
    answered: typeof record.answer === "number" ? "a class" : record.answer === "yes" ? "yes" : "something else",
  }));
}

function mean(runs: readonly (readonly Purchase[])[], value: (run: readonly Purchase[]) => number): number {
  return meanAndSd(runs.map(value)).mean;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
