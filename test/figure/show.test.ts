import { deepEqual, equal, match, ok } from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { learningCurveFigure, progress, publishedCurves, show, showTable, showText } from "almq";
import { DataFrame } from "danfojs-node";

const figure = learningCurveFigure([{ title: "mnist", curves: [], published: publishedCurves("mnist") }], { title: "Figure 4" });

interface Message {
  readonly data: Record<string, unknown>;
  readonly transient: { readonly display_id?: string };
}

/** A notebook is there when tslab's kernel has been loaded and has somewhere to write. */
const path = require.resolve("tslab/dist/jupyter");
let messages: (Message & { readonly update: boolean })[];
beforeEach(() => {
  messages = [];
  const lastWriteDisplayData = (message: Message, update: boolean) => void messages.push({ ...message, update });
  require.cache[path] = { exports: { lastWriteDisplayData } } as unknown as NodeModule;
});
afterEach(() => void delete require.cache[path]);

test("show(figure) sends the interactive figure as an object, with a picture and a text", async () => {
  await show(figure);
  const { data } = messages[0]!;
  const interactive = data["application/vnd.plotly.v1+json"] as { data: unknown[]; layout: { autosize?: boolean; width?: number; height: number } };
  equal(interactive.data.length, figure.data.length);
  deepEqual([interactive.layout.autosize, interactive.layout.width], [true, undefined], "as wide as the notebook");
  equal(Buffer.from(data["image/png"] as string, "base64").toString("latin1", 1, 4), "PNG");
  equal(data["text/plain"], "[figure: Figure 4]");
  ok(!("text/html" in data), "HTML would hide the figure where notebooks are converted");
});

test("showTable(rows) sends HTML and aligned text", () => {
  showTable([{ method: "ALMQ", accuracy: 0.94351, note: "<b>" }, { method: "RA", accuracy: 0.9 }]); // prettier-ignore
  const { data } = messages[0]!;
  match(data["text/html"] as string, /<th>method<\/th>.*<td>0\.9435<\/td><td>&lt;b&gt;<\/td>.*<td>RA<\/td><td>0\.9000<\/td><td><\/td>/);
  equal(data["text/plain"], "method  accuracy  note\nALMQ      0.9435  <b>\nRA        0.9000");
});

test("showTable(frame) takes a danfojs DataFrame", () => {
  showTable(new DataFrame([[1, 0.5], [2, 0.25]], { columns: ["a", "b"] }), { digits: 2 }); // prettier-ignore
  equal(messages[0]!.data["text/plain"], "   a     b\n0  1  0.50\n1  2  0.25");
});

test("showTable(rows) keeps two digits of numbers too small for its decimals", () => {
  showTable([{ p: 1.234e-15 }, { p: 0.04 }, { p: 0 }]); // prettier-ignore
  equal(messages[0]!.data["text/plain"], "      p\n1.2e-15\n 0.0400\n      0");
});

test("showText(markdown) sends Markdown", () => {
  showText("**30** replicates");
  equal(messages[0]!.data["text/markdown"], "**30** replicates");
});

test("progress(total) rewrites one line", () => {
  const done = progress(10, "rounds");
  done(1);
  done(10);
  equal(messages[0]!.transient.display_id, messages[1]!.transient.display_id);
  ok(!messages[0]!.update && messages[1]!.update);
  match(messages[0]!.data["text/plain"] as string, /^rounds 1 of 10, about \d+ s left$/);
  equal(messages[1]!.data["text/plain"], "rounds 10 of 10");
});
