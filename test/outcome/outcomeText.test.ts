import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { outcomeColumns, outcomeText, parseOutcome, randomSource, writeOutcome, type ReplicateOutcome } from "almq";
import fc from "fast-check";
import { syntheticReplicate } from "./syntheticStudy";

const replicate = syntheticReplicate(7, randomSource(1));

test("outcomeText(outcome) is one header line, the columns, and one row per record", () => {
  const lines = outcomeText(replicate).split("\n");
  equal(JSON.parse(lines[0]!.slice(2)).study, "synthetic");
  equal(lines[1], outcomeColumns.join(","));
  equal(lines.length, 2 + replicate.runs.reduce((sum, run) => sum + run.records.length, 0) + 1);
  ok(lines.slice(2, -1).every((line) => line.split(",").length === outcomeColumns.length));
  deepEqual(lines.slice(2, -1).filter((line) => line.endsWith(",budget")), [lines.filter((line) => line.startsWith("ALMQ")).at(-1), lines.at(-2)]);
});

test("outcomeText(outcome) writes metrics only where they changed", () => {
  const rows = outcomeText(replicate).split("\n").filter((line) => line.startsWith("RA,")); // prettier-ignore
  const changed = rows.filter((row) => !row.includes(",,,,,,,,,,"));
  const models = new Set(replicate.runs[1]!.records.map(({ pool }) => pool));
  equal(changed.length, models.size);
});

test("outcomeText(outcome) read back gives the same records, and the same text again", () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.constantFrom("paper" as const, "corrected" as const), (seed, fidelity) => {
      const made = syntheticReplicate(seed, randomSource(seed), { fidelity });
      const text = outcomeText(made);
      const { outcome, loss } = parseOutcome(text, "a file");
      equal(loss, undefined);
      equal(outcomeText(outcome), text);
      deepEqual(withoutNumbers(outcome), withoutNumbers(made));
    }),
    { numRuns: 30 },
  );
});

test("parseOutcome(text) keeps six digits of every metric", () => {
  const read = parseOutcome(outcomeText(replicate), "a file").outcome;
  for (const [i, run] of replicate.runs.entries())
    for (const [j, record] of run.records.entries()) {
      const twin = read.runs[i]!.records[j]!;
      ok(Math.abs(twin.test!.accuracy - record.test!.accuracy) <= 5e-7);
      ok(Math.abs(twin.pool.crossEntropy - record.pool.crossEntropy) <= 5e-7);
      ok(Math.abs(twin.spent - record.spent) < 1e-7);
    }
});

test("parseOutcome(text) of a file cut anywhere gives its whole records and reports the loss", () => {
  const text = outcomeText(replicate);
  const start = text.indexOf("\n", text.indexOf("\n") + 1) + 1;
  for (const at of [start + 1, start + 40, Math.floor(text.length / 2), text.length - 1]) {
    const { outcome, loss } = parseOutcome(text.slice(0, at), "replicate-07.csv");
    const whole = text.slice(0, at).split("\n").length - 3;
    equal(outcome.runs.reduce((sum, run) => sum + run.records.length, 0), whole); // prettier-ignore
    match(loss!, /^replicate-07\.csv: the last line was cut after \d+ characters and is left out$/);
  }
});

test("parseOutcome(text) of rows of several runs in turn, as they are appended, sorts them by run", () => {
  const [header, columns, ...rows] = outcomeText(replicate).trimEnd().split("\n");
  const byStep = rows.map((row) => row.split(",")).sort((a, b) => Number(a[1]) - Number(b[1])).map((cells) => cells.join(",")); // prettier-ignore
  const mixed = [header, columns, ...byStep, ""].join("\n");
  deepEqual(parseOutcome(mixed, "a file").outcome, parseOutcome(outcomeText(replicate), "a file").outcome);
});

test("parseOutcome(text) refuses what is not an outcome, naming the line", () => {
  const text = outcomeText(replicate);
  const [header, columns, first, second] = text.split("\n") as [string, string, string, string];
  const refused = (lines: string[], pattern: RegExp) => throws(() => parseOutcome(`${lines.join("\n")}\n`, "f.csv"), pattern);
  refused(["a,b"], /expected # and one line of JSON, got a,b at f.csv, line 1/);
  refused([""], /got an empty line at f.csv, line 1/);
  refused([header.replace('"format":2', '"format":3'), columns], /expected format 1 or 2, got 3/);
  refused([header.replace('"format":2', '"format":1'), columns], /expected the columns run,.*,test_least_confidence, got run,.*,stopped at f.csv, line 2/);
  refused([header, columns, `${first}plateau`, second], /expected no more of ALMQ\+EE, which had stopped, got step 1 at f.csv, line 4/);
  refused([header.replace('"budget":10', '"budget":-1'), columns], /expected initial ≥ 0, budget > 0 and batchBudget > 0 as settings/);
  refused([header.replace('"standIn":true', '"standIn":"yes"'), columns], /expected true or false as standIn, got yes/);
  refused([header, "run,step"], /expected the columns run,step,.* at f.csv, line 2/);
  refused([header, columns, "RA,0,0"], /expected 19 cells, got 3 at f.csv, line 3/);
  refused([header, columns, first.replace(/,0,0,/, ",0,5,")], /expected 0 spent at step 0 of ALMQ\+EE, got 5 at f.csv, line 3/);
  refused([header, columns, second], /expected step 0 of ALMQ\+EE, got 1 at f.csv, line 3/);
  refused([header, columns, first, second.replace(/,(Class|All2|Any2),/, ",Maybe,")], /expected Class, All1, All2, … or Any1, Any2, …, got Maybe/);
  refused([header, columns, first.replace("0,0,", "0,zero,")], /expected a finite number, got zero/);
  refused([header, columns, first.replace(/,[^,]*,$/, ",,")], /expected a finite number, got an empty cell/);
  refused([header, columns, first.replace(/,[^,]*,/, ",0,").replace(",0,0,", ",0,NaN,")], /expected a finite number, got NaN/);
});

test("outcomeText(outcome) refuses numbers that are not finite and names that do not fit in a cell", () => {
  const [run] = replicate.runs as [ReplicateOutcome["runs"][number]];
  const [record] = run.records as [ReplicateOutcome["runs"][number]["records"][number]];
  const broken = (runs: ReplicateOutcome["runs"]) => () => outcomeText({ ...replicate, runs });
  throws(broken([{ ...run, records: [{ ...record, pool: { ...record.pool, entropy: NaN } }] }]), /expected finite numbers, got NaN at ALMQ\+EE, step 0, pool entropy/);
  throws(broken([{ ...run, method: "my method" }]), /a method's name without/);
  throws(broken([{ ...run, stopped: { by: "one, two", because: "of both" } }]), /expected a stopping rule's name without commas, .*, got one, two at ALMQ\+EE/);
});

test("outcomeText(outcome) is a table that danfojs reads", async () => {
  const { readCSV } = await import("danfojs-node");
  const folder = mkdtempSync(join(tmpdir(), "almq-danfo-"));
  const frame = await readCSV(writeOutcome(folder, replicate), { comments: "#" } as object); // danfojs knows the option, its types do not
  rmSync(folder, { recursive: true });
  deepEqual(frame.columns, outcomeColumns);
  const records = replicate.runs.flatMap((run) => run.records);
  deepEqual(frame.shape, [records.length, outcomeColumns.length]);
  deepEqual(frame.column("step").values, records.map(({ step }) => step)); // prettier-ignore
});

function withoutNumbers({ header, runs }: ReplicateOutcome) {
  const records = runs.map((run) => run.records.map(({ step, question, answer, scores }) => ({ step, question, answer, scores: scores?.length })));
  return { header, runs: runs.map(({ method, exploration }) => ({ method, exploration })), records };
}
