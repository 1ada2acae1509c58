import { asFeatures, type FeatureInput, type Features } from "../acquisition/diversity/features";
import { refuse } from "../runtime/refuse";
import type { Figure, Plotly } from "./figure";
import { axesOf } from "./panels";
import { fontFamily } from "./static/fontMetrics";

/** What one way of choosing chose. */
export interface Picks {
  /** Stands above the panel. */
  readonly name: string;
  readonly samples: ArrayLike<number>;
}

/** What else a map of picks shows. */
export interface PicksMapOptions {
  readonly title?: string;
  /** What the axes show. Default "first direction" and "second direction". */
  readonly axes?: readonly [string, string];
  /** A number for every sample that shades it, e.g. its uncertainty, and what that number is. */
  readonly shade?: { readonly values: ArrayLike<number>; readonly name: string };
  /** Samples that have a label already. Default none. */
  readonly labeled?: ArrayLike<number>;
  /** Maps in a row, ≥ 1. Default 3. */
  readonly columns?: number;
}

/** Sizes in pixels of the figure. */
const [panelHeight, rowGap, columnGap, top, bottom] = [235, 52, 22, 84, 84];

/**
 * A map of the pool for each way of choosing, with its picks ringed: twins lie on top of each other, a batch that is
 * diverse lies scattered.
 *
 * @param points of the pool, [sample, 2], e.g. from `principalPlane`
 * @throws {InputError} when points are not flat, lengths differ, or a pick is no sample
 */
export function picksMap(points: FeatureInput, picks: readonly Picks[], options: PicksMapOptions = {}): Figure {
  const { title = "What was chosen", axes = ["first direction", "second direction"], shade, labeled = [], columns = 3 } = options;
  const flat = asFeatures(points, "picksMap");
  if (flat.width !== 2) refuse("picksMap", "points of two coordinates", flat.width);
  if (picks.length === 0) refuse("picksMap", "picks of at least one kind", 0);
  if (!Number.isInteger(columns) || columns < 1) refuse("picksMap", "at least one map in a row", columns);
  if (shade !== undefined && shade.values.length !== flat.samples) refuse("picksMap", `a shade for each of ${flat.samples} samples`, shade.values.length);
  const across = Math.min(columns, picks.length);
  const down = Math.ceil(picks.length / across);
  const height = down * panelHeight + (down - 1) * rowGap;
  const data = picks.flatMap(({ name, samples }, panel) => [
    ...poolTraces(flat, shade, panel),
    ...(labeled.length === 0 ? [] : [marks(flat, labeled, "labeled before", panel, { symbol: "x", size: 6, color: "#222222" })]),
    marks(flat, samples, "chosen", panel, { symbol: "circle-open", size: 12, color: "#d55e00", line: { width: 2.5, color: "#d55e00" } }, name),
  ]);
  return { data, layout: { ...frame(title, height), ...panelAxes(picks, flat, { across, height, axes }), ...colorBar(shade, height) } };
}

function poolTraces(flat: Features, shade: PicksMapOptions["shade"], panel: number): Plotly[] {
  const marker = shade === undefined ? { size: 4, color: "#bbbbbb" } : { size: 4.5, color: Array.from(shade.values), coloraxis: "coloraxis" };
  const every = Array.from({ length: flat.samples }, (_, i) => i);
  return [{ ...marks(flat, every, "pool", panel, marker), showlegend: false }];
}

function marks({ values, samples }: Features, chosen: ArrayLike<number>, name: string, panel: number, marker: Plotly, by = ""): Plotly {
  const indices = Array.from(chosen, (sample) => (Number.isInteger(sample) && sample >= 0 && sample < samples ? sample : refuse("picksMap", `samples from 0 to ${samples - 1}`, sample, by || name)));
  const text = indices.map((sample, order) => (by === "" ? `sample ${sample}` : `${by}: number ${order + 1}, sample ${sample}`));
  const [x, y] = [0, 1].map((axis) => indices.map((sample) => values[2 * sample + axis]!));
  return { type: "scatter", mode: "markers", name, legendgroup: name, showlegend: panel === 0, x, y, text, hoverinfo: "text", marker, ...axesOf(panel) };
}

interface Grid {
  readonly across: number;
  readonly height: number;
  readonly axes: readonly [string, string];
}

/** Axes of equal ranges, titled at the left and at the bottom only. */
function panelAxes(picks: readonly Picks[], flat: Features, { across, height, axes: [x, y] }: Grid): Plotly {
  const gap = columnGap / 780;
  const width = (1 - gap * (across - 1)) / across;
  const range = [0, 1].map((axis) => rangeOf(flat, axis));
  const entries = picks.map(({ name }, panel) => {
    const { xaxis, yaxis } = axesOf(panel);
    const [column, row] = [panel % across, Math.floor(panel / across)];
    const left = column * (width + gap);
    const upper = 1 - (row * (panelHeight + rowGap)) / height;
    const last = panel + across >= picks.length;
    const both = { showticklabels: false, ticks: "", showgrid: false, zeroline: false, showline: true, linecolor: "#888888", mirror: true };
    const heading = { text: name, x: left + width / 2, y: upper, xref: "paper", yref: "paper", xanchor: "center", yanchor: "bottom", yshift: 3, showarrow: false, font: { size: 14 } };
    return {
      heading,
      axes: {
        [`xaxis${xaxis.slice(1)}`]: { ...both, domain: [left, left + width], anchor: yaxis, range: range[0], ...(last && { title: { text: x, standoff: 6 } }) },
        [`yaxis${yaxis.slice(1)}`]: { ...both, domain: [Math.max(0, upper - panelHeight / height), upper], anchor: xaxis, range: range[1], ...(column === 0 && { title: { text: y, standoff: 6 } }) },
      },
    };
  });
  return { ...(Object.assign({}, ...entries.map(({ axes }) => axes)) as Plotly), annotations: entries.map(({ heading }) => heading) };
}

function rangeOf({ values, samples }: Features, axis: number): [number, number] {
  const all = Array.from({ length: samples }, (_, i) => values[2 * i + axis]!);
  const [low, high] = all.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
  const room = 0.06 * (high - low || 1);
  return [low - room, high + room];
}

function frame(title: string, height: number): Plotly {
  return {
    title: { text: title, font: { size: 17 }, x: 0.01, xanchor: "left", y: 1, yref: "container", yanchor: "top", pad: { t: 14 } },
    font: { family: fontFamily, size: 13, color: "#222222" },
    paper_bgcolor: "#ffffff",
    plot_bgcolor: "#ffffff",
    height: height + top + bottom,
    margin: { l: 40, r: 20, t: top, b: bottom },
    legend: { orientation: "h", x: 0, xanchor: "left", y: -36 / height, yanchor: "top" },
    hovermode: "closest",
  };
}

function colorBar(shade: PicksMapOptions["shade"], height: number): Plotly {
  if (shade === undefined) return {};
  const colorbar = { title: { text: shade.name, side: "right" }, thickness: 14, len: Math.min(1, panelHeight / height), y: 1, yanchor: "top", outlinewidth: 0 };
  return { coloraxis: { colorscale: [[0, "#e8edf2"], [0.5, "#8fb3d1"], [1, "#0b3c6f"]], colorbar } };
}
