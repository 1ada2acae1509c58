import type { Figure } from "./figure";
import { fontFamily } from "./static/fontMetrics";
import { plotlyWindow } from "./static/plotlyWindow";

/** Size of a picture in pixels, where the figure's layout names none. */
export interface PictureSize {
  /** Default 900: the width of a notebook. */
  readonly width?: number;
  /** Default 480. */
  readonly height?: number;
}

/**
 * Draws a figure as SVG, without a browser. Equal figures give equal text.
 *
 * WebGL traces (scattergl, three dimensions) and MathJax need a browser and are left out.
 */
export function figureToSvg(figure: Figure, size: PictureSize = {}): Promise<string> {
  const drawn = before.then(() => draw(figure, size));
  before = drawn.catch(() => undefined);
  return drawn;
}

/** Figures share a window, and are drawn one after the other. */
let before: Promise<unknown> = Promise.resolve();

async function draw({ data, layout }: Figure, { width = 900, height = 480 }: PictureSize): Promise<string> {
  const { Plotly } = plotlyWindow();
  const shown = { data: data.filter(({ visible }) => visible !== false), layout: { ...layout, updatemenus: [], sliders: [] } }; // nothing can be pressed in a picture
  const copy = JSON.parse(JSON.stringify(shown)) as { data: unknown[]; layout: Record<string, object> };
  const full = { width, height, ...copy.layout, font: { family: fontFamily, ...copy.layout.font } };
  return Plotly.toImage({ data: copy.data, layout: full, config: { staticPlot: true } }, { format: "svg", width: full.width, height: full.height, imageDataOnly: true });
}
