import type { Answer, Question } from "../question/question";
import { refuse } from "../runtime/refuse";
import { columnsOf, metricColumns } from "./outcomeText";
import { parseHeader } from "./parseHeader";
import type { Metrics, OutcomeHeader, OutcomeRecord, ReplicateOutcome, RunOutcome } from "./record";

/** A replicate read from text. */
export interface ParsedOutcome {
  readonly outcome: ReplicateOutcome;
  /** What could not be read, in words; absent when every byte was used. */
  readonly loss?: string;
}

/** What is lost, in words, when a text was cut before its first record: in the header or the names of the columns. */
export function headLoss(text: string, name: string): string | undefined {
  const lineEnds = text.split("\n", 3).length - 1;
  return lineEnds < 2 && (text === "" || text.startsWith("#")) ? `${name}: cut after ${text.length} characters, before the first record, and left out` : undefined;
}

/**
 * Reads a replicate from text that may have been cut: a last line without its end is left out and reported. A run whose last
 * row does not say why it stopped has no `stopped`. In format 1 no row does, and a run has stopped where nothing on offer
 * could be paid any more.
 *
 * @param name of the file, for errors
 * @throws {InputError} naming the line, when anything but the end of the text is not as `outcomeText` writes it, or the
 * text was cut before the first record
 */
export function parseOutcome(text: string, name: string): ParsedOutcome {
  if (headLoss(text, name) !== undefined) refuse("readOutcome", "a header and records", `a text cut after ${text.length} characters, before the first record,`, name);
  const lines = text.split(/\r?\n/);
  const cut = lines.pop()!; // what follows the last line's end: nothing, in a whole file
  const [first = "", columns = ""] = lines;
  const header = parseHeader(first, name);
  const wanted = columnsOf(header.format);
  if (columns !== wanted.join(",")) refuse("readOutcome", `the columns ${wanted.join(",")}`, columns, `${name}, line 2`);
  const runs = new Map<string, OutcomeRecord[]>();
  const stops = new Map<string, string>();
  for (let line = 2; line < lines.length; line++) {
    const cells = lines[line]!.split(",");
    const wrong = (expected: string, got: unknown): never => refuse("readOutcome", expected, got, `${name}, line ${line + 1}`);
    if (cells.length !== wanted.length) wrong(`${wanted.length} cells`, cells.length);
    if (stops.has(cells[0]!)) wrong(`no more of ${cells[0]}, which had stopped`, `step ${cells[1]}`);
    const records = runs.get(cells[0]!) ?? [];
    runs.set(cells[0]!, records);
    records.push(parseRecord(cells, records.at(-1), wrong));
    if (header.format !== 1 && cells.at(-1) !== "") stops.set(cells[0]!, cells.at(-1)!);
  }
  if (header.format === 1) for (const [run, records] of runs) if (paidUp(header, run, records.at(-1)!.spent)) stops.set(run, "budget");
  const outcome = { header, runs: [...runs].map(([run, records]) => named(run, records, stops.get(run))) };
  return cut === "" ? { outcome } : { outcome, loss: `${name}: the last line was cut after ${cut.length} characters and is left out` };
}

/** Whether nothing on offer can be paid any more: how the runs of format 1 ended. */
function paidUp({ offers, settings }: OutcomeHeader, run: string, spent: number): boolean {
  return offers[run]?.every(({ cost }) => spent + cost > settings.budget + 1e-6) === true;
}

function named(run: string, records: readonly OutcomeRecord[], by: string | undefined): RunOutcome {
  const exploration = run.endsWith("+EE");
  const stopped = by === undefined ? {} : { stopped: { by, because: `its records say so, at ${records.at(-1)!.spent} spent` } };
  return { method: exploration ? run.slice(0, -3) : run, exploration, records, ...stopped };
}

type Wrong = (expected: string, got: unknown) => never;

function parseRecord(cells: readonly string[], before: OutcomeRecord | undefined, wrong: Wrong): OutcomeRecord {
  const [run, stepText = "", spentText = "", asked = "", classText = "", samplesText = "", answerText = "", scoresText = ""] = cells;
  if (!/^[^\s+]+(\+EE)?$/.test(run!)) wrong("a run such as ALMQ+EE", run);
  const step = number(stepText, wrong);
  if (step !== (before?.step ?? -1) + 1) wrong(`step ${(before?.step ?? -1) + 1} of ${run}`, step);
  const spent = number(spentText, wrong);
  if (step === 0 && spent !== 0) wrong(`0 spent at step 0 of ${run}`, spent);
  if (!(spent >= (before?.spent ?? 0))) wrong(`at least the ${before?.spent ?? 0} spent before`, spent);
  const metrics = parseMetrics(cells.slice(firstMetric, firstMetric + metricColumns.length), before, wrong);
  if (step === 0) return asked === "" && answerText === "" ? { step, spent, ...metrics } : wrong("no question at step 0", asked);
  return {
    step,
    spent,
    ...parseQuestion(asked, classText, samplesText, wrong),
    answer: parseAnswer(answerText, asked, wrong),
    ...(scoresText === "" ? {} : { scores: scoresText.split(" ").map((score) => number(score, wrong)) }),
    ...metrics,
  };
}

function parseQuestion(asked: string, classText: string, samplesText: string, wrong: Wrong): { question: Question } | { asked: string } {
  const [, kind, sizeText] = /^(Class|All|Any)(\d*)$/.exec(asked) ?? wrong("Class, All1, All2, … or Any1, Any2, …", asked);
  const size = kind === "Class" && sizeText === "" ? 1 : index(sizeText!, wrong);
  if (samplesText === "" && classText === "") return { asked };
  const samples = samplesText.split(" ").map((sample) => index(sample, wrong));
  if (samples.length !== size) wrong(`${size} samples`, samples.length);
  if (kind !== "Class") return { question: { kind: kind === "All" ? "all" : "any", class: index(classText, wrong), samples } };
  return classText === "" ? { question: { kind: "class", samples: [samples[0]!] } } : wrong("no class beside a Class question", classText);
}

function parseAnswer(text: string, asked: string, wrong: Wrong): Answer {
  if (text === "cannot tell") return text;
  if (asked === "Class") return index(text, wrong);
  return text === "yes" || text === "no" ? text : wrong("yes, no or cannot tell", text);
}

/** The first column of metrics. */
const firstMetric = columnsOf(1).length - metricColumns.length;

/** Where the metrics of the pool and of the test set stand among the cells of metrics. */
const places = (set: "pool" | "test") => metricColumns.flatMap((column, place) => (column.set === set ? [{ metric: column.metric, place }] : []));
const metricPlaces = { pool: places("pool"), test: places("test") };

function parseMetrics(cells: readonly string[], before: OutcomeRecord | undefined, wrong: Wrong): { pool: Metrics; test?: Metrics } {
  if (before !== undefined && cells.every((cell) => cell === "")) return before.test === undefined ? { pool: before.pool } : { pool: before.pool, test: before.test };
  const pool = metricsOf("pool", cells, wrong);
  return metricPlaces.test.every(({ place }) => cells[place] === "") ? { pool } : { pool, test: metricsOf("test", cells, wrong) };
}

function metricsOf(set: "pool" | "test", cells: readonly string[], wrong: Wrong): Metrics {
  const metrics: Partial<Record<keyof Metrics, number>> = {};
  for (const { metric, place } of metricPlaces[set]) metrics[metric] = number(cells[place]!, wrong);
  const { accuracy } = metrics as Metrics;
  return accuracy >= 0 && accuracy <= 1 ? (metrics as Metrics) : wrong("accuracies from 0 to 1", accuracy);
}

function number(text: string, wrong: Wrong): number {
  const value = Number(text);
  return text.trim() !== "" && Number.isFinite(value) ? value : wrong("a finite number", text === "" ? "an empty cell" : text);
}

function index(text: string, wrong: Wrong): number {
  return /^\d+$/.test(text) ? Number(text) : wrong("a whole number of at least 0", text === "" ? "an empty cell" : text);
}
