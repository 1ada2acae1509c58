import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join, posix } from "node:path";
import ts from "typescript";
import { annotate, type Annotated } from "./annotate";
import { exportedNames, type Example } from "./findExamples";

/** An example made ready: what is wrong with it as it stands, and how to run it. */
export interface ReadyExample {
  readonly example: Example;
  readonly promises: number;
  readonly faults: readonly string[];
  run(): Promise<void>;
}

/** Where examples stand as far as imports go: beside the compiled tests. They are held in memory only. */
const place = ".build/test/documentation";
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  types: ["node"],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
};

/** Compiles examples against the library as its users see it. In a docstring all that almq and the file export is at hand. */
export function readyExamples(root: string, examples: readonly Example[]): ReadyExample[] {
  const annotated = examples.map(({ code, file, runs }) => annotate(code, file.endsWith(".md") || !runs));
  const texts = new Map(examples.map((example, i) => [join(root, place, `example-${i}.ts`), program(root, example, annotated[i]!)]));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists.call(host, path);
  host.readFile = (path) => texts.get(path) ?? readFile.call(host, path);
  host.getSourceFile = (path, language, ...rest) =>
    texts.has(path) ? ts.createSourceFile(path, texts.get(path)!, language, true) : getSourceFile.call(host, path, language, ...rest);
  const compiled = new Map<string, string>();
  const compiler = ts.createProgram([...texts.keys()], options, host);
  compiler.emit(undefined, (path, text) => compiled.set(path, text));
  return [...texts.keys()].map((path, i) => {
    const source = compiler.getSourceFile(path)!;
    const diagnostics = [...compiler.getSyntacticDiagnostics(source), ...compiler.getSemanticDiagnostics(source)];
    return {
      example: examples[i]!,
      promises: annotated[i]!.promises.length,
      faults: [...annotated[i]!.faults, ...diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))],
      run: () => execute(path, compiled.get(path.replace(/\.ts$/, ".js"))!, annotated[i]!),
    };
  });
}

function program(root: string, { file }: Example, { imports, body }: Annotated): string {
  const head = file.endsWith(".md") ? imports : `${imports}\n${importsFor(root, file, body)}`;
  return `${head}\ndeclare const check: (promise: number, run: () => Promise<unknown>) => Promise<void>;
export async function example() {\n${body}\n}`;
}

/** Imports of the names that an example uses: from almq, or from the file that it stands in. */
function importsFor(root: string, file: string, body: string): string {
  const used = new Set(body.match(/[A-Za-z_$][\w$]*/g));
  const own = exportedNames(root, file).filter((name) => used.has(name));
  const ofAlmq = exportedNames(root, "lib/index.ts").filter((name) => used.has(name) && !own.includes(name));
  const line = (names: string[], from: string) => (names.length === 0 ? "" : `import { ${names.join(", ")} } from "${from}";`);
  return [line(own, posix.relative(place, `.build/${file.replace(/\.ts$/, "")}`)), line(ofAlmq, "almq")].join("\n");
}

async function execute(path: string, code: string, { promises }: Annotated): Promise<void> {
  const check = async (number: number, run: () => Promise<unknown>): Promise<void> => {
    const { error, value } = promises[number]!;
    if (value !== undefined) return value(await run());
    await assert.rejects(run, (thrown: Error) => {
      assert.equal(`${thrown.name}: ${thrown.message}`, error);
      return true;
    });
  };
  const module = { exports: {} as { example(): Promise<void> } };
  new Function("require", "module", "exports", "check", code)(createRequire(path), module, module.exports, check);
  await module.exports.example();
}
