import type { Figure } from "./figure";
import { figureToSvg, type PictureSize } from "./figureToSvg";
import { fontFiles } from "./static/fontMetrics";

/**
 * Draws a figure as PNG, without a browser and with the project's own fonts. Equal figures give equal bytes.
 *
 * @param options `scale`: pixels of the picture per pixel of the figure, > 0; default 1
 */
export async function figureToPng(figure: Figure, options: PictureSize & { readonly scale?: number } = {}): Promise<Buffer> {
  return svgToPng(await figureToSvg(figure, options), options.scale ?? 1);
}

/** Draws the SVG of a figure as PNG. */
export async function svgToPng(svg: string, scale: number): Promise<Buffer> {
  const { Resvg } = await import("@resvg/resvg-js");
  // resvg knows neither the word pixelated nor quoted references
  const readable = svg.replaceAll("image-rendering: pixelated", "image-rendering: optimizeSpeed").replace(/url\('(#[^']+)'\)/g, "url($1)");
  const font = { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: "DejaVu Sans" };
  return new Resvg(readable, { fitTo: { mode: "zoom", value: scale }, font, background: "white" }).render().asPng();
}
