import type { Figure, Plotly } from "./figure";
import { panelLayout } from "./panels";

/** What stands around the traces of a chart. */
export interface ChartOptions {
  readonly title: string;
  /** What the axes show, with its unit. */
  readonly x: string;
  readonly y: string;
  /** Whatever else plotly.js knows of axes and layout, e.g. `yaxis: { type: "log" }`. */
  readonly xaxis?: Plotly;
  readonly yaxis?: Plotly;
  readonly layout?: Plotly;
}

/**
 * A figure of your own: plotly.js traces on one pair of axes, in the look of almq's figures.
 *
 * @example
 * chart([{ type: "scatter", x: [10, 20], y: [0.6, 0.8] }], { title: "Two points", x: "labels", y: "test accuracy" }).data.length // 1
 */
export function chart(traces: readonly Plotly[], { title, x, y, xaxis = {}, yaxis = {}, layout = {} }: ChartOptions): Figure {
  const base = panelLayout([{ title: "", x, y, xaxis, yaxis }], title);
  return { data: traces, layout: { ...base, annotations: [], height: 400, margin: { l: 68, r: 16, t: 56, b: 60 }, ...layout } };
}
