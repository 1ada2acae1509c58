/** `npm run outcomes`: imports the paper's own results, and summarises a study. */
import path from "node:path";
import { parseArgs } from "node:util";
import { importPaperResults } from "../outcome/importPaperResults";
import { downloadPaperResults } from "../outcome/paperResultFiles";
import { refuse } from "../runtime/refuse";
import { summarise } from "./outcomes/summarise";
import { runCommand } from "./runCommand";

const usage = `npm run outcomes -- import FOLDER --out FOLDER [--download]
                        summary FOLDER [--reach 0.9,0.92] [--margin 0.006] [--seed 1]`;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: "string" },
      download: { type: "boolean" },
      reach: { type: "string" },
      margin: { type: "string" },
      seed: { type: "string" },
    },
  });
  const [verb, folder, ...more] = positionals;
  if ((verb === "import" || verb === "summary") && !folder) refuse("outcomes", `a folder after ${verb}: ${usage}`, "nothing");
  if ((verb !== "import" && verb !== "summary") || !folder || more.length > 0) return refuse("outcomes", usage, positionals.join(" ") || "nothing");
  const { out, download, reach, margin, seed } = values;
  const others = Object.entries(verb === "import" ? { reach, margin, seed } : { out, download }).filter(([, value]) => value !== undefined);
  if (others.length > 0) refuse("outcomes", usage, others.map(([name]) => `--${name} beside ${verb}`).join(", "));
  if (seed === "") refuse("outcomes", "a seed after --seed", "nothing");
  if (verb === "import") return importResults(folder, out || refuse("outcomes", "a folder after --out", "none"), download === true);
  summarise(folder, { targets: (reach ?? "0.9,0.92").split(",").map((text) => accuracy(text, "--reach")), margin: accuracy(margin ?? "0.006", "--margin"), seed: seed ?? "1" });
}

/** A number above 0 and at most 1. */
function accuracy(text: string, option: string): number {
  const value = text.trim() === "" ? NaN : Number(text);
  return value > 0 && value <= 1 ? value : refuse("outcomes", `${option} above 0 and at most 1`, text === "" ? "nothing" : text);
}

async function importResults(from: string, out: string, download: boolean): Promise<void> {
  if (download) await downloadPaperResults(from, (name) => console.log(`downloading ${name}`));
  for (const { study, replicates, folder, losses } of importPaperResults(from, out, (warning) => console.warn(warning))) {
    for (const loss of losses) console.warn(loss);
    console.log(`${study}: ${replicates} replicates in ${path.relative(process.cwd(), folder) || "."}`);
  }
}

runCommand(main, usage);
