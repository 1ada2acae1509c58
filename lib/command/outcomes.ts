/** `npm run outcomes`: imports the paper's own results, and summarises a study. */
import path from "node:path";
import { parseArgs } from "node:util";
import { tableText } from "../figure/table";
import { replicateCurves } from "../outcome/curves";
import { importPaperResults } from "../outcome/importPaperResults";
import { readOutcomes } from "../outcome/outcomeFolder";
import { downloadPaperResults } from "../outcome/paperResultFiles";
import { publishedCurves } from "../outcome/published";
import { costAnalysis } from "../outcome/statistics/budgetToReach";
import { compareRuns, compareWithPublished, runSummaries } from "../outcome/statistics/studySummary";
import { refuse } from "../runtime/refuse";
import { runCommand } from "./runCommand";

const usage = `npm run outcomes -- import FOLDER --out FOLDER [--download]
                        summary FOLDER [--reach 0.9,0.92] [--margin 0.006]`;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: "string" },
      download: { type: "boolean", default: false },
      reach: { type: "string", default: "0.9,0.92" },
      margin: { type: "string", default: "0.006" },
    },
  });
  const [verb, folder] = positionals;
  if (verb === "import" && folder !== undefined && values.out !== undefined) return importResults(folder, values.out, values.download);
  if (verb === "summary" && folder !== undefined) return summarise(folder, values.reach.split(",").map(Number), Number(values.margin)); // prettier-ignore
  refuse("outcomes", usage, positionals.join(" ") || "nothing");
}

async function importResults(from: string, out: string, download: boolean): Promise<void> {
  if (download) await downloadPaperResults(from, (name) => console.log(`downloading ${name}`));
  for (const { study, replicates, folder } of importPaperResults(from, out)) console.log(`${study}: ${replicates} replicates in ${path.relative(process.cwd(), folder)}`);
}

function summarise(folder: string, targets: readonly number[], margin: number): void {
  if (!targets.every((target) => target > 0 && target <= 1)) refuse("outcomes", "accuracies to reach, above 0 and at most 1", targets.join(", "));
  const { outcomes, losses } = readOutcomes(folder);
  const [first] = outcomes;
  if (first === undefined) return refuse("outcomes", "a folder with replicates", "none", folder);
  const { source, fidelity, dataset, standIn } = first.header;
  for (const loss of losses) console.warn(loss);
  const made = replicateCurves(outcomes);
  const flat = <T extends { readonly interval?: readonly [number, number] }>({ interval, ...rest }: T) => ({ ...rest, from: interval?.[0], to: interval?.[1] });
  const share = (value: number | undefined) => (value === undefined ? undefined : `${(100 * value).toFixed(0)} %`);
  section(`${source}, ${fidelity}: test accuracy at the end of the budget, and its mean over the budget`, tableText(runSummaries(made)));
  const interest = first.runs.find(({ method }) => method === "ALMQ");
  if (interest !== undefined && outcomes.length > 1) {
    const name = interest.exploration ? "ALMQ+EE" : "ALMQ";
    section(`${name} minus the others, replicate by replicate: 95 % interval, paired t-test, Cohen's d, Holm's correction`, tableText(compareRuns(made, name).map(flat)));
  }
  const costs = costAnalysis(made, targets).map((row) => ({ ...row, exploration: row.exploration ? "on" : "off", reached: share(row.reached), savedShare: share(row.savedShare) })); // prettier-ignore
  section("Budget to reach an accuracy, and what is saved against RA without exploration", tableText(costs));
  const published = standIn ? [] : compareWithPublished(made, publishedCurves(dataset), margin);
  if (published.length > 0) section(`Equal to the published mean but for ± ${margin}? (90 % interval; two one-sided tests)`, tableText(published.map(flat)));
}

function section(title: string, table: string): void {
  console.log(`\n${title}\n\n${table}`);
}

runCommand(main);
