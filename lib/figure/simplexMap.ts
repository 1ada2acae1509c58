import { refuse } from "../runtime/refuse";
import { chart } from "./chart";
import type { Figure, Plotly } from "./figure";

/** A measure of uncertainty and the word on the button that shows it. */
export interface SimplexMeasure {
  readonly label: string;
  /** One number per prediction, higher = less certain: any criterion of almq. */
  readonly utility: (p: readonly (readonly number[])[]) => ArrayLike<number>;
}

/** A prediction for three classes. */
export type ThreeClasses = readonly [number, number, number];

/** What stands around and on a map of the simplex. */
export interface SimplexMapOptions {
  readonly title?: string;
  /** What the corners are called. Default class 1, 2, 3. */
  readonly classes?: readonly [string, string, string];
  /** Predictions that the slider walks through; the first is marked in pictures. Default none. */
  readonly path?: readonly ThreeClasses[];
  /** Cells along a side, ≥ 10. Default 60. */
  readonly cells?: number;
}

/** The height of a triangle of side 1. */
const height = Math.sqrt(3) / 2;

/**
 * A heat map of every prediction for three classes: a corner is certainty, the middle the uniform distribution.
 * A button for each measure switches the map; a slider walks a mark along a path of predictions, with what every measure says of it.
 *
 * @param measures at least one; each map has a scale of its own
 * @throws {InputError} for no measure, or too few cells
 * @see Settles (2009), Active learning literature survey, figure 5
 */
export function simplexMap(measures: readonly SimplexMeasure[], { title = "", classes = ["class 1", "class 2", "class 3"], path = [], cells = 60 }: SimplexMapOptions = {}): Figure {
  if (measures.length === 0) refuse("simplexMap", "at least one measure", 0);
  if (!(cells >= 10)) refuse("simplexMap", "at least 10 cells", cells);
  const grid = { x: steps(cells, 1), y: steps(Math.round(cells * height), height) };
  const maps = measures.map((measure, i) => heatmap(measure, grid, i === 0));
  const marks = path.map((prediction) => mark(prediction, measures));
  const corners = classes.map((text, i) => ({ text: `<b>${text}</b>`, x: [0, 1, 0.5][i], y: i === 2 ? height + 0.01 : -0.01, yanchor: i === 2 ? "bottom" : "top", showarrow: false }));
  const hidden = { visible: false, range: [-0.12, 1.12] };
  const layout = { height: 560, annotations: corners, updatemenus: [buttons(measures, marks.length)], ...(marks.length > 1 ? { sliders: [slider(path, marks, measures.length)] } : {}), margin: { l: 20, r: 20, t: 100, b: 20 } };
  return chart([...maps, ...marks.slice(0, 1)], { title, x: "", y: "", xaxis: hidden, yaxis: { ...hidden, range: [-0.1, 0.95], scaleanchor: "x" }, layout });
}

/** Middles of `count` cells from 0 to `length`. */
function steps(count: number, length: number): number[] {
  return Array.from({ length: count }, (_, i) => ((i + 0.5) / count) * length);
}

function heatmap({ label, utility }: SimplexMeasure, { x, y }: { x: number[]; y: number[] }, visible: boolean): Plotly {
  const inside = y.flatMap((up, row) => x.flatMap((right, column) => ({ row, column, p: prediction(right, up) }))).filter(({ p }) => Math.min(...p) >= 0);
  const values = utility(inside.map(({ p }) => p));
  const z: (number | null)[][] = y.map(() => x.map(() => null));
  inside.forEach(({ row, column }, i) => (z[row]![column] = Number.isFinite(values[i]) ? Number(values[i]!.toFixed(4)) : null));
  return { type: "heatmap", name: label, x, y, z, visible, colorscale: "Viridis", hovertemplate: `${label}: %{z:.3f}<extra></extra>`, colorbar: { title: { text: label, side: "right" }, thickness: 16 } };
}

/** The prediction at a place of the triangle; outside of it a number is negative. */
function prediction(x: number, y: number): number[] {
  const third = y / height;
  return [1 - x - third / 2, x - third / 2, third];
}

function mark(p: ThreeClasses, measures: readonly SimplexMeasure[]): Plotly {
  const said = measures.map(({ label, utility }) => `${label} ${utility([p])[0]!.toFixed(2)}`).join("<br>");
  const place = { x: [p[1] + p[2] / 2, 0.82], y: [p[2] * height, 0.72] }; // the words stand beside the triangle
  return { type: "scatter", mode: "markers+text", ...place, text: ["", said], textposition: "middle right", marker: { size: 12, color: "#e41a1c", opacity: [1, 0], line: { color: "#ffffff", width: 2 } }, hoverinfo: "text", showlegend: false };
}

function buttons(measures: readonly SimplexMeasure[], marks: number): Plotly {
  const shown = (chosen: number) => [...measures.map((_, i) => i === chosen), ...(marks > 0 ? [true] : [])];
  const each = measures.map(({ label }, i) => ({ label, method: "restyle", args: [{ visible: shown(i) }] }));
  return { type: "buttons", direction: "right", buttons: each, x: 0, xanchor: "left", y: 1.02, yanchor: "bottom", showactive: true };
}

function slider(path: readonly ThreeClasses[], marks: readonly Plotly[], trace: number): Plotly {
  const each = path.map((p, i) => ({ label: p.map((share) => share.toFixed(2)).join(" · "), method: "restyle", args: [{ x: [marks[i]!.x], y: [marks[i]!.y], text: [marks[i]!.text] }, [trace]] }));
  return { active: 0, steps: each, currentvalue: { prefix: "prediction: ", font: { size: 13 } }, ticklen: 0, minorticklen: 0, font: { size: 10 }, pad: { t: 8 }, x: 0.05, len: 0.9 };
}
