import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { notebookText, type Cell, type Output } from "../../lib/command/notebooks/notebook";

const root = process.cwd();
const skip = existsSync(join(process.env.ALMQ_VENV ?? join(root, ".venv"), "bin/jupyter-execute")) ? false : "no JupyterLab on this machine";
const folder = ".build/notebooks-that-break";
after(() => rmSync(join(root, folder), { recursive: true, force: true }));

const kernel = { kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" }, language_info: { file_extension: ".ts", mimetype: "text/typescript", name: "typescript" } };
const printed = (text: string): Output => ({ name: "stdout", output_type: "stream", text: [text] });

function write(name: string, ...sources: readonly (readonly [string, ...Output[]])[]): void {
  mkdirSync(join(root, folder), { recursive: true });
  const cells = sources.map(([source, ...outputs], i): Cell => ({ cell_type: "code", execution_count: null, id: `c${i}`, metadata: {}, outputs, source: [source] }));
  writeFileSync(join(root, folder, `${name}.ipynb`), notebookText({ cells, metadata: kernel, nbformat: 4, nbformat_minor: 5 }));
}

const notebooks = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [".build/lib/command/notebooks.js", "--folder", folder, ...args], { cwd: root, encoding: "utf8" });
  return { status, said: stdout + stderr };
};

test("npm run notebooks -- --check passes a sound notebook, and says of a broken one in which cell and how", { skip, timeout: 300_000 }, () => {
  write("sound", ["console.log(0.5)", printed("0.5\n")], ["console.log(`accuracy ${0.903}`)", printed("accuracy 0.9\n")]);
  write("throws", ["const a = 1;"], ['throw new Error("no more ink");']);
  write("claims", ['console.assert(1 > 2, "one is not more than two");']);
  write("typed", ["const words: string[] = [];"], ["const first: string = words[0];"]);
  write("drifted", ["console.log(`accuracy ${0.7}`)", printed("accuracy 0.9\n")]);
  write("unseen", ['import { display } from "tslab";'], ['display.html("<script>draw()</script>");']);
  const { status, said } = notebooks("--check");
  assert.equal(status, 1, said);
  assert.match(said, /✓ .*sound\.ipynb/);
  assert.match(said, /✗ .*throws\.ipynb, cell 2 \(throw new Error.*\): .*no more ink/s);
  assert.match(said, /✗ .*claims\.ipynb, cell 1 .*one is not more than two/s);
  assert.match(said, /✗ .*typed\.ipynb, cell 2 .*line 1: .*'string \| undefined' is not assignable/s);
  assert.match(said, /✗ .*drifted\.ipynb, cell 1 .*accuracy 0\.9\n {2}became accuracy 0\.7/s);
  assert.match(said, /✗ .*unseen\.ipynb, cell 2 .*a display without a static picture/s);
  assert.match(said, /1 of 6 notebooks in order/);
});

test("npm run notebooks keeps what a notebook shows now, and what --check passes stays as it is", { skip, timeout: 120_000 }, () => {
  const drifted = join(root, folder, "drifted.ipynb");
  assert.match(notebooks("drifted").said, /✓ .*drifted\.ipynb: \d+ s, written anew/);
  assert.match(readFileSync(drifted, "utf8"), /accuracy 0\.7/);
  const kept = readFileSync(drifted, "utf8");
  assert.equal(notebooks("drifted", "--check").status, 0);
  assert.equal(readFileSync(drifted, "utf8"), kept);
});
