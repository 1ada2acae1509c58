import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { annotate } from "./documentation/annotate";
import { expectedValue } from "./documentation/expectedValue";
import { docstringExamples, pageExamples } from "./documentation/findExamples";
import { readyExamples } from "./documentation/runExamples";

const root = process.cwd();
const files = (readdirSync(join(root, "lib"), { recursive: true }) as string[])
  .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))
  .map((path) => `lib/${path}`)
  .sort();
const pages = ["README.md", "outcomes/README.md"].filter((page) => existsSync(join(root, page)));

const examples = [...files.flatMap((file) => docstringExamples(root, file)), ...pages.flatMap((page) => pageExamples(root, page))];
for (const { example, promises, faults, run } of readyExamples(root, examples))
  test(`${example.subject}: the example in ${example.file} ${example.runs ? "runs and gives what it says" : "has the right types"}`, async () => {
    assert.deepEqual(faults, []);
    if (!example.runs) return;
    if (example.file.startsWith("lib/")) assert.ok(promises > 0, "an example in a docstring shows its result");
    await run();
  });

test("the documentation has its examples", () => assert.ok(examples.length > 30));

test("README.md names only commands that there are", { skip: pages.length === 0 }, () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };
  const named = [...readFileSync(join(root, "README.md"), "utf8").matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!);
  assert.deepEqual(named.filter((name) => !(name in scripts)), []);
});

test("annotate(code) finds the comment behind an expression, under it, and behind a declaration", () => {
  assert.deepEqual(annotate("f(1) // 2").body, "await check(0, async () => (f(1)));");
  assert.deepEqual(annotate("f(1);\n// Error: no\n").promises[0]?.error, "Error: no");
  assert.deepEqual(annotate("const a = f(1); // [1,\n// 2]").body, "const a = f(1);\nawait check(0, async () => a);");
  assert.deepEqual(annotate("f(1);\n\n// in words\ng(); // true").promises.length, 1);
  assert.deepEqual(annotate('import { f } from "almq";\nf();').imports, 'import { f } from "almq";');
});

test("annotate(code) refuses a comment beside an expression that is no value, and on a page one that begins like a value", () => {
  assert.deepEqual(annotate("f(1) // about 2").faults, ['"// about 2" beside `f(1)` is neither a value nor an error']);
  assert.deepEqual(annotate("f(1) // about 2", true).faults, []);
  assert.equal(annotate("f(1) // [1, of many", true).faults.length, 1);
});

test("expectedValue(comment) compares numbers to the digits written, whole numbers exactly", () => {
  const holds = (comment: string, value: unknown) => expectedValue(comment)?.(value);
  holds("0.28", 0.2799999);
  holds("−1.5: the loss", -1.52);
  holds("[0.5, 1]: two of them", Float64Array.of(0.5, 1));
  holds('{ kind: "all", samples: [1] }', { kind: "all", samples: [1] });
  holds("1e-5", 1.2e-5);
  holds("NaN", NaN);
  for (const [comment, value] of [
    ["0.28", 0.29], ["2", 2.1], ["[1, 2]", [1]], ["[1]", [1, 2]], ['"yes"', "no"], ["{ a: 1 }", { a: 1, b: 2 }], ["true", 1], ["1", "1"], ["undefined", null],
  ] as const) assert.throws(() => holds(comment, value), assert.AssertionError, comment); // prettier-ignore
  assert.equal(expectedValue("one of many"), undefined);
});
