import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import type typescript from "typescript";

const root = process.cwd();
const fromKernel = createRequire(createRequire(join(root, "package.json")).resolve("tslab/package.json"));
const ts = fromKernel("@tslab/typescript-for-tslab") as typeof typescript;

/** The kernel's own settings: it knows no tsconfig.json. */
const options: typescript.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10 ?? ts.ModuleResolutionKind.NodeJs,
  esModuleInterop: true,
  types: ["node"],
  noEmit: true,
};

/** What the notebook kernel's compiler says to a cell, and to the declarations of almq that it reads. */
function faults(cell: string): string[] {
  const path = join(root, "notebooks/cell.ts");
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === path || fileExists.call(host, name);
  host.getSourceFile = (name, ...rest) => (name === path ? ts.createSourceFile(name, cell, ts.ScriptTarget.ES2022) : getSourceFile.call(host, name, ...rest));
  const program = ts.createProgram([path], options, host);
  const read = program.getSourceFiles().filter(({ fileName }) => fileName === path || fileName.includes("/.build/lib/"));
  assert.ok(read.length > 20);
  return read
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ file, messageText }) => `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
}

test("import * as almq from \"almq\" in a notebook: every declaration is readable by the kernel's TypeScript", () => {
  assert.match(ts.version, /^5\.0\./);
  assert.deepEqual(faults('import * as almq from "almq"; const u: Float64Array = almq.entropy([[0.5, 0.5]]); console.log(u);'), []);
});

test("the kernel's TypeScript refuses a wrong question in a cell", () => {
  const [first] = faults('import { gainTv } from "almq"; gainTv([[0.5, 0.5]], { kind: "all", samples: [0] });');
  assert.match(first ?? "", /class/);
});
