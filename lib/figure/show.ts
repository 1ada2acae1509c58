import { progressLine } from "../runtime/progressLine";
import type { Figure } from "./figure";
import { figureToPng } from "./figureToPng";
import type { PictureSize } from "./figureToSvg";
import { escaped, tableHtml, tableText, type Table, type TableOptions } from "./table";

/** One display in several forms, by MIME type; Jupyter shows the richest that it can. */
type Bundle = Readonly<Record<string, unknown>>;

/**
 * Shows a figure in a notebook: interactive where scripts run, as a picture where they do not (GitHub, nbconvert).
 * Outside a notebook it prints the figure's title.
 */
export async function show(figure: Figure, size: PictureSize = {}): Promise<void> {
  const layout = { height: size.height ?? 480, ...(size.width === undefined ? { autosize: true } : { width: size.width }), ...figure.layout };
  const sized = { data: figure.data, layout }; // as wide as the notebook, unless a width was asked for
  const text = `[figure: ${titleOf(figure)}]`;
  if (!inNotebook()) return console.log(text);
  const picture = (await figureToPng(sized, size)).toString("base64");
  const interactive = JSON.parse(JSON.stringify(sized)) as unknown; // an object: text is not understood
  send({ "application/vnd.plotly.v1+json": interactive, "image/png": picture, "text/plain": text });
}

/** Shows a table: rows with named cells, or a danfojs DataFrame. Outside a notebook it is printed. */
export function showTable(table: Table, options: TableOptions = {}): void {
  const text = tableText(table, options);
  if (!inNotebook()) return console.log(text);
  send({ "text/html": tableHtml(table, options), "text/plain": text });
}

/** Shows a sentence, in Markdown. Outside a notebook it is printed. */
export function showText(markdown: string): void {
  if (!inNotebook()) return console.log(markdown);
  send({ "text/markdown": markdown, "text/plain": markdown });
}

/**
 * Shows how far a long computation is, in one line that is rewritten.
 *
 * @param total steps in all
 * @param label what is being done
 * @returns a function to call with the number of steps done
 * @example
 * const done = progress(100, "rounds");
 * done(1) // undefined
 */
export function progress(total: number, label = ""): (done: number) => void {
  const terminal = inNotebook() ? undefined : progressLine(label);
  const started = performance.now();
  const id = `almq progress ${started}`;
  let shown = false;
  return (done) => {
    const left = done > 0 ? ((performance.now() - started) / 1000 / done) * (total - done) : NaN;
    const text = `${label} ${done} of ${total}${done > 0 && done < total ? `, about ${Math.ceil(left)} s left` : ""}`.trim();
    const bar = `<progress value="${done}" max="${total}"></progress> ${escaped(text)}`;
    if (terminal === undefined) send({ "text/html": bar, "text/plain": text }, { id, update: shown });
    else terminal.show(done / total, `${done} of ${total}`);
    if (done >= total) terminal?.end();
    shown = true;
  };
}

type Write = (message: object, update: boolean) => void;

/** tslab's own writer takes a whole bundle; its public display takes one MIME type at a time. Null outside a notebook. */
function notebookWriter(): Write | null {
  const path = resolved("tslab/dist/jupyter"); // in a notebook, tslab has loaded it already
  const loaded = path === undefined ? undefined : (require.cache[path]?.exports as { lastWriteDisplayData?: Write | null });
  return loaded?.lastWriteDisplayData ?? null;
}

function resolved(name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

function inNotebook(): boolean {
  return notebookWriter() !== null;
}

function send(data: Bundle, { id, update = false }: { id?: string; update?: boolean } = {}): void {
  notebookWriter()?.({ data, metadata: {}, transient: id === undefined ? {} : { display_id: id } }, update);
}

function titleOf({ layout }: Figure): string {
  const title = layout.title as string | { readonly text?: string } | undefined;
  return (typeof title === "string" ? title : title?.text) ?? "untitled";
}

/** A place in a notebook's output whose content can be replaced. */
export interface LiveDisplay {
  change(html: string, text: string): void;
}

/** Shows HTML that changes later. Outside a notebook its text is printed. */
export function showLive(html: string, text: string): LiveDisplay {
  const id = `almq live ${performance.now()} ${Math.random()}`;
  const put = (shown: string, words: string, update: boolean) =>
    inNotebook() ? send({ "text/html": shown, "text/plain": words }, { id, update }) : console.log(words);
  put(html, text, false);
  return { change: (shown, words) => put(shown, words, true) };
}
