import type { Figure, Plotly } from "./figure";
import { legendEntries, twoLegends } from "./legends";
import { methodStyles, type MethodStyle, type Palette } from "./palette";
import { fontFamily } from "./static/fontMetrics";

/** One panel of a figure, of any kind: its axes, the methods it shows, and how they are drawn in it. */
export interface Panel {
  readonly axes: PanelAxes;
  readonly methods: readonly string[];
  traces(panel: number, styles: ReadonlyMap<string, MethodStyle>): readonly Plotly[];
}

/**
 * Panels side by side under one title. A method looks the same in all of them. What almq computed and what is published
 * have a legend each, in which a method has one entry that switches all panels.
 */
export function panelFigure(panels: readonly Panel[], { title, palette }: { readonly title: string; readonly palette: Palette }): Figure {
  const styles = methodStyles(panels.flatMap(({ methods }) => methods), palette);
  const traces = panels.flatMap((panel, i) => panel.traces(i, styles));
  const entries = legendEntries(traces);
  const rank = (trace: Plotly) => 1000 + [...styles.keys()].findIndex((method) => String(trace.legendgroup).endsWith(` ${method}`));
  const data = traces.map((trace) => ({ ...trace, showlegend: entries.has(trace), legendrank: rank(trace) }));
  const layout = panelLayout(panels.map(({ axes }) => axes), title);
  return { data, layout: { ...layout, ...twoLegends([...entries], layout.legend as Plotly, height - top - bottom) } };
}

/** Heights in pixels: of a figure, and of what stands above and below its panels. */
const [height, top, bottom] = [510, 92, 60];

/** One panel of a figure: its title and what its axes show. */
export interface PanelAxes {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** Said in small letters under the title. */
  readonly note?: string;
  /** Shades the panel: it shows published points only. */
  readonly shaded?: boolean;
  readonly xaxis?: Plotly;
  readonly yaxis?: Plotly;
}

type Counted = readonly { readonly replicates: number }[];

/** From how many replicates a panel is drawn: almq's, or the published ones where they stand alone. */
export function replicatesNote(ours: Counted, published: Counted): string {
  if (ours.length > 0) return replicatesWords(ours);
  return published.length > 0 ? `published points only, ${replicatesWords(published)}` : "no results yet";
}

/**
 * How many replicates there are, in words; a study that is not done may have more of one method than of another.
 *
 * @example
 * replicatesWords([{ replicates: 1 }, { replicates: 2 }]) // "1 to 2 replicates"
 */
export function replicatesWords(counted: Counted): string {
  const numbers = counted.map(({ replicates }) => replicates);
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return `${least < most ? `${least} to ${most}` : most} ${most === 1 ? "replicate" : "replicates"}`;
}

/** Names of the axes of a panel, as traces refer to them: `x`, `x2`, … */
export function axesOf(panel: number): { xaxis: string; yaxis: string } {
  const number = panel === 0 ? "" : String(panel + 1);
  return { xaxis: `x${number}`, yaxis: `y${number}` };
}

/** The layout of panels side by side, each with axes of its own, with one legend at the right. */
export function panelLayout(panels: readonly PanelAxes[], title: string): Plotly {
  const gap = panels.length > 2 ? 0.1 : 0.17;
  const width = (1 - gap * (panels.length - 1)) / panels.length;
  const axes = panels.map((panel, i) => {
    const { xaxis, yaxis } = axesOf(i);
    const from = i * (width + gap);
    return {
      [`xaxis${xaxis.slice(1)}`]: { ...axis(panel.x), domain: [from, from + width], anchor: yaxis, ...panel.xaxis },
      [`yaxis${yaxis.slice(1)}`]: { ...axis(panel.y), anchor: xaxis, ...panel.yaxis },
    };
  });
  const words = ({ title, note }: PanelAxes) => (note === undefined ? title : `${title}<br><span style="font-size: 12px; color: #666666">${note}</span>`);
  const headings = panels.map((panel, i) => ({ ...headingStyle, text: words(panel), x: i * (width + gap) + width / 2 }));
  const shapes = panels.flatMap(({ shaded = false }, i) => (shaded ? [shade(i)] : []));
  return Object.assign({}, ...axes, {
    title: { text: title, font: { size: 17 }, x: 0.01, xanchor: "left", y: 0.975, yanchor: "top" },
    annotations: headings,
    font: { family: fontFamily, size: 13, color: "#222222" },
    paper_bgcolor: "#ffffff",
    plot_bgcolor: "#ffffff",
    ...(shapes.length > 0 ? { shapes } : {}),
    height,
    margin: { l: 68, r: 16, t: top, b: bottom },
    legend: { font: { size: 12 }, tracegroupgap: 0, itemwidth: 44, y: 1, yanchor: "top" },
    hovermode: "closest",
  }) as Plotly;
}

/** The range of an axis that leaves a little space around values. */
export function padded(values: readonly number[]): Plotly {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low < high ? { range: [low - 0.04 * (high - low), high + 0.04 * (high - low)] } : {};
}

/** A pale grey behind the traces of a panel. */
function shade(panel: number): Plotly {
  const { xaxis, yaxis } = axesOf(panel);
  return { type: "rect", xref: `${xaxis} domain`, yref: `${yaxis} domain`, x0: 0, x1: 1, y0: 0, y1: 1, fillcolor: "#f4f4f4", line: { width: 0 }, layer: "below" };
}

function axis(title: string): Plotly {
  return {
    title: { text: title, standoff: 10 },
    showline: true,
    linecolor: "#444444",
    mirror: true,
    ticks: "outside",
    ticklen: 4,
    gridcolor: "#ebebeb",
    zeroline: false,
    automargin: true,
  };
}

const headingStyle = { xref: "paper", yref: "paper", y: 1, xanchor: "center", yanchor: "bottom", yshift: 4, showarrow: false, font: { size: 14 } };
