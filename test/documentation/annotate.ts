import ts from "typescript";
import { expectedValue, type Expectation } from "./expectedValue";

/** What an expression of an example must do: have a value, or fail with an error. */
export interface Promised {
  readonly says: string;
  readonly value?: Expectation;
  /** `"InputError: …"`. */
  readonly error?: string;
}

/** An example with its promises turned into calls of `check(number, expression)`. */
export interface Annotated {
  readonly imports: string;
  readonly body: string;
  readonly promises: readonly Promised[];
  /** Comments beside an expression that are neither a value nor an error. */
  readonly faults: readonly string[];
}

/**
 * Finds what an example promises. A comment behind an expression, or straight under it, says its value
 * (`expression // 0.28: why`) or the error it ends with (`// InputError: message`); behind `const name = …` it says the
 * value of `name`. It may go on in comment lines of their own. Other comments stand under an empty line or at the top.
 *
 * @param prose on a page, a comment in words may stand beside an expression: only what begins like a value must be one
 */
export function annotate(code: string, prose = false): Annotated {
  const source = ts.createSourceFile("example.ts", code, ts.ScriptTarget.Latest, true);
  const promises: Promised[] = [];
  const imports: string[] = [];
  const faults: string[] = [];
  const body = source.statements.map((statement) => {
    const text = statement.getText();
    if (ts.isImportDeclaration(statement)) return void imports.push(text);
    const expression = promisingExpression(statement);
    const comment = expression && commentOf(code, statement);
    if (expression === undefined || comment === undefined) return text;
    const promised = promiseOf(comment);
    if (promised === undefined) {
      if (prose && !/^[-−\d[{"'`]/.test(comment)) return text;
      faults.push(`"// ${comment}" beside \`${text}\` is neither a value nor an error`);
      return text;
    }
    const number = promises.push(promised) - 1;
    if (ts.isExpressionStatement(statement) || promised.error !== undefined) return `await check(${number}, async () => (${expression.getText()}));`;
    return `${text}\nawait check(${number}, async () => ${declaredName(statement)});`;
  });
  return { imports: imports.join("\n"), body: body.filter(Boolean).join("\n"), promises, faults };
}

function promisingExpression(statement: ts.Statement): ts.Expression | undefined {
  if (ts.isExpressionStatement(statement)) return statement.expression;
  return ts.isVariableStatement(statement) ? statement.declarationList.declarations[0]?.initializer : undefined;
}

function declaredName(statement: ts.Statement): string {
  return (statement as ts.VariableStatement).declarationList.declarations[0]!.name.getText();
}

/** The comment behind a statement or straight under it, with the comment lines that follow. */
function commentOf(code: string, statement: ts.Statement): string | undefined {
  const after = code.slice(statement.end);
  const lines = /^[ \t;]*(?:\n[ \t]*)?(\/\/[^\n]*(?:\n[ \t]*\/\/[^\n]*)*)/.exec(after)?.[1];
  return lines?.split("\n").map((line) => line.trim().replace(/^\/\/ ?/, "")).join("\n");
}

function promiseOf(comment: string): Promised | undefined {
  if (/^\w*Error: /.test(comment)) return { says: comment, error: comment };
  const value = expectedValue(comment);
  return value && { says: comment, value };
}
