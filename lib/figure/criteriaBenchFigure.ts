import type { Figure, Plotly } from "./figure";
import { axesOf, panelLayout, type PanelAxes } from "./panels";

/** A measured time or memory of one library at one task and size. */
export interface CriteriaPoint {
  readonly task: string;
  readonly library: string;
  readonly samples: number;
  /** Milliseconds. */
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
  /** Peak resident memory beyond the inputs, in MB. */
  readonly memory: number;
}

const columns = 3;
const looks: Readonly<Record<string, { color: string; dash: string; symbol: string }>> = {
  almq: { color: "#377eb8", dash: "solid", symbol: "circle" },
  torch: { color: "#e41a1c", dash: "dash", symbol: "square" },
  "torch, p log p": { color: "#f4a6a7", dash: "dash", symbol: "square-open" },
  "scikit-activeml": { color: "#ff7f00", dash: "dot", symbol: "diamond" },
  baal: { color: "#984ea3", dash: "dashdot", symbol: "cross" },
  batchbald_redux: { color: "#4daf4a", dash: "longdash", symbol: "triangle-up" },
};
const titles: Readonly<Record<string, string>> = { entropy: "entropy", bald: "BALD", "bald, streamed": "BALD, streamed", badge: "BADGE", coreSet: "core-set", batchBald: "BatchBALD" };

/**
 * How time or memory of every library grows with the pool: a panel for each criterion, both axes logarithmic.
 *
 * @param rows as `npm run bench -- criteria` measures them
 * @param measure `"time"`: medians, with bars from the fastest to the slowest call; `"memory"`: peaks, 1 MB and less drawn at 1 MB
 */
export function criteriaBenchFigure(rows: readonly CriteriaPoint[], measure: "time" | "memory"): Figure {
  const tasks = [...new Set(rows.map(({ task }) => task))];
  const libraries = Object.keys(looks).filter((library) => rows.some((row) => row.library === library));
  const data = libraries.flatMap((library) => {
    const panels = tasks.map((task) => rows.filter((row) => row.task === task && row.library === library));
    const first = panels.findIndex((points) => points.length > 0);
    return panels.flatMap((points, panel) => (points.length === 0 ? [] : [trace(points, library, panel, measure, panel === first)]));
  });
  const title = measure === "time" ? "Time by pool size" : "Peak memory beyond the inputs, by pool size";
  const most = Math.log10(2 * Math.max(1, ...rows.map(({ memory }) => memory)));
  return { data, layout: layout(tasks, title, measure === "time" ? { y: "ms" } : { y: "MB", yaxis: { range: [-0.15, most] } }) };
}

function trace(points: readonly CriteriaPoint[], library: string, panel: number, measure: "time" | "memory", showlegend: boolean): Plotly {
  const { color, dash, symbol } = looks[library]!;
  const time = measure === "time";
  const bars = { type: "data", symmetric: false, array: points.map((p) => p.slowest - p.median), arrayminus: points.map((p) => p.median - p.fastest), thickness: 1, width: 2 };
  return {
    type: "scatter",
    mode: "lines+markers",
    name: library,
    legendgroup: library,
    showlegend,
    ...axesOf(panel),
    x: points.map(({ samples }) => samples),
    y: points.map((p) => (time ? p.median : Math.max(1, p.memory))),
    ...(time && { error_y: { ...bars, color } }),
    line: { color, dash, width: library === "almq" ? 2.5 : 1.5 },
    marker: { color, symbol, size: 7 },
    hovertemplate: `${library}: %{y} ${time ? "ms" : "MB"} for %{x} samples<extra></extra>`,
  };
}

function layout(tasks: readonly string[], title: string, y: Pick<PanelAxes, "y" | "yaxis">): Plotly {
  const lines = Math.ceil(tasks.length / columns);
  const height = (1 - 0.22 * (lines - 1)) / lines;
  const axes = tasks.map((task, i): PanelAxes => {
    const top = 1 - Math.floor(i / columns) * (height + 0.22);
    const [from, to] = columnDomain(i % columns);
    return {
      title: titles[task] ?? task,
      x: "samples in the pool",
      y: y.y,
      xaxis: { type: "log", range: [2.85, 6.15], domain: [from, to], dtick: 1, exponentformat: "power" },
      yaxis: { ...y.yaxis, type: "log", domain: [Math.max(0, top - height), top], dtick: 1, exponentformat: "power" },
    };
  });
  const base = panelLayout(axes, title);
  const annotations = (base.annotations as Plotly[]).map((heading, i) => {
    const [from, to] = columnDomain(i % columns);
    return { ...heading, x: (from + to) / 2, y: 1 - Math.floor(i / columns) * (height + 0.22) };
  });
  return { ...base, annotations, height: 90 + 270 * lines, legend: { orientation: "h", y: -0.13, yanchor: "top", x: 0, font: { size: 12 } }, margin: { l: 60, r: 16, t: 92, b: 90 } };
}

function columnDomain(column: number): [number, number] {
  const gap = 0.1;
  const width = (1 - gap * (columns - 1)) / columns;
  return [column * (width + gap), column * (width + gap) + width];
}
