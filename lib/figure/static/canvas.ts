import { png } from "../png";
import { textWidth } from "./fontMetrics";

/** As much of a canvas as plotly.js uses to paint heatmaps: filled rectangles, pixels, and the picture as PNG. */
export interface PaintedCanvas {
  fillStyle: string;
  [method: string]: unknown;
}

/** The drawing context of a canvas, painting into memory. */
export function canvasContext(canvas: { width: number; height: number }): PaintedCanvas {
  let image = blank(0, 0);
  const current = () => (image.width === canvas.width && image.height === canvas.height ? image : (image = blank(canvas.width, canvas.height)));
  const nothing = () => undefined;
  const context: PaintedCanvas = {
    canvas,
    fillStyle: "#000",
    createImageData: blank,
    getImageData: () => current(),
    putImageData: (painted: { data: Uint8ClampedArray }) => current().data.set(painted.data),
    fillRect: (x: number, y: number, width: number, height: number) => fill(current(), x, y, width, height, colour(context.fillStyle)),
    clearRect: () => void (image = blank(canvas.width, canvas.height)),
    measureText: (text: string) => ({ width: textWidth(text, 12) }),
    toPng: () => png(current().data, canvas.width, canvas.height, 4),
    ...Object.fromEntries(["drawImage", "save", "restore", "scale", "translate", "beginPath"].map((name) => [name, nothing])),
  };
  return context;
}

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

function blank(width: number, height: number): Pixels {
  return { width, height, data: new Uint8ClampedArray(4 * width * height) };
}

function fill({ width, height, data }: Pixels, x: number, y: number, w: number, h: number, rgba: readonly number[]): void {
  for (let row = Math.max(0, Math.floor(y)); row < Math.min(height, y + h); row++)
    for (let column = Math.max(0, Math.floor(x)); column < Math.min(width, x + w); column++) data.set(rgba, 4 * (row * width + column));
}

/** `rgb(…)` and `rgba(…)`: plotly.js writes no others here. */
function colour(style: string): number[] {
  const [red = 0, green = 0, blue = 0, opacity = 1] = (/rgba?\(([^)]+)\)/.exec(style)?.[1] ?? "0").split(",").map(Number);
  return [red, green, blue, 255 * opacity];
}
