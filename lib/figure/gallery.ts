import { readFileSync } from "node:fs";
import type { Figure } from "./figure";
import { escaped, tableHtml, type Table } from "./table";

/** A figure with what stands around it. */
export interface GalleryEntry {
  readonly title: string;
  readonly figure: Figure;
  /** The same figure as SVG, where no script runs. */
  readonly svg: string;
  readonly caption: string;
  readonly table?: Table;
}

/** One HTML page with all figures, interactive and as pictures. It holds everything it needs and loads nothing. */
export function galleryHtml(title: string, entries: readonly GalleryEntry[]): string {
  const plotly = readFileSync(require.resolve("plotly.js-dist-min"), "utf8");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>
body { font: 15px/1.5 "DejaVu Sans", Verdana, Arial, sans-serif; color: #222; max-width: 940px; margin: 2em auto; padding: 0 1em; }
figure { margin: 0 0 3em; }
figcaption { max-width: 60em; }
table { border-collapse: collapse; margin-top: 1em; font-size: 13px; }
td, th { border-bottom: 1px solid #ddd; padding: 2px 10px; text-align: right; font-variant-numeric: tabular-nums; }
summary { cursor: pointer; margin-top: .6em; }
</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${entries.map(entryHtml).join("\n")}
<script>${plotly}</script>
<script>
for (const place of document.querySelectorAll("[data-figure]")) {
  const { data, layout } = JSON.parse(document.getElementById(place.dataset.figure).textContent);
  place.textContent = "";
  Plotly.newPlot(place, data, layout, { responsive: true, displaylogo: false });
}
</script>
</body>
</html>
`;
}

function entryHtml({ title, figure, svg, caption, table }: GalleryEntry, i: number): string {
  const json = JSON.stringify(figure).replaceAll("<", "\\u003c"); // nothing in it ends the script
  const details = table === undefined ? "" : `\n<details open><summary>The numbers at the end of the budget</summary>${tableHtml(table)}</details>`;
  return `<figure>
<div data-figure="figure-${i}" role="img" aria-label="${escaped(title)}">${svg}</div>
<script type="application/json" id="figure-${i}">${json}</script>
<figcaption>${escaped(caption)}</figcaption>${details}
</figure>`;
}
