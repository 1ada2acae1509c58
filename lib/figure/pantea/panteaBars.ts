import type { Figure, Plotly } from "../figure";
import { axesOf, panelLayout, type PanelAxes } from "../panels";
import type { RunEnd } from "./panteaRuns";

/** A strategy's bars in one panel: printed numbers, and almq's own where there are any. */
export interface Bars {
  readonly name: string;
  readonly color: string;
  /** Where the bars stand. */
  readonly places: readonly string[];
  /** In percent. */
  readonly printed: readonly number[];
  /** Where almq's own runs end. */
  readonly ours: readonly (RunEnd | undefined)[];
  /** What is drawn of a test accuracy; both from 0 to 1. */
  readonly value: (accuracy: number) => number;
}

/** Printed numbers as full bars, and beside them almq's own outlined, with ± one standard error. */
export function barTraces({ name, color, places, printed, ours, value }: Bars, panel: number): Plotly[] {
  const bar = (from: "published" | "almq", y: readonly (number | undefined)[], marker: Plotly) => ({
    type: "bar",
    name: `${name}, ${from}`,
    legendgroup: `${name}, ${from}`,
    offsetgroup: `${name}, ${from}`,
    x: places,
    y,
    marker,
    hovertemplate: "%{x}, %{fullData.name}: %{y:.2f} %<extra></extra>",
    showlegend: panel === 0,
    ...axesOf(panel),
  });
  const published = bar("published", printed, { color });
  if (ours.every((point) => point === undefined)) return [published];
  const error = ours.map((point) => (point?.accuracySd === undefined ? 0 : (100 * point.accuracySd) / Math.sqrt(point.replicates)));
  const outlined = bar("almq", ours.map((point) => point && 100 * value(point.accuracyMean)), { color: "rgba(255, 255, 255, 0)", line: { color, width: 2 } }); // prettier-ignore
  return [published, { ...outlined, error_y: { type: "data", array: error, thickness: 1, width: 3, color: "#444444" } }];
}

/** Panels of bars under one title, with a legend below them. */
export function barFigure(title: string, data: readonly Plotly[], axes: readonly PanelAxes[]): Figure {
  const layout = panelLayout(axes, title);
  const legend = { ...(layout.legend as Plotly), orientation: "h", x: 0, y: -0.16 };
  return { data, layout: { ...layout, height: 540, margin: { l: 68, r: 16, t: 92, b: 110 }, legend, barmode: "group", bargap: 0.2 } };
}
