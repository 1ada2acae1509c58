import type { Figure } from "./figure";

/** A figure and the word on the button that shows it. */
export interface LabeledFigure {
  readonly label: string;
  readonly figure: Figure;
}

/**
 * Several figures of the same axes as one, with a button for each above the plot; the first is shown at the start
 * and in pictures.
 */
export function switchable(figures: readonly [LabeledFigure, ...LabeledFigure[]]): Figure {
  const [first] = figures;
  if (figures.length === 1) return first.figure;
  const data = figures.flatMap(({ figure }, i) => figure.data.map((trace) => ({ ...trace, visible: i === 0 })));
  const buttons = figures.map(({ label, figure }, chosen) => ({
    label,
    method: "update",
    args: [{ visible: figures.flatMap((one, i) => one.figure.data.map(() => i === chosen)) }, { annotations: figure.layout.annotations }],
  }));
  const menu = { type: "buttons", direction: "right", buttons, x: 0.5, xanchor: "center", y: 1.14, yanchor: "bottom", showactive: true, pad: { t: 0, r: 0 } };
  return { data, layout: { ...first.figure.layout, updatemenus: [menu] } };
}
