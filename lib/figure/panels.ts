import type { Plotly } from "./figure";
import { fontFamily } from "./static/fontMetrics";

/** One panel of a figure: its title and what its axes show. */
export interface PanelAxes {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** Said inside the panel, where it cannot be overlooked. */
  readonly note?: string;
  readonly xaxis?: Plotly;
  readonly yaxis?: Plotly;
}

/** Names of the axes of a panel, as traces refer to them: `x`, `x2`, … */
export function axesOf(panel: number): { xaxis: string; yaxis: string } {
  const number = panel === 0 ? "" : String(panel + 1);
  return { xaxis: `x${number}`, yaxis: `y${number}` };
}

/** The layout of panels side by side, each with axes of its own, with one legend at the right. */
export function panelLayout(panels: readonly PanelAxes[], title: string): Plotly {
  const gap = 0.14;
  const width = (1 - gap * (panels.length - 1)) / panels.length;
  const axes = panels.map((panel, i) => {
    const { xaxis, yaxis } = axesOf(i);
    const from = i * (width + gap);
    return {
      [`xaxis${xaxis.slice(1)}`]: { ...axis(panel.x), domain: [from, from + width], anchor: yaxis, ...panel.xaxis },
      [`yaxis${yaxis.slice(1)}`]: { ...axis(panel.y), anchor: xaxis, ...panel.yaxis },
    };
  });
  const middle = (i: number) => i * (width + gap) + width / 2;
  const heading = panels.map((panel, i) => ({ ...text(panel.title), x: middle(i), y: 1, yanchor: "bottom", yshift: 6, font: { size: 14 } }));
  const notes = panels.flatMap(({ note }, i) => (note === undefined ? [] : [{ ...text(note), x: middle(i), y: 0, yanchor: "bottom", yshift: 8, font: { size: 12, color: "#666666" } }]));
  return Object.assign({}, ...axes, {
    title: { text: title, font: { size: 17 }, x: 0.01, xanchor: "left" },
    annotations: [...heading, ...notes],
    font: { family: fontFamily, size: 13, color: "#222222" },
    paper_bgcolor: "#ffffff",
    plot_bgcolor: "#ffffff",
    margin: { l: 68, r: 16, t: 84, b: 60 },
    legend: { font: { size: 12 }, tracegroupgap: 2, itemwidth: 44, y: 1, yanchor: "top" },
    hovermode: "closest",
  }) as Plotly;
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

function text(words: string): Plotly {
  return { text: words, showarrow: false, xref: "paper", yref: "paper", xanchor: "center" };
}
