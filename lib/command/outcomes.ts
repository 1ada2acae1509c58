/** `npm run outcomes -- import FOLDER --out FOLDER`: the paper's own results in almq's format. */
import path from "node:path";
import { parseArgs } from "node:util";
import { importPaperResults } from "../outcome/importPaperResults";
import { downloadPaperResults } from "../outcome/paperResultFiles";
import { refuse } from "../runtime/refuse";

const usage = "npm run outcomes -- import FOLDER --out FOLDER [--download]";

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { out: { type: "string" }, download: { type: "boolean", default: false } } });
  const [verb, from] = positionals;
  if (verb !== "import" || from === undefined || values.out === undefined || positionals.length > 2) return refuse("outcomes", usage, positionals.join(" ") || "nothing");
  if (values.download) await downloadPaperResults(from, (name) => console.log(`downloading ${name}`));
  for (const { study, replicates, folder } of importPaperResults(from, values.out)) console.log(`${study}: ${replicates} replicates in ${path.relative(process.cwd(), folder)}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error && error.name === "InputError" ? error.message : error);
  process.exitCode = 1;
});
