import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { kernelsAtOnce, inParallel } from "../../lib/command/notebooks/execute";
import { faultText, notebookText, readNotebooks, type Cell, type Notebook, type NotebookFile, type Output } from "../../lib/command/notebooks/notebook";
import { outputDifferences } from "../../lib/command/notebooks/outputDifference";
import { outputFaults } from "../../lib/command/notebooks/outputFaults";
import { judgeSolutions, withSolutions } from "../../lib/command/notebooks/solutions";
import { typeFaults } from "../../lib/command/notebooks/typeFaults";
import { withoutNoise } from "../../lib/command/notebooks/withoutNoise";

const root = process.cwd();
const code = (source: string, ...outputs: Output[]): Cell => ({ cell_type: "code", source, outputs });
const prose = (source: string): Cell => ({ cell_type: "markdown", source });
const notebook = (cells: readonly Cell[], almq = {}): Notebook => ({ cells, metadata: { almq }, nbformat: 4, nbformat_minor: 5 });
const file = (...cells: Cell[]): NotebookFile => ({ path: "notebooks/made-up.ipynb", notebook: notebook(cells), text: "" });
const printed = (text: string, name = "stdout"): Output => ({ output_type: "stream", name, text });
const display = (data: Readonly<Record<string, unknown>>): Output => ({ output_type: "display_data", data });
const types = (...cells: Cell[]) => typeFaults([file(...cells)], root).map(({ cell, message }) => `${cell}: ${message}`);

test("typeFaults(notebooks) reads the cells as one module: names declared again, top-level await, imports in any cell", () => {
  const cells = ['import * as almq from "almq";\nconst n = 1;', "const m = await Promise.resolve(n);", 'import * as almq from "almq";\nconst n = "again";', "const text: string = n + m;\nalmq.entropy([[1, 0]])"];
  assert.deepEqual(types(...cells.map((source) => code(source))), []);
});

test("typeFaults(notebooks) names the cell and the line of a type error, as strict as the library", () => {
  assert.match(types(prose("# Title"), code("const a = [1, 2];"), code("const b = 3;\nconst c: number = a[0];"))[0]!, /^2: line 2: .*'number \| undefined' is not assignable/s);
  assert.match(types(code('import { gainTv } from "almq";\ngainTv([[0.5, 0.5]], { kind: "all", samples: [0] });'))[0]!, /^0: line 2: .*class/s);
  assert.match(types(code("const broken = ;"))[0]!, /^0: line 1: /);
});

test("typeFaults(notebooks) reads the folded solutions too", () => {
  const solution = prose("<details>\n\n```ts\nconst mine = missing;\n```\n\n</details>");
  assert.match(types(code("const mine: number | undefined = undefined;"), solution)[0]!, /^undefined: a solution: .*missing/);
});

test("outputFaults(executed) finds a cell that throws, a claim that fails, and nothing in a cell that works", () => {
  const picture = display({ "application/vnd.plotly.v1+json": {}, "image/png": "iVBO", "text/plain": "" });
  const faults = outputFaults(file(code("1", printed("fine")), code("throw 1", printed("Error: no\n", "stderr")), code("show()", picture), code("x", { output_type: "error", ename: "E", evalue: "v" })));
  assert.deepEqual(faults.map(({ cell, message }) => [cell, message]), [[1, "Error: no"], [3, "E: v"]]);
});

test("outputFaults(executed) finds a display that nobody sees without scripts, but not in a live notebook", () => {
  const dumb = [display({ "application/vnd.plotly.v1+json": {}, "text/plain": "" }), display({ "text/html": "<div></div><script>draw()</script>" })];
  const { notebook: executed, path } = file(code("show()", ...dumb));
  const faults = outputFaults({ path, notebook: executed });
  assert.deepEqual(faults.map(({ cell, message }) => [cell, message.slice(0, 32)]), [[0, "a display without a static pictu"], [0, "a display without a static pictu"]]);
  assert.equal(faultText(faults[0]!, executed).slice(0, 38), "notebooks/made-up.ipynb, cell 1 (show(");
  assert.deepEqual(outputFaults({ path, notebook: { ...executed, metadata: { almq: { live: true } } } }), []);
});

test("withoutNoise(notebook) takes off counts, metadata, pieces of text and this machine's folders; twice changes nothing more", () => {
  const noisy = notebook([{ ...code("f()", printed("a\nb "), printed(`${root}/lib\n`), display({ "text/plain": `in ${root}` })), execution_count: 7, metadata: { collapsed: true }, id: "c" }]);
  const quiet = withoutNoise(noisy, root);
  const text = notebookText(quiet);
  assert.doesNotMatch(text, /collapsed|"execution_count": 7/);
  assert.ok(!text.includes(root));
  assert.deepEqual(quiet.cells[0]!.outputs!.map((output) => output.text), [["a\n", "b lib\n"], undefined]);
  assert.equal(notebookText(withoutNoise(quiet, root)), text);
  assert.deepEqual(withoutNoise(notebook(noisy.cells, { live: true }), root).cells[0]!.outputs, []);
});

test("outputDifferences(committed, executed) lets numbers move within the tolerance and words not at all", () => {
  const changes = (before: Output, now: Output) => outputDifferences(file(code("f()", before)), notebook([code("f()", now)]), { absolute: 0.01, relative: 0.05 }).map(({ message }) => message);
  assert.deepEqual(changes(printed("accuracy 0.91 of 1,000"), printed("accuracy 0.905 of 1,001")), []);
  assert.equal(changes(printed("accuracy 0.91"), printed("accuracy 0.71")).length, 1);
  assert.equal(changes(printed("accuracy 0.91"), printed("error 0.91")).length, 1);
  const plot = (y: number[], title = "t") => display({ "application/vnd.plotly.v1+json": { data: [{ y }], layout: { title } }, "image/png": `${y}` });
  assert.deepEqual(changes(plot([0.5, 2]), plot([0.505, 2.05])), []);
  assert.match(changes(plot([0.5, 2]), plot([0.5, 3]))[0]!, /2\n {2}became 3/);
  assert.equal(changes(plot([0.5]), plot([0.5], "u")).length, 1);
  assert.equal(changes(plot([0.5]), plot([0.5, 1])).length, 1);
  assert.equal(changes(printed("a"), display({})).length, 1);
});

test("judgeSolutions(file, executed) takes the tried solutions off again and finds one that its exercise does not confirm", () => {
  const open = file(code("const mine: number | undefined = undefined; // ← your answer"), code("almq.checkExercise(mine, {})"), prose("<details>\n\n```ts\nconst mine = 2;\n```\n</details>"));
  const tried = withSolutions(open.notebook).cells.map(({ source }) => String(source));
  assert.deepEqual(tried.slice(3), ["const mine = 2;", "almq.checkExercise(mine, {})"]);
  const after = (said: string) => judgeSolutions(open, notebook([...open.notebook.cells, code("const mine = 2;"), code("", display({ "text/plain": said }))]));
  assert.deepEqual(after("**Right.** Yes.").faults, []);
  assert.equal(after("**Right.** Yes.").executed.cells.length, 3);
  assert.match(after("**Not yet.** No.").faults[0]!.message, /solution of mine is not accepted: \*\*Not yet/);
});

test("kernelsAtOnce(cores, memory) is as many as there are cores, fewer where memory is short, never none", () => {
  assert.deepEqual([kernelsAtOnce(2, 24e9), kernelsAtOnce(16, 4e9), kernelsAtOnce(4, 1e8)], [2, 3, 1]);
});

test("inParallel(items, 2, work) does every item, two at a time", async () => {
  let [now, most, done] = [0, 0, 0];
  await inParallel([1, 2, 3, 4, 5], 2, async () => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 2));
    now--;
    done++;
  });
  assert.deepEqual([most, done], [2, 5]);
});

const folder = join(root, ".build", "made-up-notebooks");
after(() => rmSync(folder, { recursive: true, force: true }));

test("readNotebooks(root, folder, words) finds notebooks by words in their paths and passes hidden folders by", () => {
  mkdirSync(join(folder, ".ipynb_checkpoints"), { recursive: true });
  for (const name of ["b.ipynb", "a.ipynb", ".ipynb_checkpoints/a.ipynb"]) writeFileSync(join(folder, name), notebookText(notebook([])));
  const found = (...words: string[]) => readNotebooks(root, ".build/made-up-notebooks", words).map(({ path }) => path.slice(-7));
  assert.deepEqual([found(), found("b.ip")], [["a.ipynb", "b.ipynb"], ["b.ipynb"]]);
});
