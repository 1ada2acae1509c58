/** `npm run conformance -- FILE`: compares almq's criteria with the numbers of a conformance file. */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { refuse } from "../runtime/refuse";
import { runCommand } from "./runCommand";
import { conform, type SectionReport } from "./conformance/conform";

const usage = "npm run conformance -- FILE   (its format: test/reference/README.md)";
/** Disagreements shown of one section; the rest are counted. */
const shown = 5;

function main(): void {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) refuse("conformance", `one file: ${usage}`, positionals.join(" ") || "none");
  const reports = conform(parsed(file));
  if (reports.every(({ outcome }) => outcome === "unknown")) refuse("conformance", "a section that almq knows (test/reference/README.md lists them)", reports.map(({ section }) => section).join(", ") || "none", file);
  for (const report of reports) describe(report);
  const count = (outcome: SectionReport["outcome"]) => reports.filter((report) => report.outcome === outcome).length;
  console.log(`${count("passed")} passed, ${count("failed")} failed`);
  if (count("failed") > 0) process.exitCode = 1;
}

function parsed(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    refuse("conformance", "a file to read", (error as Error).message, file);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    refuse("conformance", "JSON", (error as Error).message, file);
  }
}

function describe({ section, outcome, compared, disagreements, unknownFields }: SectionReport): void {
  console.log(`${outcome.padEnd(8)} ${section}${compared > 0 ? ` (${compared} compared)` : ""}`);
  for (const disagreement of disagreements.slice(0, shown)) console.log(`         ${disagreement}`);
  if (disagreements.length > shown) console.log(`         and ${disagreements.length - shown} more`);
  for (const field of unknownFields) console.log(`unknown  ${section}.${field}`);
}

runCommand(main, usage);
