import { datasetEntry } from "../dataset/registry/registry";
import { classOffer, offerName, type Offer } from "../question/offer";
import type { Answer } from "../question/question";
import { refuse } from "../runtime/refuse";
import { paperStudies, type PaperStudy } from "./paperStudies";
import { asTensor, torchTensors, type TorchTensor } from "./pickle/torchTensor";
import { is } from "./pickle/instructions";
import { unpickle } from "./pickle/unpickle";
import { runName, type Metrics, type OutcomeHeader, type OutcomeRecord, type ReplicateOutcome, type RunOutcome } from "./record";

/** The runs of a replicate in the order in which the paper's result files keep them; then come Full's pool and test metrics. */
const runs = [
  ...pair("ALMQ"), { method: "BADGE", exploration: false },
  ...pair("BALD"), ...pair("EN"), ...pair("VAR"), ...pair("LC"), ...pair("RA"),
]; // prettier-ignore

const notRecorded = "not recorded";

/** A run of which nothing on offer can be paid any more is whole; its file does not say what ended it. */
const stopped = { by: notRecorded, because: "nothing on offer can be paid any more" };

/** Whether a replicate is one of the paper's own. */
export function isPapersOwn({ seed, versions }: Pick<OutcomeHeader, "seed" | "versions">): boolean {
  return seed === notRecorded && versions.torch === notRecorded;
}

/** Prices and sums of them in single precision. */
const rounding = 1e-3;

/**
 * Reads the paper's result files of one study (`result0.pkl`, `result1.pkl`, …): lists of replicates,
 * each a list of 15 PyTorch tensors. Nothing in them is executed.
 *
 * The files keep the kind of every question, not its samples or class; neither seeds nor versions. A run that could still
 * pay for a question is unfinished.
 *
 * @param name `"handwriting"`, `"har"`, `"mnist"`, `"animal"` or `"tumor"`
 * @param files in the order of their numbers
 * @throws {InputError} when a file holds anything else: a question that the method does not ask or that cost another price,
 * a class that the data does not have, a number that is not finite; it names the file, replicate, run and step
 */
export function paperOutcomes(name: string, files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): ReplicateOutcome[] {
  const study = paperStudies.find((one) => one.study === name) ?? refuse("paperOutcomes", paperStudies.map((one) => one.study).join(", "), name, files[0]?.name);
  const found = files.flatMap((file) => replicates(file).map((tensors, i) => ({ tensors, where: `replicate ${i} of ${file.name}` })));
  return found.map(({ tensors, where }, replicate) => outcome(study, tensors, replicate, where));
}

function replicates(file: { readonly name: string; readonly bytes: Uint8Array }): TorchTensor[][] {
  const { value, end } = unpickle(file.bytes, { constructors: torchTensors(file.name, file.bytes.length), name: file.name });
  if (end !== file.bytes.length) refuse("paperOutcomes", "one pickle", `${file.bytes.length - end} bytes after it`, file.name);
  if (!is(value, "list")) return refuse("paperOutcomes", "a list of replicates", "another value", file.name);
  if (value.items.length === 0) refuse("paperOutcomes", "at least one replicate", "an empty list", file.name);
  return value.items.map((replicate, number) => {
    const where = `replicate ${number} of ${file.name}`;
    if (!is(replicate, "list") || replicate.items.length !== runs.length + 2) return refuse("paperOutcomes", `a list of ${runs.length + 2} tensors`, "another value", where);
    return replicate.items.map((item, i) => asTensor(item) ?? refuse("paperOutcomes", "a tensor", "another value", `item ${i} of ${where}`));
  });
}

function outcome(study: PaperStudy, tensors: readonly TorchTensor[], replicate: number, where: string): ReplicateOutcome {
  const [pool, test] = tensors.slice(runs.length).map((tensor, i) => metricsAt(tensor.values, 0, `Full ${i}, ${where}`));
  const full = { poolAccuracy: pool!.accuracy, testAccuracy: test!.accuracy };
  const about = header(study);
  const made = runs.map((run, i): RunOutcome => {
    const offers = about.offers[runName(run)]!;
    const made = records(study, run.method, offers, tensors[i]!, `${runName(run)}, ${where}`);
    const { spent } = made.at(-1)!;
    const goesOn = offers.some(({ cost }) => spent + cost <= study.budget - rounding);
    return { ...run, records: made, ...(goesOn ? {} : { stopped }) };
  });
  return { header: { ...about, replicate, full }, runs: made };
}

function header({ study, source, offers, initial, budget, batchBudget }: PaperStudy): Omit<OutcomeHeader, "replicate"> {
  const offered = runs.map((run) => [runName(run), run.method === "ALMQ" ? offers : [classOffer({ cost: 1 })]] as const);
  return {
    format: 2,
    study,
    dataset: study,
    source: `${source} (the paper's own results)`,
    standIn: false,
    fidelity: "paper",
    seed: notRecorded,
    settings: { initial, budget, batchBudget },
    versions: { torch: notRecorded },
    backend: "torch",
    offers: Object.fromEntries(offered),
  };
}

/** A row: 5 pool metrics, spent, kind of question, answer, 5 test metrics and, but for BADGE, 6 scores (of which baselines use one). */
function records(study: PaperStudy, method: string, offers: readonly Offer[], { shape, values }: TorchTensor, where: string): OutcomeRecord[] {
  const [rows = 0, columns = 0] = shape;
  const wanted = method === "BADGE" ? 13 : 19;
  if (shape.length !== 2 || rows < 1 || columns !== wanted) refuse("paperOutcomes", `rows of ${wanted} columns`, shape.join(" × "), where);
  let before = 0;
  return Array.from({ length: rows }, (_, step) => {
    const row = values.subarray(step * columns, (step + 1) * columns);
    const here = `step ${step} of ${where}`;
    const spent = row[5]!;
    const state = { step, spent, pool: metricsAt(row, 0, here), test: metricsAt(row, 8, here) };
    if (step === 0) return spent === 0 ? state : refuse("paperOutcomes", "0 spent at step 0", spent, here);
    const offer = offers[row[6]!] ?? refuse("paperOutcomes", `a kind of question ${offers.length > 1 ? `from 0 to ${offers.length - 1}` : "0, a Class question"}`, row[6], here);
    if (!(Math.abs(spent - before - offer.cost) <= rounding)) refuse("paperOutcomes", `${offer.cost} paid for ${offerName(offer)}`, spent - before, here);
    if (spent > study.budget + rounding) refuse("paperOutcomes", `at most the budget ${study.budget} spent`, spent, here);
    before = spent;
    const scores = Array.from(row.subarray(13, 13 + offers.length));
    if (!scores.every(Number.isFinite)) refuse("paperOutcomes", "finite scores", scores.join(" "), here);
    return { ...state, asked: offerName(offer), answer: answerOf(row[7]!, offer, study, here), ...(columns === 19 ? { scores } : {}) };
  });
}

function answerOf(value: number, { kind }: Offer, { study }: PaperStudy, where: string): Answer {
  if (kind !== "class") return value === 1 ? "yes" : value === 0 ? "no" : refuse("paperOutcomes", "an answer 0 or 1", value, where);
  const { length } = datasetEntry(study).classes;
  return Number.isInteger(value) && value >= 0 && value < length ? value : refuse("paperOutcomes", `a class from 0 to ${length - 1}`, value, where);
}

function metricsAt(values: ArrayLike<number>, at: number, where: string): Metrics {
  const [accuracy, crossEntropy, entropy, variance, leastConfidence] = Array.from({ length: 5 }, (_, i) => values[at + i] ?? NaN);
  if (!(accuracy! >= 0 && accuracy! <= 1)) refuse("paperOutcomes", "an accuracy from 0 to 1", accuracy, where);
  if (![crossEntropy, entropy, variance, leastConfidence].every(Number.isFinite)) refuse("paperOutcomes", "finite metrics", [crossEntropy, entropy, variance, leastConfidence].join(" "), where);
  return { accuracy: accuracy!, crossEntropy: crossEntropy!, entropy: entropy!, variance: variance!, leastConfidence: leastConfidence! };
}

function pair(method: string): { method: string; exploration: boolean }[] {
  return [true, false].map((exploration) => ({ method, exploration }));
}
