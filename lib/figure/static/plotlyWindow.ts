import { readFileSync } from "node:fs";
import { randomSource } from "../../random/randomSource";
import type { Plotly as PlotlyObject } from "../figure";
import { canvasContext } from "./canvas";
import { pathLength, pointOnPath } from "./pathLength";
import { lineWidth, pageBox, svgBox, type SvgElement } from "./svgBox";

/** The part of plotly.js that draws. */
export interface PlotlyLibrary {
  toImage(figure: PlotlyObject, options: PlotlyObject): Promise<string>;
}

/** A window without a screen, as far as it is used here. */
interface BareWindow {
  readonly SVGElement: { readonly prototype: object };
  readonly HTMLCanvasElement: { readonly prototype: object };
  readonly Math: { random: () => number };
  readonly URL: { createObjectURL: () => string; revokeObjectURL: () => void };
  eval(script: string): void;
}

export type PlotlyWindow = BareWindow & { readonly Plotly: PlotlyLibrary };

let made: PlotlyWindow | undefined;

/** A window without a screen in which plotly.js draws: made once, when first asked for, and the same for every figure. */
export function plotlyWindow(): PlotlyWindow {
  made ??= makeWindow();
  const random = randomSource("identifiers in a figure"); // equal figures are drawn into equal files
  made.Math.random = () => random.next();
  return made;
}

function makeWindow(): PlotlyWindow {
  const { JSDOM } = require("jsdom") as { JSDOM: new (page: string, options: object) => { readonly window: BareWindow } };
  const { window } = new JSDOM("<!doctype html><body></body>", { runScripts: "outside-only", pretendToBeVisual: true });
  teachMeasuring(window);
  teachPainting(window);
  window.URL.createObjectURL = () => "blob:none";
  window.URL.revokeObjectURL = () => undefined;
  window.eval(readFileSync(require.resolve("plotly.js-dist-min"), "utf8"));
  return window as PlotlyWindow;
}

/** jsdom lays nothing out: sizes of texts and paths are computed here. */
function teachMeasuring(window: BareWindow): void {
  Object.assign(window.SVGElement.prototype, {
    getBBox(this: SvgElement) {
      return svgBox(this);
    },
    getBoundingClientRect(this: SvgElement) {
      const box = pageBox(this);
      return { ...box, left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
    },
    getComputedTextLength(this: SvgElement) {
      return lineWidth(this);
    },
    getTotalLength(this: SvgElement) {
      return pathLength(this.getAttribute("d") ?? "");
    },
    getPointAtLength(this: SvgElement, length: number) {
      return pointOnPath(this.getAttribute("d") ?? "", length);
    },
  });
}

type PaintedElement = { width: number; height: number };

function teachPainting(window: BareWindow): void {
  const contexts = new WeakMap<object, ReturnType<typeof canvasContext>>();
  const context = (canvas: PaintedElement) => {
    const found = contexts.get(canvas) ?? canvasContext(canvas);
    contexts.set(canvas, found);
    return found;
  };
  Object.assign(window.HTMLCanvasElement.prototype, {
    getContext(this: PaintedElement, kind: string) {
      return kind === "2d" ? context(this) : null;
    },
    toDataURL(this: PaintedElement) {
      return `data:image/png;base64,${(context(this).toPng as () => Buffer)().toString("base64")}`;
    },
  });
}
