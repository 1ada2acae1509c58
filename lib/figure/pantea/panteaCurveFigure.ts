import type { CurvePoint } from "../../outcome/curves";
import { panteaDatasets, panteaModels, panteaNoises, panteaStrategies, panteaStrategyNames, printedAccuracy, type PanteaSetting, type PanteaStrategy } from "../../outcome/panteaStudies";
import { refuse } from "../../runtime/refuse";
import type { Figure, Plotly } from "../figure";
import { translucent } from "../methodTraces";
import { methodStyles, type Palette } from "../palette";
import { axesOf, panelLayout, replicatesWords } from "../panels";
import { panteaRuns, type PanteaFigureOptions } from "./panteaRuns";

/** The report's figures of curves. */
export type PanteaCurves = "4" | "5" | "6";

const titles: Readonly<Record<PanteaCurves, string>> = { "4": "MNIST, ideal scenario", "5": "three datasets, constrained", "6": "LeNet with BALD under noise" };

/**
 * The report's Figures 4 to 6, learning curves with a band of ± one standard error, from almq's own runs:
 * 4, MNIST in the ideal scenario; 5, three datasets, constrained; 6, LeNet asking by BALD under three kinds of noise.
 * The report draws validation accuracies and prints no numbers for them; open markers are the test accuracies that its
 * tables print for the end of the same runs, side by side right of that end. A panel without runs of almq's is shaded.
 *
 * @param runs almq's own; default read from `options.outcomes`
 */
export function panteaCurveFigure(name: PanteaCurves, options: PanteaFigureOptions = {}, runs = panteaRuns(options)): Figure {
  const lines = curveLines(name, options.palette ?? "paper");
  const shown = curveDatasets(name);
  const [first, last] = name === "4" ? [1000, 11000] : [100, 1100];
  const places = name === "4" ? 6 : 3; // of printed ends; elsewhere the two models are far apart
  const step = (name === "4" ? 0.035 : 0.09) * (last - first);
  const seen = new Set<string>();
  const panels = shown.map((dataset, panel) => {
    const made = lines.flatMap((line) => {
      const points = runs.curve({ ...line.setting, dataset }, line.strategy);
      if (points.length === 0) return [];
      const first = !seen.has(line.label);
      seen.add(line.label);
      return [{ points, traces: band(points, line, first) }];
    });
    const ends = lines.map((line, i) => printedEnd(line, dataset, last + ((i % places) + 1) * step, panel === 0));
    return { replicates: made.flatMap(({ points }) => points), traces: [...made.flatMap(({ traces }) => traces), ...ends].map((trace) => ({ ...trace, ...axesOf(panel) })) };
  });
  const axes = shown.map((dataset, i) => ({
    title: dataset,
    x: "labels",
    y: i === 0 ? "test accuracy" : "",
    note: noteOf(panels[i]!.replicates),
    shaded: panels[i]!.replicates.length === 0,
    xaxis: { range: [first - 0.04 * (last - first), last + (places + 0.7) * step], tickformat: "d", tickvals: [first, (first + last) / 2, last] },
    yaxis: { tickformat: ".3~f" },
  }));
  const layout = panelLayout(axes, `Pantea, Figure ${name}: ${titles[name]} (open markers: published, all at ${last.toLocaleString("en")} labels)`);
  const legend = { ...(layout.legend as Plotly), orientation: "h", x: 0, y: -0.19 }; // below: its words are long
  return { data: panels.flatMap(({ traces }) => traces), layout: { ...layout, height: 580, margin: { l: 68, r: 16, t: 92, b: 130 }, legend } };
}

/** What a panel shows of almq's own; one replicate has no standard error. */
function noteOf(points: readonly CurvePoint[]): string {
  if (points.length === 0) return "not run yet: printed ends only";
  return `${replicatesWords(points)}${points.some(({ replicates }) => replicates > 1) ? ", ± standard error" : ""}`;
}

/** The datasets of a figure, one per panel. */
export function curveDatasets(name: PanteaCurves): readonly PanteaSetting["dataset"][] {
  return name === "4" ? ["MNIST"] : panteaDatasets;
}

/** What one line of a figure shows, and how. */
export interface PanteaLine {
  readonly setting: Omit<PanteaSetting, "dataset">;
  readonly strategy: PanteaStrategy;
  readonly label: string;
  readonly color: string;
  readonly dash: string;
}

/** The lines of a figure: one per model and strategy, or per kind of noise. */
export function curveLines(name: PanteaCurves, palette: Palette): PanteaLine[] {
  if (name === "6") {
    const colors = methodStyles(["ALMQ", "BALD", "EN"], palette); // three that everyone tells apart
    const of = (noise: PanteaSetting["noise"], label: string, method: string): PanteaLine => ({ setting: { model: "LeNet", noise, scenario: "constrained" }, strategy: "BALD", label, color: colors.get(method)!.color, dash: "solid" });
    return [of("none", "no noise", "ALMQ"), of("gaussian", "Gaussian noise", "BALD"), of("salt and pepper", "salt-and-pepper noise", "EN")];
  }
  const scenario = name === "4" ? "ideal" : name === "5" ? "constrained" : refuse("panteaCurveFigure", "4, 5 or 6", name);
  const styles = methodStyles(panteaStrategyNames, palette);
  return panteaModels.flatMap((model) =>
    panteaStrategyNames.map((strategy) => ({
      setting: { model, noise: panteaNoises[0], scenario },
      strategy,
      label: `${model}, ${panteaStrategies[strategy]}`,
      color: styles.get(strategy)!.color,
      dash: model === "LeNet" ? "dash" : "solid",
    })),
  );
}

/** The test accuracy that the report's tables print for the end of a run. */
function printedEnd({ setting, strategy, label, color }: PanteaLine, dataset: PanteaSetting["dataset"], x: number, showlegend: boolean): Plotly {
  const name = `${label}, published`;
  const marker = { color, size: 8, symbol: setting.model === "LeNet" ? "circle-open" : "square-open", line: { width: 1.5 } };
  const hovertemplate = "%{fullData.name}<br>at the end: %{y:.4f}<extra></extra>";
  return { type: "scatter", mode: "markers", name, legendgroup: name, x: [x], y: [printedAccuracy({ ...setting, dataset }, strategy)], marker, hovertemplate, showlegend };
}

/** A line and the area of ± one standard error around it. */
function band(points: readonly CurvePoint[], { label, color, dash }: PanteaLine, showlegend: boolean): Plotly[] {
  const x = points.map((point) => point.initialPlusBudget);
  const error = points.map(({ accuracySd = 0, replicates }) => accuracySd / Math.sqrt(replicates));
  const edge = (sign: number) => points.map(({ accuracyMean }, i) => accuracyMean + sign * error[i]!);
  const name = `${label}, almq`;
  const shared = { type: "scatter", mode: "lines", name, legendgroup: name };
  const area = { ...shared, x: [...x, ...[...x].reverse()], y: [...edge(1), ...edge(-1).reverse()], fill: "toself", fillcolor: translucent(color, 0.2), line: { width: 0 }, hoverinfo: "skip", showlegend: false };
  return [area, { ...shared, x, y: points.map((point) => point.accuracyMean), line: { color, dash, width: 2 }, hovertemplate: "%{fullData.name}<br>%{x} labels: %{y:.4f}<extra></extra>", showlegend }];
}
