import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { crc32 } from "node:zlib";
import { randomSource } from "almq";
import { pngImage } from "../../lib/oracle/person/pngImage";
import { temporaryFolder } from "../dataset/temporaryFolder";
import { readAndAnswer } from "../experiment/person/reader";

const command = join(process.cwd(), ".build/lib/command/ask.js");
const classes = ["red", "blue"];

/** Pictures that are red or blue, with noise; every third lies in a folder of its own. */
function pictures(folder: string, count = 30): Int32Array {
  const random = randomSource("pictures");
  const names = Array.from({ length: count }, (_, i) => `${i % 3 === 0 ? "more/" : ""}${String(i).padStart(2, "0")}.png`);
  const drawn = new Map(names.map((name, i) => [name, i % 2]));
  mkdirSync(join(folder, "more"), { recursive: true });
  for (const [name, label] of drawn) {
    const pixels = Uint8Array.from({ length: 12 * 10 * 3 }, (_, at) => (at % 3 === (label ? 2 : 0) ? 200 : 60) + random.integer(50));
    writeFileSync(join(folder, name), pngImage(pixels, 12, 10, 3));
  }
  return Int32Array.from([...drawn.keys()].sort().map((name) => drawn.get(name)!));
}

/** How a command is answered: killed after so many answers, or where no file may grow beyond so many KiB. */
interface Limits {
  readonly answers?: number;
  readonly disk?: number;
}

/** Starts the command and answers its questions. */
async function ask(args: readonly string[], labels: Int32Array, { answers, disk }: Limits = {}): Promise<{ said: string; answered: number; code: number | null }> {
  const limited = disk === undefined ? "" : `ulimit -f ${disk}; `;
  const child = spawn("bash", ["-c", `${limited}exec "$@"`, "bash", process.execPath, command, "ask", ...args, "--no-browser"], { stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  child.stdout.on("data", (part: Buffer) => (said += part.toString()));
  const gone = new Promise<number | null>((resolve) => child.on("exit", resolve));
  while (!/Questions at (\S+)\n/.test(said) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
  const answered = await readAndAnswer(/Questions at (\S+)\n/.exec(said)![1]!, labels, classes, answers);
  if (answers !== undefined || disk !== undefined) child.kill("SIGKILL");
  return { answered, code: await gone, said };
}

test("almq ask FOLDER asks about pictures, goes on after it was killed, and writes labels, answers, model and report", { timeout: 100_000 }, async (context) => {
  const folder = join(temporaryFolder(context), "shapes");
  const labels = pictures(folder);
  const args = [folder, "--classes", "red,blue", "--budget", "2"];
  const first = await ask(args, labels, { answers: 7 });
  assert.equal(first.answered, 7);
  const second = await ask(args, labels);
  assert.equal(second.code, 0);
  assert.match(second.said, /7 answers are there already/);
  assert.match(second.said, new RegExp(`\\n${7 + second.answered} questions answered: .+[.]\\n`), "why it ended");
  const out = `${folder}-answers`;
  const lines = readFileSync(join(out, "answers.jsonl"), "utf8").trimEnd().split("\n").slice(1);
  assert.equal(lines.length, 7 + second.answered);
  assert.equal(new Set(lines.map((line) => JSON.stringify((JSON.parse(line) as { question: unknown }).question))).size, lines.length, "nothing was asked twice");
  const rows = readFileSync(join(out, "labels.csv"), "utf8").trimEnd().split("\n").map((row) => row.split(","));
  assert.deepEqual(rows[0], ["sample", "label", "probability", "labeled_by", "asked"]);
  const right = rows.slice(1).filter((row, i) => row[1] === classes[labels[i]!]).length;
  assert.equal(rows.length, 31);
  assert.ok(right >= 28, `${right} of 30 right`);
  assert.ok(rows.slice(1).every((row, i) => row[3] !== "person" || row[1] === classes[labels[i]!]));
  assert.deepEqual((JSON.parse(readFileSync(join(out, "model.json"), "utf8")) as { classes: string[] }).classes, classes);
  const report = readFileSync(join(out, "report.md"), "utf8");
  assert.match(report, /questions were answered/);
  for (const [, picture] of report.matchAll(/!\[.*\]\((.*)\)/g)) assert.equal(readFileSync(join(out, picture!)).subarray(1, 4).toString(), "PNG");
  const again = await ask(args, labels);
  assert.equal(again.answered, 0, "all is known: nothing is asked");
});

test("almq ask FOLDER loses no answer on a full disk, and goes on when there is room", { timeout: 100_000 }, async (context) => {
  const folder = join(temporaryFolder(context), "shapes");
  const labels = pictures(folder);
  const args = [folder, "--classes", "red,blue", "--budget", "2"];
  const full = await ask(args, labels, { disk: 1 });
  assert.ok(full.answered > 0 && full.answered < 10, `${full.answered} answers fit`);
  const kept = () => readFileSync(join(`${folder}-answers`, "answers.jsonl"), "utf8").trimEnd().split("\n").slice(1).map((line) => JSON.stringify((JSON.parse(line) as { question: unknown }).question));
  assert.equal(kept().length, full.answered, "whole lines, one per answer that was taken");
  const { code, said, answered } = await ask(args, labels);
  assert.equal(code, 0);
  assert.match(said, new RegExp(`${full.answered} answers are there already`));
  assert.equal(new Set(kept()).size, full.answered + answered);
});

test("almq ask --port PORT says that the port is in use", async (context) => {
  const folder = join(temporaryFolder(context), "shapes");
  pictures(folder, 4);
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  context.after(() => taken.close());
  const { port } = taken.address() as AddressInfo;
  const { status, stderr } = spawnSync(process.execPath, [command, "ask", folder, "--classes", "a,b", "--port", String(port), "--no-browser"], { encoding: "utf8", timeout: 20_000 });
  assert.equal(status, 1);
  assert.match(stderr, new RegExp(`person: expected a free port, got one in use at ${port}\n`));
});

test("almq ask --csv FILE asks about rows of numbers", { timeout: 60_000 }, async (context) => {
  const path = join(temporaryFolder(context), "rows.csv");
  const labels = Int32Array.from({ length: 24 }, (_, i) => i % 2);
  writeFileSync(path, `width,length\n${Array.from(labels, (label, i) => `${label * 5 + (i % 5) / 5},${-label * 4 + (i % 3)}`).join("\n")}\n`);
  const { code } = await ask(["--csv", path, "--classes", "red,blue", "--budget", "2"], labels);
  assert.equal(code, 0);
  const rows = readFileSync(join(`${path}-answers`, "labels.csv"), "utf8").trimEnd().split("\n").slice(1).map((row) => row.split(","));
  assert.ok(rows.filter((row, i) => row[1] === classes[labels[i]!]).length >= 22);
});

test("almq ask FOLDER --out within it takes no picture of the report for a sample, and says what to do when the pictures have changed", { timeout: 100_000 }, async (context) => {
  const folder = join(temporaryFolder(context), "shapes");
  const labels = pictures(folder, 12);
  const out = join(folder, "results");
  const args = [folder, "--classes", "red,blue", "--budget", "1", "--out", out];
  assert.equal((await ask(args, labels)).code, 0);
  assert.ok(existsSync(join(out, "curve.png")));
  writeFileSync(join(folder, "._01.png"), "left by another system");
  assert.equal((await ask(args, labels)).answered, 0, "the same pool: all is known");
  writeFileSync(join(folder, "new.png"), readFileSync(join(folder, "01.png")));
  const kept = readFileSync(join(out, "answers.jsonl"), "utf8");
  const { status, stderr } = spawnSync(process.execPath, [command, "ask", ...args, "--no-browser"], { encoding: "utf8", timeout: 20_000 });
  assert.equal(status, 1);
  assert.match(stderr, /expected answers about this pool of 13 samples, got another pool of 12 at .*answers.jsonl: to go on, bring back what it was begun with; to begin anew, name another place/);
  assert.equal(readFileSync(join(out, "answers.jsonl"), "utf8"), kept);
});

test("almq --help says what can be asked for", () => {
  const { status, stdout } = spawnSync(process.execPath, [command, "--help"], { encoding: "utf8", timeout: 20_000 });
  assert.equal(status, 0);
  for (const flag of ["--classes", "--csv", "--budget", "--out", "--port", "--no-browser"]) assert.ok(stdout.includes(flag), flag);
});

test("almq ask refuses bad input with one clear line, and writes nothing", (context) => {
  const folder = temporaryFolder(context);
  const refused = (args: readonly string[], message: RegExp) => {
    const { status, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: "utf8", timeout: 20_000 });
    const said = stderr.split("\n").filter((line) => line !== "" && !/absl|oneDNN/.test(line));
    assert.equal(status, 1, stderr);
    assert.equal(said.length, 1, stderr);
    assert.match(said[0]!, message);
  };
  const two = ["--classes", "a,b"];
  refused(["ask", join(folder, "none"), ...two], /imageFolder: expected a folder of pictures, got none/);
  mkdirSync(join(folder, "empty"));
  refused(["ask", join(folder, "empty"), ...two], /expected at least 3 pictures \(PNG, JPEG, GIF\), got 0/);
  refused(["ask", folder, "--classes", "a"], /expected 2 to 1000 classes, got 1/);
  refused(["ask", folder, "--classes", `a,${"x".repeat(10_000)}`], /expected class names of at most 100 characters, got 10000/);
  const broken = join(folder, "broken");
  pictures(broken, 4);
  writeFileSync(join(broken, "zz.png"), readFileSync(join(broken, "01.png")).subarray(0, 60));
  refused(["ask", broken, ...two], /decodeImage: expected a whole PNG or JPEG or GIF image, got .* at .*zz.png/);
  writeFileSync(join(broken, "zz.png"), "no picture");
  refused(["ask", broken, ...two], /decodeImage: expected a whole PNG or JPEG or GIF image, got .* at .*zz.png/);
  const huge = Buffer.from(pngImage(new Uint8Array(1), 1, 1, 1)); // a small file that claims 900 million pixels, in a sound header
  for (const at of [16, 20]) huge.writeUInt32BE(30_000, at);
  huge.writeUInt32BE(crc32(huge.subarray(12, 29)), 29);
  writeFileSync(join(broken, "zz.png"), huge);
  refused(["ask", broken, ...two], /a whole PNG or JPEG or GIF image, got more than 67108864 pixels at .*zz.png/);
  writeFileSync(join(folder, "bare.csv"), "1,2\n3,4\n5,6\n");
  refused(["ask", "--csv", join(folder, "bare.csv"), ...two], /tableRows: expected a header line with the names of the columns, got numbers/);
  refused(["ask", "--csv", join(folder, "none.csv"), ...two], /tableRows: expected a table, got no such file/);
  refused(["tell"], /almq: expected npx almq ask FOLDER --classes/);
  refused(["ask", broken, folder, ...two], /almq: expected npx almq ask FOLDER --classes/);
  refused(["ask", broken, ...two, "--folder", "x"], /Unknown option '--folder'/);
  for (const budget of ["0", "-1", "ten", ""]) refused(["ask", broken, ...two, `--budget=${budget}`], new RegExp(`almq ask: expected a budget above 0, got ${budget}`));
  assert.ok(!existsSync(`${broken}-answers`));
});
