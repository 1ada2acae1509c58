import assert from "node:assert/strict";
import ts from "typescript";

/** Fails when a value is not what the documentation says. */
export type Expectation = (value: unknown) => void;

/**
 * Reads what a comment says a value is: a literal, alone or with a colon and an explanation after it.
 *
 * Numbers with decimals must agree to the last digit written (`0.28` is 0.275 to 0.285), whole numbers exactly;
 * typed arrays are written as arrays.
 *
 * @returns undefined when the comment is no value
 */
export function expectedValue(comment: string): Expectation | undefined {
  const text = comment.trim().replaceAll("−", "-");
  const colons = [...text.matchAll(/: /g)].map(({ index = 0 }) => index);
  for (const end of [...colons, text.length]) {
    const literal = parsed(text.slice(0, end));
    if (literal !== undefined) return (value) => compare(literal, value, "the value");
  }
  return undefined;
}

function parsed(text: string): ts.Expression | undefined {
  const source = ts.createSourceFile("value.ts", `(${text})`, ts.ScriptTarget.Latest, true);
  const faults = (source as unknown as { parseDiagnostics: unknown[] }).parseDiagnostics;
  const [statement, ...more] = source.statements;
  if (faults.length > 0 || more.length > 0 || !statement || !ts.isExpressionStatement(statement)) return undefined;
  const inside = statement.expression;
  return ts.isParenthesizedExpression(inside) && isLiteral(inside.expression) ? inside.expression : undefined;
}

const words = new Map<string, unknown>([["true", true], ["false", false], ["null", null], ["undefined", undefined], ["NaN", NaN], ["Infinity", Infinity]]);

function isLiteral(node: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isLiteral);
  if (ts.isObjectLiteralExpression(node)) return node.properties.every((property) => ts.isPropertyAssignment(property) && isLiteral(property.initializer));
  return isNumber(node) || ts.isStringLiteralLike(node) || words.has(node.getText());
}

function isNumber(node: ts.Expression): boolean {
  return /^-?(\d[\d_]*(\.\d+)?(e-?\d+)?|0x[\da-f]+|Infinity)$/.test(node.getText());
}

function compare(literal: ts.Expression, value: unknown, where: string): void {
  if (ts.isArrayLiteralExpression(literal)) {
    assert.ok(Array.isArray(value) || ArrayBuffer.isView(value), `${where} is a list`);
    const list = Array.from(value as ArrayLike<unknown>);
    assert.equal(list.length, literal.elements.length, `${where} has ${literal.elements.length} elements, got ${JSON.stringify(list)}`);
    literal.elements.forEach((element, i) => compare(element, list[i], `${where}[${i}]`));
  } else if (ts.isObjectLiteralExpression(literal)) {
    const fields = literal.properties.filter(ts.isPropertyAssignment);
    const names = fields.map(({ name }) => (ts.isStringLiteral(name) ? name.text : name.getText()));
    assert.deepEqual(Object.keys(Object(value)).sort(), [...names].sort(), `the fields of ${where}`);
    fields.forEach(({ initializer }, i) => compare(initializer, (value as Record<string, unknown>)[names[i]!], `${where}.${names[i]}`));
  } else if (isNumber(literal)) compareNumber(literal.getText().replaceAll("_", ""), value, where);
  else assert.deepEqual(value, ts.isStringLiteralLike(literal) ? literal.text : words.get(literal.getText()), where);
}

function compareNumber(text: string, value: unknown, where: string): void {
  const decimals = /\.(\d+)/.exec(text)?.[1]?.length ?? 0;
  const exponent = text.startsWith("0x") ? 0 : Number(/e(-?\d+)/.exec(text)?.[1] ?? 0);
  const halfDigit = decimals === 0 && exponent === 0 ? 0 : 0.5 * 10 ** (exponent - decimals);
  assert.ok(typeof value === "number", `${where} is a number, got ${String(value)}`);
  if (!Number.isFinite(Number(text))) return assert.equal(value, Number(text), where); // Infinity
  assert.ok(Math.abs(value - Number(text)) <= halfDigit * (1 + 1e-9), `${where} is ${text}, got ${value}`);
}
