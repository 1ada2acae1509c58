import { deepEqual, equal, ok } from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { importPaperResults, paperFigure, publishedCurves, publishedFull, type PaperFigureName } from "almq";
import { list, pickle, tensor } from "../outcome/pickleBytes";

const folder = mkdtempSync(join(tmpdir(), "almq-imported-"));
after(() => rmSync(folder, { recursive: true }));

/** Lines of almq's that have published points, by figure and panel: seven methods and Full, or six differences. */
const pairs = { "3": [8, 8], "4": [8, 6], "5": [8, 8], S4: [6, 6], S5: [6, 6] } as const;

/** Draws a figure from imported results and compares every line with the published points of its panel. */
function compare(name: PaperFigureName, outcomes: string, within: number, panels: readonly number[]): void {
  const { data } = paperFigure(name, { outcomes }).figure;
  const compared = [0, 0];
  for (const drawn of data) {
    if (drawn.hoverinfo === "skip") continue; // an outline, or a legend's entry
    const published = data.find((one) => one.name === `${String(drawn.name)}, published` && one.xaxis === drawn.xaxis);
    if (published === undefined) continue;
    compared[drawn.xaxis === "x" ? 0 : 1]!++;
    deepEqual(drawn.x, published.x);
    equal((drawn.y as number[]).length, (published.y as number[]).length);
    (drawn.y as number[]).forEach((y, i) => ok(Math.abs(y - (published.y as number[])[i]!) <= within, `figure ${name}, ${String(drawn.name)}, point ${i}: ${y}`));
  }
  deepEqual(compared, panels);
}

const runs = ["ALMQ+EE", "ALMQ", "BADGE", ...["BALD", "EN", "VAR", "LC", "RA"].flatMap((method) => [`${method}+EE`, method])];

/** A result file as the paper's code writes it, of two replicates whose mean is the published one. */
function resultFile(dataset: string): Buffer {
  const points = publishedCurves(dataset);
  const replicate = (sign: number) => {
    const rows = runs.map((run) => {
      const [method, exploration] = run.split("+");
      const own = points.filter((point) => point.method === method && point.exploration === (exploration === "EE"));
      const columns = method === "BADGE" ? 13 : 19;
      const questions = Math.max(...own.map(({ budget }) => budget)); // labels, at 1 each
      const cells = Array.from({ length: questions + 1 }, (_, spent) => {
        const { accuracyMean } = own.filter(({ budget }) => budget <= spent).at(-1)!; // the model stays until a batch is full
        return [0.9, 0, 0, 0, 0, spent, 0, 3, accuracyMean + sign * 0.01, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0].slice(0, columns);
      }).flat();
      return tensor(cells, [questions + 1, columns]);
    });
    const full = tensor([publishedFull(dataset)!.drawn, 0, 0, 0, 0], [5]);
    return list(...rows, full, full);
  };
  return pickle(list(replicate(1), replicate(-1)));
}

test("importPaperResults(from, out), drawn by paperFigure(name), gives back every published point of every panel of every figure", () => {
  const from = join(folder, "made up");
  for (const dataset of ["handwriting", "har", "mnist", "animal", "tumor"]) {
    mkdirSync(join(from, `${dataset}_result`), { recursive: true });
    writeFileSync(join(from, `${dataset}_result`, "result0.pkl"), resultFile(dataset));
  }
  const out = join(folder, "made up, imported");
  importPaperResults(from, out);
  for (const name of ["3", "4", "5", "S4", "S5"] as const) compare(name, out, 1e-6, pairs[name]);
});

const resultFiles = process.env.ALMQ_PAPER_OUTCOMES ?? "";
const skip = existsSync(join(resultFiles, "Handwriting_result")) ? false : "set ALMQ_PAPER_OUTCOMES to a folder of the paper's result files";

test("importPaperResults(from, out) of the paper's own result files, drawn, agrees with the published points, point by point, panel by panel", { skip }, () => {
  const out = join(folder, "the paper's, imported");
  importPaperResults(resultFiles, out);
  compare("3", out, 2e-6, [8, 0]);
  compare("4", out, 2e-6, [8, 6]);
  compare("S4", out, 2e-6, [6, 0]);
});
