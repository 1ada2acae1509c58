#!/usr/bin/env node
/** `npx almq ask FOLDER --classes cat,dog`: asks about your own pictures or rows, in the browser. */
import { spawn } from "node:child_process";
import path from "node:path";
import { parseArgs } from "node:util";
import { writeAskResults } from "../experiment/person/askResults";
import { imageFolder, tableRows } from "../experiment/person/ownData";
import { personRun } from "../experiment/person/personRun";
import { answerFile } from "../oracle/person/answerFile";
import { startDesk } from "../oracle/person/desk";
import { startPersonServer } from "../oracle/person/personServer";
import { requireClasses } from "../oracle/person/requireClasses";
import { poolChecksum } from "../oracle/poolChecksum";
import { refuse } from "../runtime/refuse";

const usage = "npx almq ask FOLDER --classes cat,dog [--budget 40] [--out FOLDER] [--port 0] [--no-browser], or --csv FILE in place of FOLDER";

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      classes: { type: "string" },
      csv: { type: "string" },
      budget: { type: "string", default: "40" },
      out: { type: "string" },
      port: { type: "string", default: "0" },
      "no-browser": { type: "boolean", default: false },
    },
  });
  const [verb, folder] = positionals;
  if (verb !== "ask" || (folder === undefined) === (values.csv === undefined) || values.classes === undefined) refuse("almq", usage, positionals.join(" ") || "nothing");
  const classes = values.classes.split(",").map((name) => name.trim());
  requireClasses("almq ask", classes);
  const source = path.resolve(values.csv ?? folder!);
  const { pool, views, names } = values.csv === undefined ? imageFolder(source) : tableRows(source, classes);
  const out = path.resolve(values.out ?? `${source}-answers`);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) refuse("almq ask", "a port from 0 to 65535", values.port);

  const file = answerFile(path.join(out, "answers.jsonl"), { classes, samples: pool.count, pool: poolChecksum(pool) });
  if (file.count > 0) console.log(`${file.count} answers are there already: it goes on after them.`);
  const desk = startDesk(classes.length, file, 1500);
  const run = personRun({ pool, classes, budget: Number(values.budget), offerToStop: true }, desk, desk);
  const title = `${path.basename(source)}: ${pool.count} ${values.csv === undefined ? "pictures" : "rows"}`;
  const server = await startPersonServer({ title, classes, desk, views, progress: run.progress, port });
  console.log(`Questions at ${server.address}\nCtrl+C stops; the answers are kept, and the same command goes on.`);
  if (!values["no-browser"]) openBrowser(server.address);
  process.once("SIGINT", () => desk.end("Stopped. The answers are kept: the same command goes on after them."));
  try {
    await run.start();
    await writeAskResults(out, names, classes, run, run.classifier.predict(pool).probabilities);
    desk.end(`Labels, model and report are in ${out}.`);
    console.log(`${path.relative(process.cwd(), out)}: labels.csv, answers.jsonl, model.json, report.md with curve.png and costs.png`);
  } catch (error) {
    if (!(error instanceof Error && error.name === "Stopped")) throw error;
    console.log(error.message);
  } finally {
    await new Promise((resolve) => setTimeout(resolve, 300)); // the page is told before its server goes
    await server.close();
    file.close();
  }
}

/** Opens the address in the browser of this machine, where there is one; it has been printed anyway. */
function openBrowser(address: string): void {
  const program = process.platform === "darwin" ? "open" : "xdg-open";
  spawn(program, [address], { stdio: "ignore", detached: true }).on("error", () => {}).unref();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error && error.name === "InputError" ? error.message : error);
  process.exitCode = 1;
});
