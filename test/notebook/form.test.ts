import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const folder = join(process.cwd(), "notebooks/teaching");

interface Cell {
  readonly cell_type: "markdown" | "code";
  readonly source: string | readonly string[];
  readonly outputs?: readonly { readonly data?: Readonly<Record<string, unknown>> }[];
}

for (const file of readdirSync(folder).filter((name) => name.endsWith(".ipynb"))) {
  const { cells } = JSON.parse(readFileSync(join(folder, file), "utf8")) as { cells: readonly Cell[] };
  const text = ({ source }: Cell) => (typeof source === "string" ? source : source.join(""));
  const prose = cells.filter(({ cell_type }) => cell_type === "markdown").map(text);
  const code = cells.filter(({ cell_type }) => cell_type === "code").map(text);
  const [opening = ""] = prose;

  test(`teaching/${file} opens with its number, a title, a promise in one line, and what the reader will be able to do`, () => {
    const [title = "", , promise = ""] = opening.split("\n");
    assert.match(title, new RegExp(`^# ${file.slice(0, 2)} · \\S`));
    assert.match(promise, /^\*[^*].*\.\*$/);
    assert.ok((opening.match(/^- /gm) ?? []).length >= 3, "three things or more");
  });

  test(`teaching/${file} has short cells, and two pictures or more`, () => {
    assert.deepEqual(code.filter((source) => source.split("\n").length > 15), []);
    assert.ok(cells.filter(({ outputs = [] }) => outputs.some(({ data }) => data !== undefined && "image/png" in data)).length >= 2);
  });

  test(`teaching/${file} has two exercises or more: a cell for the answer, one that checks it, and a folded solution`, () => {
    const checked = code.flatMap((source) => /^almq\.checkExercise\((\w+)/m.exec(source)?.[1] ?? []);
    const solutions = /<details>([\s\S]*?)<\/details>/.exec(prose.join("\n"))?.[1] ?? "";
    assert.ok(checked.length >= 2);
    for (const name of checked) {
      assert.ok(code.some((source) => new RegExp(`^const ${name}: .*= undefined; // ← your answer`, "m").test(source)), `a cell where ${name} waits for an answer`);
      assert.match(solutions, new RegExp(`^\`\`\`ts\n[^\`]*const ${name}\\b[^=]*=`, "m"), `a solution of ${name}`);
    }
  });

  test(`teaching/${file} closes with something to try and with its sources, by author and year`, () => {
    const [closing = ""] = prose.slice(-1);
    assert.match(closing, /^## Try changing\n\n(- .*\n){2}/m);
    assert.match(closing, /\*\*Sources\.\*\* .*\((19|20)\d\d\)/);
  });
}
