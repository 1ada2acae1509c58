import type { Plotly } from "./figure";

/** Height of one line of a legend, in pixels. */
const row = 19;

/** The trace that stands for its group in the legend: the first one, or the first with line and markers. */
export function legendEntries(traces: readonly Plotly[]): Set<Plotly> {
  const entries = new Map<unknown, Plotly>();
  for (const trace of traces) {
    if (trace.showlegend === false) continue;
    const before = entries.get(trace.legendgroup);
    if (before === undefined || (trace.mode === "lines+markers" && before.mode !== trace.mode)) entries.set(trace.legendgroup, trace);
  }
  return new Set(entries.values());
}

/**
 * A legend for what almq computed, and below it `legend2` for published points.
 *
 * @param entries the traces with an entry
 * @param look of both
 * @param height of the panels beside them, in pixels
 */
export function twoLegends(entries: readonly Plotly[], look: Plotly, height: number): Plotly {
  const computed = entries.filter(({ legend }) => legend === undefined).length;
  const heading = (text: string) => ({ title: { text, font: { size: 12, color: "#666666" } } });
  const below = computed === 0 ? 1 : 1 - (row * (computed + 1.6)) / height;
  return { legend: { ...look, ...heading("computed by almq") }, legend2: { ...look, ...heading("published"), y: below } };
}
