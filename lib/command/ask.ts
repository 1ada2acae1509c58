#!/usr/bin/env node
/** `npx almq ask FOLDER --classes cat,dog`: asks about your own pictures or rows, in the browser. */
import { spawn } from "node:child_process";
import path from "node:path";
import { parseArgs } from "node:util";
import { writeAskResults } from "../experiment/person/askResults";
import { imageFolder, tableRows, type OwnData } from "../experiment/person/ownData";
import { personRun } from "../experiment/person/personRun";
import { answerFile } from "../oracle/person/answerFile";
import { startDesk } from "../oracle/person/desk";
import { startPersonServer } from "../oracle/person/personServer";
import { requireClasses } from "../oracle/person/requireClasses";
import { poolChecksum } from "../oracle/poolChecksum";
import { progressLine, type ProgressLine } from "../runtime/progressLine";
import { refuse } from "../runtime/refuse";
import { runCommand } from "./runCommand";

const usage = "npx almq ask FOLDER --classes cat,dog [--budget 40] [--out FOLDER] [--port 0] [--no-browser], or --csv FILE in place of FOLDER";
const help = `${usage}

Asks you about the pictures of a folder (PNG, JPEG, GIF), or the rows of a table of numbers with a header line, in the browser.
  --classes   what they can be: two or more names, with commas between them
  --budget    after how much it ends, in labels: what telling the class of one sample costs you (default 40)
  --out       where labels, answers, model and report are put (default FOLDER-answers)
  --port      of the page (default: any free one)
  --no-browser  only prints the address of the page
Stop it with Ctrl+C; the same command goes on where it was.`;
/** From so many pictures on it is shown how far they have been read. */
const many = 200;

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
  if (verb !== "ask" || positionals.length > 2 || (folder === undefined) === (values.csv === undefined) || values.classes === undefined) refuse("almq", usage, positionals.join(" ") || "nothing");
  const classes = values.classes.split(",").map((name) => name.trim());
  requireClasses("almq ask", classes);
  const source = path.resolve(values.csv ?? folder!);
  const out = path.resolve(values.out ?? `${source}-answers`);
  const budget = Number(values.budget);
  if (!(budget > 0 && budget < Infinity)) refuse("almq ask", "a budget above 0", values.budget);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) refuse("almq ask", "a port from 0 to 65535", values.port);
  const { pool, views, names } = values.csv === undefined ? await pictures(source, out) : tableRows(source, classes);

  const file = answerFile(path.join(out, "answers.jsonl"), { classes, samples: pool.count, pool: poolChecksum(pool) });
  if (file.count > 0) console.log(`${file.count} answers are there already: it goes on after them.`);
  const desk = startDesk(classes.length, file, 1500);
  const run = personRun({ pool, classes, budget, offerToStop: true }, desk, desk);
  const title = `${path.basename(source)}: ${pool.count} ${values.csv === undefined ? "pictures" : "rows"}`;
  const server = await startPersonServer({ title, classes, desk, views, progress: run.progress, port });
  console.log(`Questions at ${server.address}\nCtrl+C stops; the answers are kept, and the same command goes on.`);
  if (!values["no-browser"]) openBrowser(server.address);
  process.once("SIGINT", () => desk.end("Stopped. The answers are kept: the same command goes on after them."));
  try {
    const { stopped } = await run.start();
    const why = `${run.answered.length} questions answered: ${stopped.because}.`;
    desk.end(`${why} Labels, model and report are being written…`);
    await writeAskResults(out, names, classes, run, run.classifier.predict(pool).probabilities);
    desk.end(`${why} Labels, model and report are in ${out}.`);
    console.log(`${why}\n${path.relative(process.cwd(), out)}: labels.csv, answers.jsonl, model.json, report.md with curve.png and costs.png`);
  } catch (error) {
    if (!(error instanceof Error && error.name === "Stopped")) throw error;
    console.log(error.message);
  } finally {
    await new Promise((resolve) => setTimeout(resolve, 300)); // the page is told before its server goes
    await server.close();
    file.close();
  }
}

/** Reads a folder; the pictures of an earlier report in it are no samples. */
async function pictures(folder: string, except: string): Promise<OwnData> {
  let line: ProgressLine | undefined;
  const onRead = (read: number, of: number) => of >= many && (line ??= progressLine("reading pictures")).show(read / of, `${read} of ${of}`);
  try {
    return await imageFolder(folder, { except, onRead });
  } finally {
    line?.end();
  }
}

/** Opens the address in the browser of this machine, where there is one; it has been printed anyway. */
function openBrowser(address: string): void {
  const program = process.platform === "darwin" ? "open" : "xdg-open";
  spawn(program, [address], { stdio: "ignore", detached: true }).on("error", () => {}).unref();
}

runCommand(main, help);
