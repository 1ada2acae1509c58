import type { Offer } from "../question/offer";
import { refuse } from "../runtime/refuse";
import { askedName, runName, type Metrics, type OutcomeHeader, type OutcomeRecord, type ReplicateOutcome, type RunOutcome } from "./record";

const metricNames = ["accuracy", "crossEntropy", "entropy", "variance", "leastConfidence"] as const satisfies readonly (keyof Metrics)[];

/** The metrics of a row, in the order of its columns. */
export const metricColumns = metricNames.flatMap((metric) => (["pool", "test"] as const).map((set) => ({ set, metric })));

/** The columns of an outcome file of format 1. */
const firstColumns = [
  "run", "step", "spent", "question", "class", "samples", "answer", "scores",
  ...metricColumns.map(({ set, metric }) => `${set}_${metric.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`),
]; // prettier-ignore

/** The columns of an outcome file. */
export const outcomeColumns = [...firstColumns, "stopped"];

/** The columns of an outcome file of a format. */
export function columnsOf(format: OutcomeHeader["format"]): readonly string[] {
  return format === 1 ? firstColumns : outcomeColumns;
}

/**
 * A replicate as text: `# ` and one line of JSON that says where it comes from, the names of the columns,
 * then one row per question (see `outcomeColumns`). Step 0 is the state before the first question. The last row of a run says
 * why it stopped; a run without such a row is unfinished.
 *
 * Lists (samples, scores) are separated by spaces. Metrics stand where they changed; an empty cell repeats
 * the row before it of the same run. Metrics keep 6 digits, scores 4. A cut or appended file stays readable row by row.
 *
 * @throws {InputError} for a number that is not finite, and a method's or a stopping rule's name that does not fit in a cell
 */
export function outcomeText({ header, runs }: ReplicateOutcome): string {
  const rows = runs.flatMap((run) => {
    if (!/^[^\s,+#"]+$/.test(run.method)) refuse("outcomeText", "a method's name without +, commas, spaces, quotes or #", run.method);
    const name = runName(run);
    let before = "";
    return run.records.map((record, i) => {
      const changed = metricCells(record, name);
      const cells = changed === before ? before.replace(/[^,]/g, "") : changed;
      before = changed;
      const stopped = header.format === 1 ? "" : `,${i === run.records.length - 1 ? stopCell(run, name) : ""}`;
      return `${questionCells(record, name)},${cells}${stopped}`;
    });
  });
  return [`# ${JSON.stringify(plainHeader(header))}`, columnsOf(header.format).join(","), ...rows, ""].join("\n");
}

function stopCell({ stopped }: RunOutcome, run: string): string {
  const { by } = stopped ?? { by: "" };
  return /^[^,"#\r\n]*$/.test(by) ? by : refuse("outcomeText", "a stopping rule's name without commas, quotes, # or line ends", by, run);
}

/** Offers carry only what describes them, so that equal studies have equal headers. */
function plainHeader(header: OutcomeHeader): OutcomeHeader {
  const plain = ({ kind, size, cost, threshold }: Offer) => ({ kind, size, cost, threshold });
  const offers = Object.entries(header.offers).map(([run, offered]) => [run, offered.map(plain)] as const);
  return { ...header, offers: Object.fromEntries(offers) };
}

function questionCells(record: OutcomeRecord, run: string): string {
  const { step, spent, question, answer, scores } = record;
  const where = `${run}, step ${step}`;
  const asked = question !== undefined && question.kind !== "class" ? question.class : "";
  return [
    run, step, digits(spent, 9, where), askedName(record) ?? "", asked, question?.samples.join(" ") ?? "", answer ?? "",
    scores?.map((score) => digits(score, 4, where)).join(" ") ?? "",
  ].join(","); // prettier-ignore
}

function metricCells(record: OutcomeRecord, run: string): string {
  return metricColumns
    .map(({ set, metric }) => {
      const values = record[set];
      return values === undefined ? "" : digits(values[metric], 6, `${run}, step ${record.step}, ${set} ${metric}`);
    })
    .join(",");
}

function digits(value: number, count: number, where: string): string {
  if (!Number.isFinite(value)) refuse("outcomeText", "finite numbers", value, where);
  return String(Number(value.toPrecision(count)));
}
