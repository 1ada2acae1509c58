import { whole, type Fault, type Notebook, type NotebookFile, type NotebookText, type Output } from "./notebook";

/**
 * How far two numbers may lie apart: by this much, or by this share of the larger one. Processors round differently,
 * and what a model learned from the last digit may move the second one.
 */
export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
}

/**
 * Where an executed notebook shows something else than the committed one: text must be equal, numbers in it and in figures
 * must agree; pictures are drawn from those numbers and are not compared.
 *
 * @returns the first difference of every cell that has one
 */
export function outputDifferences(committed: NotebookFile, executed: Notebook, tolerance: Tolerance): Fault[] {
  return committed.notebook.cells.flatMap(({ outputs: before = [] }, cell) => {
    const { outputs: now = [] } = executed.cells[cell] ?? {};
    const message = listDifference(before.map(comparable), now.map(comparable), tolerance);
    return message === undefined ? [] : [{ path: committed.path, cell, message }];
  });
}

/** An output by what it says, not by how its text is cut into lines. */
function comparable({ output_type, name, text, data = {} }: Output): unknown {
  const forms = Object.entries(data).map(([type, form]) => [type, type.startsWith("image/") ? "a picture" : isText(form) ? whole(form) : form]);
  return { kind: output_type, ...(name && { name }), ...(text && { text: whole(text) }), ...Object.fromEntries(forms) };
}

const isText = (form: unknown): form is NotebookText => Array.isArray(form) && form.every((line) => typeof line === "string");

function difference(before: unknown, now: unknown, tolerance: Tolerance): string | undefined {
  if (typeof before === "number" && typeof now === "number") return near(before, now, tolerance) ? undefined : changed(before, now);
  if (typeof before === "string" && typeof now === "string") return textDifference(before, now, tolerance);
  if (Array.isArray(before) && Array.isArray(now)) return listDifference(before, now, tolerance);
  if (isObject(before) && isObject(now)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
    return first(names, (name) => difference(before[name], now[name], tolerance));
  }
  return before === now ? undefined : changed(before, now);
}

function listDifference(before: readonly unknown[], now: readonly unknown[], tolerance: Tolerance): string | undefined {
  if (before.length !== now.length) return `${before.length} of ${kindOf(before, now)} became ${now.length}`;
  return first(before, (item, i) => difference(item, now[i], tolerance));
}

const number = /[-−]?\d+(?:[.,]\d+)*(?:e[-+]?\d+)?/gi;

/** Texts whose words are equal and whose numbers agree. A picture inside a text is not compared. */
function textDifference(before: string, now: string, tolerance: Tolerance): string | undefined {
  if (before === now || (before.startsWith("data:image/") && now.startsWith("data:image/"))) return undefined;
  const words = (text: string) => text.replace(number, "#").replace(/\s+/g, " ");
  const numbers = (text: string) => (text.match(number) ?? []).map((digits) => Number(digits.replace("−", "-").replace(/,/g, "")));
  if (words(before) !== words(now)) return changed(before, now);
  const others = numbers(now);
  return numbers(before).every((value, i) => near(value, others[i]!, tolerance)) ? undefined : changed(before, now);
}

function near(a: number, b: number, { absolute, relative }: Tolerance): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= Math.max(absolute, relative * Math.max(Math.abs(a), Math.abs(b)));
}

function first<T>(items: readonly T[], look: (item: T, i: number) => string | undefined): string | undefined {
  for (const [i, item] of items.entries()) {
    const found = look(item, i);
    if (found !== undefined) return found;
  }
  return undefined;
}

function changed(before: unknown, now: unknown): string {
  const brief = (value: unknown) => {
    const text = typeof value === "string" ? value.trim() : (JSON.stringify(value) ?? "nothing");
    return text.length > 160 ? `${text.slice(0, 160)}…` : text;
  };
  return `${brief(before)}\n  became ${brief(now)}`;
}

function kindOf(before: readonly unknown[], now: readonly unknown[]): string {
  const [item] = [...before, ...now];
  return isObject(item) && "kind" in item ? "the outputs" : "the values";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
