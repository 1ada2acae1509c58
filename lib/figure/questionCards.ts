import type { Samples } from "../dataset/dataset";
import { answerWords } from "../oracle/person/answerWords";
import { questionWords } from "../oracle/person/questionWords";
import { requireAnswer, requireQuestion, type Answer, type Question } from "../question/question";
import { refuse } from "../runtime/refuse";
import type { Figure, Plotly } from "./figure";
import { pictureSheet } from "./pictureSheet";
import { pixelPictures, type PixelOptions } from "./pixelPictures";

/** A question as it is put to a person, and what became of it. */
export interface QuestionCard {
  readonly question: Question;
  /** Absent while nobody has answered. */
  readonly answer?: Answer;
  /** Price of the answer, in the unit of the budget. */
  readonly cost?: number;
  /** A line at the foot of the card, e.g. what the question promises. */
  readonly note?: string;
  /** A word or two under every picture, e.g. what the model takes it for. */
  readonly captions?: readonly string[];
}

/** How question cards are laid out. */
export interface QuestionCardOptions extends PixelOptions {
  readonly title?: string;
  /** Cards in a row, ≥ 1. Default as many as fit in 900 pixels. */
  readonly columns?: number;
}

/** Pixels of the figure. */
const [side, space, padding, gap, line, least] = [72, 8, 12, 14, 22, 252];
const answerColors: Readonly<Record<string, string>> = { yes: "#1a7a3c", no: "#b3261e", "cannot tell": "#777777" };

/**
 * Draws questions as cards: the question in the words a person reads, the pictures it shows, its answer and its price.
 *
 * @param samples the pool that the questions are about, unscaled
 * @param classes names of the classes
 * @param cards at least one
 * @throws {InputError} for no card, a question or an answer that cannot be, or samples that are no pictures
 */
export function questionCards(samples: Samples, classes: readonly string[], cards: readonly QuestionCard[], options: QuestionCardOptions = {}): Figure {
  if (cards.length === 0) refuse("questionCards", "at least one card", 0);
  for (const { question, answer } of cards) {
    requireQuestion("questionCards", question, { samples: samples.count, classes: classes.length });
    if (answer !== undefined) requireAnswer("questionCards", question, answer, classes.length);
  }
  const size = cardSize(cards, classes);
  const columns = Math.min(cards.length, options.columns ?? Math.max(1, Math.floor((900 + gap) / (size.width + gap))));
  const rows = Math.ceil(cards.length / columns);
  const sources = pixelPictures("questionCards", samples, cards.flatMap(({ question }) => question.samples), options, side);
  let shown = 0;
  const drawn = cards.map((card, i) => {
    const pictures = sources.slice(shown, (shown += card.question.samples.length));
    const corner = { x: (i % columns) * (size.width + gap), y: -Math.floor(i / columns) * (size.height + gap) };
    return drawCard(card, pictures, classes, corner, size);
  });
  return pictureSheet({
    title: options.title ?? "",
    width: columns * (size.width + gap) - gap,
    height: rows * (size.height + gap) - gap,
    images: drawn.flatMap(({ images }) => images),
    annotations: drawn.flatMap(({ annotations }) => annotations),
    shapes: drawn.map(({ shape }) => shape),
  });
}

interface CardSize {
  readonly width: number;
  readonly height: number;
  readonly captions: boolean;
  /** Whether there is a line for answers and prices. */
  readonly foot: boolean;
}

/** All cards have the size of the one that needs most room. */
function cardSize(cards: readonly QuestionCard[], classes: readonly string[]): CardSize {
  const captions = cards.some((card) => card.captions !== undefined);
  const foot = cards.some((card) => card.answer !== undefined || card.cost !== undefined);
  const note = cards.some((card) => card.note !== undefined);
  const needs = ({ question, note = "" }: QuestionCard) =>
    Math.max(question.samples.length * (side + space) - space, 8.2 * questionWords(question, classes).length, 6.6 * note.length);
  const width = Math.max(least, ...cards.map(needs)) + 2 * padding;
  return { width: Math.ceil(width), height: 2 * padding + line + 6 + side + (captions ? line - 2 : 4) + (foot ? line : 4) + (note ? line - 2 : 0), captions, foot };
}

function drawCard(card: QuestionCard, pictures: readonly string[], classes: readonly string[], { x, y }: { x: number; y: number }, size: CardSize) {
  const { question, answer, cost, note, captions = [] } = card;
  const [from, top] = [x + padding, y - padding - line - 6];
  const foot = top - side - (size.captions ? line - 2 : 4);
  const text = (words: string, at: number, height: number, xanchor: string, style: Plotly): Plotly => ({ text: words, x: at, y: height, xanchor, yanchor: "top", font: style });
  const color = answerColors[String(answer)] ?? "#1f5f99";
  return {
    shape: { type: "rect", x0: x, x1: x + size.width, y0: y, y1: y - size.height, fillcolor: "#f6f7f9", line: { color: "#c9ced6", width: 1 }, layer: "below" },
    images: pictures.map((source, i) => ({ source, x: from + i * (side + space), y: top, sizex: side, sizey: side })),
    annotations: [
      text(`<b>${questionWords(question, classes)}</b>`, from, y - padding + 4, "left", { size: 14 }),
      ...captions.map((words, i) => text(words, from + i * (side + space) + side / 2, top - side, "center", { size: 12, color: "#555555" })),
      ...(answer === undefined ? [] : [text(`<b>${answerWords(answer, classes)}</b>`, from, foot, "left", { size: 14, color })]),
      ...(cost === undefined ? [] : [text(`cost ${cost}`, x + size.width - padding, foot, "right", { size: 13, color: "#555555" })]),
      ...(note === undefined ? [] : [text(note, from, foot - (size.foot ? line - 2 : 4), "left", { size: 12, color: "#555555" })]),
    ],
  };
}
