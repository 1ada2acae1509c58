import type { Question } from "../../question/question";
import { questionWords } from "../person/questionWords";
import type { SampleView, SampleViews } from "../person/sampleView";

/** What Label Studio shows of a question, and what it keeps with it. */
export interface QuestionTask {
  readonly data: { readonly question: string; readonly html: string; readonly options: readonly { readonly value: string; readonly hotkey?: string }[] };
  readonly meta: { readonly almq: Question };
}

/**
 * How a project asks: one screen for every kind of question, whose words, samples and answers each task brings along.
 *
 * @param classes more than 20 are found by a few letters; Enter takes the first
 */
export function labelConfig(classes: number): string {
  const find = classes > 20 ? `\n  <Filter name="find" toName="answer" minlength="0" placeholder="type a few letters of a class"/>` : "";
  return `<View>
  <Header value="$question"/>
  <HyperText name="samples" value="$html" inline="true"/>${find}
  <Choices name="answer" toName="samples" value="$options" choice="single-radio" showInline="true" required="true"/>
  <Header value="Skip what you cannot tell." size="6"/>
</View>`;
}

/** A question as a task. Whatever is told about a sample is shown as text: markup in it does nothing. */
export function questionTask(question: Question, classes: readonly string[], views: SampleViews, sampleAddress: (sample: number) => string): QuestionTask {
  const hotkey = (i: number) => (classes.length <= 10 ? { hotkey: String((i + 1) % 10) } : {});
  const options = question.kind === "class" ? classes.map((value, i) => ({ value, ...hotkey(i) })) : [{ value: "yes", hotkey: "y" }, { value: "no", hotkey: "n" }];
  const shown = question.samples.map((sample) => sampleHtml(views(sample), sampleAddress(sample)));
  return {
    data: { question: questionWords(question, classes), html: `<div style="display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start">${shown.join("")}</div>`, options },
    meta: { almq: question },
  };
}

function sampleHtml(view: SampleView, address: string): string {
  if (view.kind === "text") return `<p style="white-space:pre-wrap;max-width:40em">${escaped(view.text)}</p>`;
  if (view.kind === "row") return `<table>${view.cells.map((cell) => `<tr>${cell.map((text) => `<td style="padding:2px 8px">${escaped(text)}</td>`).join("")}</tr>`).join("")}</table>`;
  return `<img src="${escaped(address)}" style="${imageStyle(view)}">`;
}

/** Tiny pictures are enlarged, with sharp pixels. */
function imageStyle(view: SampleView): string {
  const side = view.kind === "image" && view.type === "image/png" ? pngSide(view.bytes) : Infinity;
  return side <= 64 ? `height:${side * Math.max(1, Math.floor(192 / side))}px;image-rendering:pixelated` : "max-width:360px;max-height:360px";
}

function pngSide(bytes: Uint8Array): number {
  if (bytes.length < 24) return Infinity;
  const header = new DataView(bytes.buffer, bytes.byteOffset, 24);
  return Math.max(header.getUint32(16), header.getUint32(20)); // width and height of the first chunk
}

const signs: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => signs[sign]!);
}
