import type { Figure, Plotly } from "./figure";
import { fontFamily } from "./static/fontMetrics";

/** What lies on a sheet, in its pixels: x to the right, y upwards, 0 at the upper left corner. */
export interface SheetContent {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly images: readonly Plotly[];
  readonly annotations: readonly Plotly[];
  readonly shapes?: readonly Plotly[];
}

/** A figure without axes on which pictures, words and frames are laid where they belong. */
export function pictureSheet({ title, width, height, images, annotations, shapes = [] }: SheetContent): Figure {
  const top = title === "" ? 10 : 50;
  const axis = { visible: false, fixedrange: true };
  return {
    data: [{ type: "scatter", x: [0], y: [0], mode: "markers", marker: { opacity: 0 }, hoverinfo: "skip", showlegend: false }],
    layout: {
      title: { text: title, font: { size: 17 }, x: 0.01, xanchor: "left" },
      font: { family: fontFamily, size: 13, color: "#222222" },
      width: width + 20,
      height: height + top + 10,
      margin: { l: 10, r: 10, t: top, b: 10 },
      xaxis: { ...axis, range: [0, width] },
      yaxis: { ...axis, range: [-height, 0] },
      images: images.map((image) => ({ ...image, xref: "x", yref: "y", sizing: "stretch", layer: "above" })),
      annotations: annotations.map((words) => ({ xref: "x", yref: "y", showarrow: false, ...words })),
      ...(shapes.length > 0 ? { shapes: shapes.map((shape) => ({ xref: "x", yref: "y", ...shape })) } : {}),
      paper_bgcolor: "#ffffff",
      plot_bgcolor: "#ffffff",
    },
  };
}
