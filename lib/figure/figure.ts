/** Part of a figure, as plotly.js reads it: plain JSON. */
export type Plotly = Readonly<Record<string, unknown>>;

/** A figure: what plotly.js needs to draw it, and nothing else. */
export interface Figure {
  readonly data: readonly Plotly[];
  readonly layout: Plotly;
}
