import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import { inflateSync } from "node:zlib";
import { figureToPng, figureToSvg, learningCurveFigure, publishedCurves, publishedFull, type Figure } from "almq";
import { png } from "../../lib/figure/png";
import { textWidth } from "../../lib/figure/static/fontMetrics";

const figure = learningCurveFigure(["handwriting", "har"].map((title) => ({ title, curves: [], published: publishedCurves(title), publishedFull: publishedFull(title)!.drawn })));

test("figureToSvg(figure) draws titles, legend and curves without a browser, the same every time", async () => {
  const svg = await figureToSvg(figure);
  for (const words of ["handwriting", "har", "initial labels + budget", "BADGE, published", "published points only"]) ok(svg.includes(words), words);
  equal(svg.match(/class="js-line"/g)!.length, 2 * 9 + 8, "two panels of eight lines and an outline, and the legend");
  match(svg, /^<svg [^>]*width="900" height="510"/);
  const [again, other, third] = await Promise.all([figureToSvg(figure), figureToSvg({ data: [], layout: {} }), figureToSvg(figure)]);
  ok(again === svg && third === svg && other !== svg, "drawn at once, and drawn again");
});

test("figureToSvg(figure) keeps axis titles clear of tick labels", async () => {
  const svg = await figureToSvg(figure);
  const titles = [...svg.matchAll(/class="y2?title"[^>]*? x="([-\d.]+)"/g)].map(([, x]) => Number(x));
  const labels = [...svg.matchAll(/<g class="y2?tick"><text text-anchor="end" x="([-\d.]+)"/g)].map(([, x]) => Number(x));
  const widest = textWidth("0.96", 13);
  equal(titles.length, 2);
  titles.forEach((title, i) => ok(title < [...new Set(labels)].sort((a, b) => a - b)[i]! - widest, `${title} against ${labels[i]}`));
});

test("figureToPng(figure) gives a picture of the figure's size, the same bytes every time", async () => {
  const picture = await figureToPng(figure);
  deepEqual(sizeOf(picture), [900, 510]);
  ok(picture.equals(await figureToPng(figure)));
  deepEqual(sizeOf(await figureToPng({ data: [], layout: {} }, { scale: 2, width: 400, height: 300 })), [800, 600]);
});

test("figureToPng(figure) paints heatmaps", async () => {
  const heatmap: Figure = { data: [{ type: "heatmap", z: [[0, 1], [2, 3]], colorscale: "Greys", showscale: false }], layout: {} }; // prettier-ignore
  match(await figureToSvg(heatmap), /<image [^>]*href="data:image\/png;base64,/);
});

test("figureToSvg(figure) leaves the figure as it was", async () => {
  const before = JSON.stringify(figure);
  await figureToSvg(figure);
  equal(JSON.stringify(figure), before);
});

test("textWidth(text, size) adds up the font's own widths", () => {
  equal(textWidth("A", 2048), 1401); // DejaVu Sans has 2048 units to the em
  equal(textWidth("iW", 10), textWidth("i", 10) + textWidth("W", 10));
  ok(textWidth("A", 10, true) > textWidth("A", 10));
});

test("png(pixels) holds the pixels it was given", () => {
  const pixels = Uint8Array.from({ length: 2 * 3 * 3 }, (_, i) => 7 * i);
  const file = png(pixels, 3, 2, 3);
  deepEqual(sizeOf(file), [3, 2]);
  const start = file.indexOf("IDAT") + 4;
  const rows = inflateSync(file.subarray(start, start + file.readUInt32BE(start - 8)));
  deepEqual([...rows], [0, ...pixels.subarray(0, 9), 0, ...pixels.subarray(9)]);
});

function sizeOf(file: Buffer): number[] {
  equal(file.toString("latin1", 1, 4), "PNG");
  return [file.readUInt32BE(16), file.readUInt32BE(20)];
}
