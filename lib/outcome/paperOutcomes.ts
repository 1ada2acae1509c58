import { classOffer, offerName } from "../question/offer";
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

/** A result file holds whole runs, and does not say what ended them. */
const stopped = { by: "not recorded", because: "the paper's code kept the run when it was over" };

/**
 * Reads the paper's result files of one study (`result0.pkl`, `result1.pkl`, …): lists of replicates,
 * each a list of 15 PyTorch tensors. Nothing in them is executed.
 *
 * The files keep the kind of every question, not its samples or class; neither seeds nor versions.
 *
 * @param name `"handwriting"`, `"har"`, `"mnist"`, `"animal"` or `"tumor"`
 * @param files in the order of their numbers
 * @throws {InputError} when a file holds anything else
 */
export function paperOutcomes(name: string, files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): ReplicateOutcome[] {
  const study = paperStudies.find((one) => one.study === name) ?? refuse("paperOutcomes", paperStudies.map((one) => one.study).join(", "), name);
  return files.flatMap((file) => replicates(file)).map((tensors, replicate) => outcome(study, tensors, replicate));
}

function replicates(file: { readonly name: string; readonly bytes: Uint8Array }): TorchTensor[][] {
  const { value, end } = unpickle(file.bytes, { constructors: torchTensors(file.name), name: file.name });
  if (end !== file.bytes.length) refuse("paperOutcomes", "one pickle", `${file.bytes.length - end} bytes after it`, file.name);
  if (!is(value, "list")) return refuse("paperOutcomes", "a list of replicates", "another value", file.name);
  if (value.items.length === 0) refuse("paperOutcomes", "at least one replicate", "an empty list", file.name);
  return value.items.map((replicate, number) => {
    const where = `replicate ${number} of ${file.name}`;
    if (!is(replicate, "list") || replicate.items.length !== runs.length + 2) return refuse("paperOutcomes", `a list of ${runs.length + 2} tensors`, "another value", where);
    return replicate.items.map((item, i) => asTensor(item) ?? refuse("paperOutcomes", "a tensor", "another value", `item ${i} of ${where}`));
  });
}

function outcome(study: PaperStudy, tensors: readonly TorchTensor[], replicate: number): ReplicateOutcome {
  const [pool, test] = tensors.slice(runs.length).map((tensor, i) => metricsAt(tensor.values, 0, `Full ${i}, replicate ${replicate}`));
  const full = { poolAccuracy: pool!.accuracy, testAccuracy: test!.accuracy };
  const made = runs.map((run, i): RunOutcome => ({ ...run, records: records(study, tensors[i]!, `${runName(run)}, replicate ${replicate}`), stopped }));
  return { header: { ...header(study), replicate, full }, runs: made };
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
    seed: "not recorded",
    settings: { initial, budget, batchBudget },
    versions: { torch: "not recorded" },
    backend: "torch",
    offers: Object.fromEntries(offered),
  };
}

/** A row: 5 pool metrics, spent, kind of question, answer, 5 test metrics and, but for BADGE, 6 scores (of which baselines use one). */
function records({ offers }: PaperStudy, { shape, values }: TorchTensor, where: string): OutcomeRecord[] {
  const [rows = 0, columns = 0] = shape;
  if (shape.length !== 2 || (columns !== 13 && columns !== 19)) refuse("paperOutcomes", "13 or 19 columns", shape.join(" × "), where);
  const almq = where.startsWith("ALMQ");
  return Array.from({ length: rows }, (_, step) => {
    const row = values.subarray(step * columns, (step + 1) * columns);
    const here = `step ${step} of ${where}`;
    const state = { step, spent: row[5]!, pool: metricsAt(row, 0, here), test: metricsAt(row, 8, here) };
    if (step === 0) return state;
    const offer = offers[row[6]!] ?? refuse("paperOutcomes", `a kind of question from 0 to ${offers.length - 1}`, row[6], here);
    const answer = offer.kind === "class" ? row[7]! : row[7] === 1 ? "yes" : row[7] === 0 ? "no" : refuse("paperOutcomes", "an answer 0 or 1", row[7], here);
    const scores = columns === 19 ? { scores: Array.from(row.subarray(13, almq ? 19 : 14)) } : {};
    return { ...state, asked: offerName(offer), answer, ...scores };
  });
}

function metricsAt(values: ArrayLike<number>, at: number, where: string): Metrics {
  const [accuracy, crossEntropy, entropy, variance, leastConfidence] = Array.from({ length: 5 }, (_, i) => values[at + i] ?? NaN);
  if (!(accuracy! >= 0 && accuracy! <= 1)) refuse("paperOutcomes", "an accuracy from 0 to 1", accuracy, where);
  return { accuracy: accuracy!, crossEntropy: crossEntropy!, entropy: entropy!, variance: variance!, leastConfidence: leastConfidence! };
}

function pair(method: string): { method: string; exploration: boolean }[] {
  return [true, false].map((exploration) => ({ method, exploration }));
}
