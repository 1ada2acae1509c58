import { join } from "node:path";
import ts from "typescript";
import type { Fault, NotebookFile } from "./notebook";
import { notebookModule, type NotebookModule } from "./notebookModule";

/**
 * Type errors of notebooks, found by the project's own compiler as strictly as in the library.
 *
 * @param root the project's folder; notebooks import the library that is compiled there
 */
export function typeFaults(notebooks: readonly NotebookFile[], root: string): Fault[] {
  const options = notebookOptions(root);
  const modules = new Map(notebooks.map((file) => [join(root, `${file.path}.ts`), { file, ...notebookModule(file.notebook) }]));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => modules.has(name) || fileExists.call(host, name);
  host.getSourceFile = (name, ...rest) => {
    const module = modules.get(name);
    return module === undefined ? getSourceFile.call(host, name, ...rest) : ts.createSourceFile(name, module.text, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([...modules.keys()], options, host);
  return [...modules].flatMap(([name, { file, places }]) => {
    const source = program.getSourceFile(name)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ start = 0, messageText, code }) => {
      const { line } = source.getLineAndCharacterOfPosition(start);
      return fault(file, places[line], `${ts.flattenDiagnosticMessageText(messageText, "\n")} (TS${code})`);
    });
  });
}

function fault({ path, notebook }: NotebookFile, place: NotebookModule["places"][number] | undefined, message: string): Fault {
  if (place === undefined || place.cell >= notebook.cells.length) return { path, message: `a solution: ${message}` };
  return { path, cell: place.cell, message: `line ${place.line}: ${message}` };
}

/** The project's settings, but for what a module of a notebook cannot have: it is only looked at, and shows values by naming them. */
function notebookOptions(root: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const { paths: _library, rootDir: _root, outDir: _out, tsBuildInfoFile: _info, ...strict } = options;
  return {
    ...strict,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    noEmit: true,
    declaration: false,
    sourceMap: false,
    incremental: false,
    noUnusedLocals: false,
    noUnusedParameters: false,
  };
}
