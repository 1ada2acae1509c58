import type { Plotly } from "./figure";
import type { MethodStyle } from "./palette";
import { axesOf } from "./panels";

/** A point of a method's line. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
  /** Half the length of the bar; absent where none is drawn. */
  readonly bar?: number;
  /** What hovering adds to the numbers. */
  readonly hover?: string;
}

/**
 * A method's points in one panel: almq's as a line with bars, the paper's as open markers. Where the paper's stand
 * alone, a thin line joins the markers.
 */
export function methodTraces(method: string, style: MethodStyle, panel: number, ours: readonly LinePoint[], published: readonly LinePoint[], alone: boolean): Plotly[] {
  const joined = alone ? published : ours;
  return [
    ...(joined.length > 0 && style.outline !== undefined ? [outline(method, style, joined, style.outline, alone)] : []),
    ...(ours.length > 0 ? [line(method, style, ours), ...(style.outline === undefined ? [] : [key(method, style, style.outline)])] : []),
    ...(published.length > 0 ? [alone ? joinedMarkers(method, style, published) : markers(method, style, published)] : []),
  ].map((trace) => ({ ...trace, ...axesOf(panel) }));
}

function line(method: string, { color, dash, outline }: MethodStyle, points: readonly LinePoint[]): Plotly {
  return {
    ...source(method, false),
    ...values(points),
    mode: "lines",
    line: { color, dash, width: 2 },
    ...errorBars(points, outline ?? color),
    ...(outline === undefined ? {} : { showlegend: false }), // its key stands for it
  };
}

function errorBars(points: readonly LinePoint[], color: string): Plotly {
  const bars = points.map(({ bar }) => bar ?? 0);
  return bars.some((bar) => bar > 0) ? { error_y: { type: "data", array: bars, color: translucent(color), thickness: 1, width: 2 } } : {};
}

/** A darker line under a faint one, switched with it. */
function outline(method: string, { dash }: MethodStyle, points: readonly LinePoint[], color: string, published: boolean): Plotly {
  const { x, y } = values(points);
  return { ...source(method, published), name: `${method}, outline`, x, y, mode: "lines", line: { color, dash, width: published ? 2.25 : 3 }, hoverinfo: "skip", showlegend: false };
}

/** The legend's entry of an outlined line: a legend draws one line only, so it has a colour between the two. */
function key(method: string, { color, dash }: MethodStyle, outline: string): Plotly {
  return { ...source(method, false), x: [null], y: [null], mode: "lines", line: { color: between(color, outline), dash, width: 3 }, hoverinfo: "skip" };
}

function markers(method: string, { color, symbol, outline }: MethodStyle, points: readonly LinePoint[]): Plotly {
  const look = outline === undefined ? { symbol: `${symbol}-open`, line: { width: 1 } } : { symbol, line: { width: 1, color: outline } };
  return { ...source(method, true), ...values(points), mode: "markers", marker: { color, size: 5, ...look } };
}

function joinedMarkers(method: string, style: MethodStyle, points: readonly LinePoint[]): Plotly {
  const line = { color: style.color, dash: style.dash, width: 1.25 };
  return { ...markers(method, style, points), ...errorBars(points, style.outline ?? style.color), mode: "lines+markers", line };
}

/** A level line across a panel. */
export function levelTrace(method: string, { color }: MethodStyle, panel: number, x: readonly [number, number], y: number, published: boolean): Plotly {
  const drawn = published ? { color, width: 1.5, dash: "dot" } : { color, width: 2, dash: "solid" };
  return { ...source(method, published), x, y: [y, y], mode: "lines", line: drawn, hovertemplate: "%{fullData.name}: %{y:.4f}<extra></extra>", ...axesOf(panel) };
}

function values(points: readonly LinePoint[]): Plotly {
  return {
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
    customdata: points.map(({ hover }) => hover ?? ""),
    hovertemplate: "%{fullData.name}<br>%{x} labels: %{y:.4f}<br>%{customdata}<extra></extra>",
  };
}

/** Name and legend group of a trace. */
function source(method: string, published: boolean): Plotly {
  return {
    type: "scatter",
    name: published ? `${method}, published` : method,
    legendgroup: `${published ? "published" : "almq"} ${method}`,
    ...(published ? { legend: "legend2" } : {}),
  };
}

/** The colour half-way from one `#rrggbb` to another. */
function between(one: string, other: string): string {
  const parts = channels(one).map((value, i) => Math.round((value + channels(other)[i]!) / 2));
  return `#${parts.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

function channels(color: string): number[] {
  return [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
}

/** A colour `#rrggbb` that lets others through: bars of many methods overlap, and stay behind the lines. */
export function translucent(color: string, opacity = 0.55): string {
  const [red, green, blue] = channels(color);
  return `rgba(${red}, ${green}, ${blue}, ${opacity})`;
}
