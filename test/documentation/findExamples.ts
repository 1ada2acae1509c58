import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** A piece of code in the documentation. */
export interface Example {
  /** Where it stands, e.g. `"lib/acquisition/uncertainty/entropy.ts"`. */
  readonly file: string;
  /** What it explains: a function's name, or the line in a page. */
  readonly subject: string;
  readonly code: string;
  /** False when the example begins with `// not run: why`: it needs a file or the network. Its types are checked all the same. */
  readonly runs: boolean;
}

const runs = (code: string) => !code.trimStart().startsWith("// not run: ");

/** Every `@example` in the docstrings of a TypeScript file. */
export function docstringExamples(root: string, file: string): Example[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true);
  const found: Example[] = [];
  const visit = (node: ts.Node): void => {
    for (const { tagName, comment } of ownTags(node))
      if (tagName.text === "example") {
        const code = ts.getTextOfJSDocComment(comment) ?? "";
        found.push({ file, subject: nameOf(node), code, runs: runs(code) });
      }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Every TypeScript snippet of a Markdown page. */
export function pageExamples(root: string, file: string): Example[] {
  const page = readFileSync(join(root, file), "utf8");
  return [...page.matchAll(/^```(?:ts|typescript)\n([\s\S]*?)^```/gm)].map(({ 1: code = "", index = 0 }) => ({
    file,
    subject: `line ${page.slice(0, index).split("\n").length}`,
    code,
    runs: runs(code),
  }));
}

/** The names that a TypeScript file exports. */
export function exportedNames(root: string, file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement))
      return statement.exportClause && ts.isNamedExports(statement.exportClause) ? statement.exportClause.elements.map(({ name }) => name.text) : [];
    if (!ts.canHaveModifiers(statement) || !ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    return ts.isVariableStatement(statement) ? statement.declarationList.declarations.map(nameOf) : [nameOf(statement)];
  });
}

function ownTags(node: ts.Node): readonly ts.JSDocTag[] {
  return ((node as { jsDoc?: readonly ts.JSDoc[] }).jsDoc ?? []).flatMap(({ tags }) => [...(tags ?? [])]);
}

function nameOf(node: ts.Node): string {
  const { name } = node as { name?: ts.Node };
  if (name) return name.getText();
  return ts.isVariableStatement(node) ? nameOf(node.declarationList.declarations[0]!) : "this file";
}
