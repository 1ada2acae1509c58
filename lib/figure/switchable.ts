import { refuse } from "../runtime/refuse";
import type { Figure, Plotly } from "./figure";

/** A figure and the word on the button that shows it. */
export interface LabeledFigure {
  readonly label: string;
  readonly figure: Figure;
}

/**
 * Several figures of the same axes as one, with a button for each above the plot.
 *
 * @param shown label of the figure shown at the start and in pictures; default the first
 * @throws {InputError} when no figure has that label
 */
export function switchable(figures: readonly [LabeledFigure, ...LabeledFigure[]], shown = figures[0].label): Figure {
  const start = figures.findIndex(({ label }) => label === shown);
  if (start < 0) refuse("switchable", `one of ${figures.map(({ label }) => label).join(", ")}`, shown);
  const { layout } = figures[start]!.figure;
  if (figures.length === 1) return figures[0].figure;
  const data = figures.flatMap(({ figure }, i) => figure.data.map((trace) => ({ ...trace, visible: i === start })));
  const buttons = figures.map(({ label, figure }, chosen) => ({
    label,
    method: "update",
    args: [{ visible: figures.flatMap((one, i) => one.figure.data.map(() => i === chosen)) }, changing(figure)],
  }));
  const menu = { type: "buttons", direction: "right", buttons, active: start, x: 1, xanchor: "right", y: 1.14, yanchor: "bottom", showactive: true, pad: { t: 0, r: 0 } };
  return { data, layout: { ...layout, ...roomForButtons(layout), updatemenus: [menu] } };
}

/** Buttons stand between the panels and the tools that plotly.js shows above a figure. */
function roomForButtons({ height, margin }: Plotly): Plotly {
  const room = 20; // pixels
  const { t, ...sides } = margin as { readonly t: number };
  return { height: (height as number) + room, margin: { ...sides, t: t + room } };
}

/** The parts of a layout in which figures of the same axes may differ. */
function changing({ layout }: Figure): Plotly {
  const places = Object.keys(layout).filter((name) => /^(annotations|shapes|legend\d*)$/.test(name));
  return { shapes: [], ...Object.fromEntries(places.map((name) => [name, layout[name]])) };
}
