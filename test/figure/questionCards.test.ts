import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { test } from "node:test";
import { imageGrid, questionCards, questionWords, type Question, type QuestionCard, type Samples } from "almq";
import { matchSnapshot } from "../snapshot/matchSnapshot";

const squares: Samples = {
  count: 12,
  shape: [2, 2, 1],
  read: (indices, out) => Array.from(indices).forEach((sample, i) => out.set([0, sample, 2, 3], 4 * i)),
};
const classes = ["cat", "dog"];
const all: Question = { kind: "all", class: 1, samples: [4, 5, 6] };
const cards: readonly QuestionCard[] = [
  { question: { kind: "class", samples: [3] }, answer: 0, cost: 1, captions: ["dog? 52 %"] },
  { question: all, answer: "yes", cost: 0.34, note: "promises 0.21 per unit" },
  { question: { kind: "any", class: 0, samples: [7, 8] } },
];

test("questionCards(samples, classes, cards) shows words, pictures, answers and prices", () => {
  matchSnapshot("figures/question-cards", questionCards(squares, classes, cards, { title: "Three questions" }));
});

test("questionCards(samples, classes, cards) asks in the words a person reads", () => {
  const texts = (questionCards(squares, classes, cards).layout.annotations as { text: string }[]).map(({ text }) => text);
  for (const { question } of cards) ok(texts.includes(`<b>${questionWords(question, classes)}</b>`), questionWords(question, classes));
  ok(texts.includes("<b>cat</b>") && texts.includes("<b>yes</b>") && texts.includes("cost 0.34"));
});

test("questionCards(samples, classes, cards) has one picture per sample, each inside its card, and cards that do not overlap", () => {
  const { layout } = questionCards(squares, classes, [...cards, ...cards], { columns: 2 });
  const boxes = layout.shapes as { x0: number; x1: number; y0: number; y1: number }[];
  const pictures = layout.images as { x: number; y: number; sizex: number }[];
  equal(boxes.length, 6);
  equal(pictures.length, 12);
  for (const { x, y, sizex } of pictures) equal(boxes.filter((box) => x >= box.x0 && x + sizex <= box.x1 && y <= box.y0 && y - sizex >= box.y1).length, 1);
  for (const a of boxes) for (const b of boxes) if (a !== b) ok(a.x1 < b.x0 || b.x1 < a.x0 || a.y1 > b.y0 || b.y1 > a.y0);
  ok((layout.width as number) <= 900);
});

test("questionCards(samples, classes, cards) refuses no card, and what cannot be asked or answered", () => {
  throws(() => questionCards(squares, classes, []), /questionCards: expected at least one card, got 0/);
  throws(() => questionCards(squares, classes, [{ question: { ...all, class: 2 } }]), /questionCards: expected a class from 0 to 1, got 2/);
  throws(() => questionCards(squares, classes, [{ question: all, answer: 1 }]), /questionCards: expected yes or no to the all question, got 1/);
  throws(() => questionCards({ ...squares, shape: [4] }, classes, cards), /questionCards: expected pictures of one or three channels, or their size/);
});

test("imageGrid(samples, indices, { frames, rowTitles }) frames some pictures and names the rows", () => {
  const { layout } = imageGrid(squares, [0, 1, 2, 3], { columns: 2, frames: [undefined, "#e41a1c"], rowTitles: ["right", "wrong"] });
  const [frame, ...others] = layout.shapes as { x0: number; x1: number; line: { color: string } }[];
  const [, second] = layout.images as { x: number; sizex: number }[];
  deepEqual([frame!.line.color, others.length], ["#e41a1c", 0]);
  ok(frame!.x0 > second!.x && frame!.x1 < second!.x + second!.sizex, "around the second picture");
  deepEqual((layout.annotations as { text: string }[]).map(({ text }) => text), ["right", "wrong"]);
  throws(() => imageGrid(squares, [0, 1], { columns: 1, rowTitles: ["one"] }), /imageGrid: expected a title for each of 2 rows, got 1/);
});
