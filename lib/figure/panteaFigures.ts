import { curves, type CurvePoint } from "../outcome/curves";
import { panteaAccuracies, panteaErrors, panteaStrategies, panteaStudy, type PanteaSetting } from "../outcome/panteaStudies";
import { outcomesFolder } from "../outcome/published";
import { readStudy } from "../outcome/readStudy";
import { refuse } from "../runtime/refuse";
import type { Fidelity } from "../training/fitSettings";
import type { Figure, Plotly } from "./figure";
import { translucent } from "./methodTraces";
import { methodStyles, type Palette } from "./palette";
import { axesOf, panelLayout, type PanelAxes } from "./panels";

/** From which results, and how, a figure of the Pantea study is drawn. */
export interface PanteaFigureOptions {
  /** Default `"paper"`. */
  readonly palette?: Palette;
  /**
   * Holds `STUDY/paper/replicate-….csv` for the studies named by `panteaStudy`, and, for BALD with the dropout it needs,
   * `STUDY/corrected/…`. Default the project's `outcomes`.
   */
  readonly outcomes?: string;
}

type Strategy = keyof typeof panteaStrategies;
const strategies = Object.keys(panteaStrategies) as Strategy[];
const models = ["LeNet", "ResNet-18"] as const;
const datasets = ["MNIST", "CIFAR-10", "Fashion-MNIST"] as const;
const noises = ["none", "gaussian", "salt and pepper"] as const;

/** The report's Figure 3, a table of test errors on MNIST, as bars: one panel per model. */
export function panteaErrorFigure({ palette = "paper", outcomes = outcomesFolder }: PanteaFigureOptions = {}): Figure {
  const errors = panteaErrors();
  const styles = methodStyles(strategies, palette);
  const scenarios = ["ideal", "constrained"] as const;
  const traces = models.flatMap((model, panel) => [
    ...strategies.flatMap((strategy) => {
      const printed = scenarios.map((scenario) => errors.find((row) => row.model === model && row.scenario === scenario && row.strategy === strategy)!.testError);
      const ours = (fidelity: Fidelity) => scenarios.map((scenario) => percent(finalPoint({ dataset: "MNIST", model, noise: "none", scenario }, strategy, fidelity, outcomes), (accuracy) => 1 - accuracy));
      return [
        ...bars(panteaStrategies[strategy], styles.get(strategy)!.color, [...scenarios], printed, ours("paper"), panel),
        ...(strategy === "BALD" ? withDropout(styles.get(strategy)!.color, [...scenarios], ours("corrected"), panel) : []),
      ];
    }),
    ...supervised(errors.find((row) => row.model === model && row.scenario === "supervised")!.testError, fullError(model, outcomes), panel),
  ]);
  const axes = models.map((model) => ({ title: model, x: "", y: "test error, %" }));
  return barFigure("Pantea, Figure 3: test error on MNIST", traces, axes);
}

/** The report's Table 2 as bars, one panel per dataset: accuracies of one model under three kinds of noise. */
export function panteaNoiseFigure(model: PanteaSetting["model"], { palette = "paper", outcomes = outcomesFolder }: PanteaFigureOptions = {}): Figure {
  if (!models.includes(model)) refuse("panteaNoiseFigure", models.join(" or "), model);
  const accuracies = panteaAccuracies();
  const styles = methodStyles(strategies, palette);
  const traces = datasets.flatMap((dataset, panel) =>
    strategies.flatMap((strategy) => {
      const printed = noises.map((noise) => accuracies.find((row) => row.model === model && row.dataset === dataset && row.noise === noise && row.strategy === strategy)!.accuracy);
      const ours = (fidelity: Fidelity) => noises.map((noise) => percent(finalPoint({ dataset, model, noise, scenario: "constrained" }, strategy, fidelity, outcomes), (accuracy) => accuracy));
      const x = ["none", "Gaussian", "salt and<br>pepper"];
      return [
        ...bars(panteaStrategies[strategy], styles.get(strategy)!.color, x, printed, ours("paper"), panel),
        ...(strategy === "BALD" ? withDropout(styles.get(strategy)!.color, x, ours("corrected"), panel) : []),
      ];
    }),
  );
  const axes = datasets.map((dataset, i) => ({ title: dataset, x: "", y: i === 0 ? "test accuracy, %" : "", xaxis: { tickangle: 0, tickfont: { size: 11 } } }));
  return barFigure(`Pantea, Table 2: ${model} under noise`, traces, axes);
}

/**
 * The report's Figures 4 to 6, learning curves with a band of ± one standard error, from almq's own runs:
 * 4, MNIST in the ideal scenario; 5, three datasets, constrained; 6, LeNet asking by BALD under three kinds of noise.
 * The report draws validation accuracies and prints no numbers for them; open markers are the test accuracies that its
 * tables print for the end of the same runs. A panel without runs of almq's shows them alone and says so.
 */
export function panteaCurveFigure(name: "4" | "5" | "6", { palette = "paper", outcomes = outcomesFolder }: PanteaFigureOptions = {}): Figure {
  const lines = linesOf(name);
  const shown = name === "4" ? (["MNIST"] as const) : datasets;
  const styles = methodStyles(strategies, palette);
  const seen = new Set<string>();
  const runs = shown.flatMap((dataset, panel) =>
    [...lines, ...lines.filter(({ strategy }) => strategy === "BALD").map(asItShould)].flatMap(({ setting, strategy, fidelity, dash, label }) => {
      const points = pointsOf({ ...setting, dataset }, strategy, fidelity, outcomes);
      if (points.length === 0) return [];
      const first = !seen.has(label);
      seen.add(label);
      return band(points, label, name === "6" ? noiseColors[setting.noise] : styles.get(strategy)!.color, dash, first).map((trace) => ({ ...trace, ...axesOf(panel) }));
    }),
  );
  const printed = shown.flatMap((dataset, panel) =>
    lines.map(({ setting, strategy, label }) => {
      const color = name === "6" ? noiseColors[setting.noise] : styles.get(strategy)!.color;
      return printedEnd({ ...setting, dataset }, strategy, label, color, panel);
    }),
  );
  const empty = shown.map((_, i) => !runs.some(({ xaxis }) => xaxis === axesOf(i).xaxis));
  const axes = shown.map((dataset, i) => ({
    title: dataset,
    x: "labels",
    y: i === 0 ? "test accuracy" : "",
    note: empty[i] ? "not run yet: printed ends only" : "mean ± standard error",
    xaxis: { range: name === "4" ? [600, 11400] : [60, 1140], tickformat: "d" },
    yaxis: { rangemode: "tozero", tickformat: ".2f" },
  }));
  const what = { "4": "MNIST, ideal scenario", "5": "three datasets, constrained", "6": "LeNet with BALD under noise" }[name];
  const layout = panelLayout(axes, `Pantea, Figure ${name}: ${what}`);
  const legend = { ...(layout.legend as Plotly), orientation: "h", x: 0, y: -0.19 }; // below: its words are long
  return { data: [...runs, ...printed], layout: { ...layout, height: 580, margin: { l: 68, r: 16, t: 92, b: 130 }, legend } };
}

/** The test accuracy that the report's tables print for the end of a run. */
function printedEnd({ dataset, model, noise, scenario }: PanteaSetting, strategy: Strategy, label: string, color: string, panel: number): Plotly {
  const accuracy =
    scenario === "ideal"
      ? 100 - panteaErrors().find((row) => row.model === model && row.scenario === scenario && row.strategy === strategy)!.testError
      : panteaAccuracies().find((row) => row.model === model && row.dataset === dataset && row.noise === noise && row.strategy === strategy)!.accuracy;
  const name = `${label}, published`;
  const marker = { color, size: 8, symbol: model === "LeNet" ? "circle-open" : "square-open", line: { width: 1.5 } };
  const hovertemplate = "%{fullData.name}<br>%{x} labels: %{y:.4f}<extra></extra>";
  return { type: "scatter", mode: "markers", name, legendgroup: name, x: [scenario === "ideal" ? 11000 : 1100], y: [accuracy / 100], marker, hovertemplate, showlegend: panel === 0, ...axesOf(panel) };
}

interface Line {
  readonly setting: Omit<PanteaSetting, "dataset">;
  readonly strategy: Strategy;
  readonly fidelity: Fidelity;
  readonly dash: string;
  readonly label: string;
}

const noiseColors = { none: "#377eb8", gaussian: "#e41a1c", "salt and pepper": "#4daf4a" } as const;

function linesOf(name: "4" | "5" | "6"): Line[] {
  if (name === "6") return noises.map((noise) => ({ setting: { model: "LeNet", noise, scenario: "constrained" }, strategy: "BALD", fidelity: "paper", dash: "solid", label: noise === "none" ? "no noise" : noise }));
  const scenario = name === "4" ? "ideal" : name === "5" ? "constrained" : refuse("panteaCurveFigure", "4, 5 or 6", name);
  return models.flatMap((model) => strategies.map((strategy) => ({ setting: { model, noise: "none", scenario }, strategy, fidelity: "paper", dash: model === "LeNet" ? "dash" : "solid", label: `${model}, ${panteaStrategies[strategy]}` }) satisfies Line));
}

/** BALD with the dropout it needs: the report has no such runs. */
function asItShould(line: Line): Line {
  return { ...line, fidelity: "corrected", dash: line.dash === "solid" ? "dot" : "dashdot", label: `${line.label}, with dropout` };
}

/** The curve of a strategy in a setting, where it has run. */
function pointsOf(setting: PanteaSetting, strategy: Strategy, fidelity: Fidelity, outcomes: string): CurvePoint[] {
  return curves(readStudy(panteaStudy(setting), fidelity, outcomes).outcomes).filter(({ method }) => method === strategy);
}

function finalPoint(setting: PanteaSetting, strategy: Strategy, fidelity: Fidelity, outcomes: string): CurvePoint | undefined {
  return pointsOf(setting, strategy, fidelity, outcomes).at(-1);
}

/** Test error, in percent, of networks fitted on 1,100 labels at once. */
function fullError(model: PanteaSetting["model"], outcomes: string): number | undefined {
  const study = panteaStudy({ dataset: "MNIST", model, noise: "none", scenario: "constrained" });
  const accuracies = readStudy(study, "paper", outcomes).outcomes.flatMap(({ header }) => header.full?.testAccuracy ?? []);
  return accuracies.length === 0 ? undefined : 100 * (1 - accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / accuracies.length);
}

function percent(point: CurvePoint | undefined, value: (accuracy: number) => number): number | undefined {
  return point === undefined ? undefined : 100 * value(point.accuracyMean);
}

/** Printed numbers as full bars, ours, where there are any, as open markers on them. */
function bars(name: string, color: string, x: readonly string[], printed: readonly number[], ours: readonly (number | undefined)[], panel: number): Plotly[] {
  const shared = { x, ...axesOf(panel), offsetgroup: name, showlegend: panel === 0 };
  const hovertemplate = "%{x}, %{fullData.name}: %{y:.2f} %<extra></extra>";
  return [{ ...shared, type: "bar", name, legendgroup: name, y: printed, marker: { color }, hovertemplate }, ...outlined(`${name}, almq`, color, x, ours, panel)];
}

/** What almq computed, where it did, as an outline. */
function outlined(name: string, color: string, x: readonly string[], y: readonly (number | undefined)[], panel: number, filled = false): Plotly[] {
  if (y.every((value) => value === undefined)) return [];
  const marker = { color: filled ? translucent(color, 0.2) : "rgba(255, 255, 255, 0)", line: { color, width: 2 } };
  return [{ x, ...axesOf(panel), showlegend: panel === 0, type: "bar", name, legendgroup: name, offsetgroup: name, y, marker, hovertemplate: "%{x}, %{fullData.name}: %{y:.2f} %<extra></extra>" }];
}

/** BALD with the dropout it needs: the report has no such runs. */
function withDropout(color: string, x: readonly string[], y: readonly (number | undefined)[], panel: number): Plotly[] {
  return outlined("BALD with dropout, almq", color, x, y, panel, true);
}

function barFigure(title: string, data: readonly Plotly[], axes: readonly PanelAxes[]): Figure {
  return { data, layout: { ...panelLayout(axes, title), barmode: "group", bargap: 0.2 } };
}

/** The report's baseline without a strategy, where the middle one of three bars would stand. */
function supervised(testError: number, ours: number | undefined, panel: number): Plotly[] {
  const name = "no strategy, 1,100 labels";
  const [bar, own] = bars(panteaStrategies.EN, "#999999", ["supervised"], [testError], [ours], panel);
  return [{ ...bar, name, legendgroup: "supervised" }, ...(own === undefined ? [] : [{ ...own, name: `${name}, almq`, legendgroup: "supervised, almq" }])];
}

/** A line and the area of ± one standard error around it. */
function band(points: readonly CurvePoint[], name: string, color: string, dash: string, showlegend: boolean): Plotly[] {
  const x = points.map((point) => point.initialPlusBudget);
  const error = points.map(({ accuracySd = 0, replicates }) => accuracySd / Math.sqrt(replicates));
  const edge = (sign: number) => points.map(({ accuracyMean }, i) => accuracyMean + sign * error[i]!);
  const shared = { type: "scatter", mode: "lines", name, legendgroup: name };
  const area = { ...shared, x: [...x, ...[...x].reverse()], y: [...edge(1), ...edge(-1).reverse()], fill: "toself", fillcolor: translucent(color, 0.2), line: { width: 0 }, hoverinfo: "skip", showlegend: false };
  return [area, { ...shared, x, y: points.map((point) => point.accuracyMean), line: { color, dash, width: 2 }, hovertemplate: "%{fullData.name}<br>%{x} labels: %{y:.4f}<extra></extra>", showlegend }];
}

/** A figure of the Pantea study with a word on what it shows. */
export interface PanteaFigure {
  /** `"pantea-3"`, `"pantea-table-2-LeNet"`, … */
  readonly name: string;
  readonly figure: Figure;
  readonly caption: string;
}

/** All figures of the Pantea study: its Figure 3 and Table 2 as bars, its Figures 4 to 6 from almq's own runs. */
export function panteaFigures(options: PanteaFigureOptions = {}): PanteaFigure[] {
  const seeds = "three seeds per number; outlined bars, where there are any: almq's own runs";
  const noBald = "Its networks have no dropout, so every BALD score in its code is zero, and what it calls BALD is none.";
  return [
    {
      name: "pantea-3",
      figure: panteaErrorFigure(options),
      caption: `Test error on MNIST, as printed in the report's Figure 3 (${seeds}). The text calls random sampling's 6.84 % ResNet-18's lowest error; the table has 6.83 % for BALD. ${noBald}`,
    },
    ...models.map((model) => ({
      name: `pantea-table-2-${model}`,
      figure: panteaNoiseFigure(model, options),
      caption: `Test accuracy of ${model} under input noise, as printed in the report's Table 2 (${seeds}). Its caption says accuracy, its discussion reads error; the values of LeNet on MNIST are 100 minus the errors of Figure 3, so they are accuracies. ${noBald}`,
    })),
    ...(["4", "5", "6"] as const).map((name) => ({
      name: `pantea-${name}`,
      figure: panteaCurveFigure(name, options),
      caption: `The report's Figure ${name} from almq's own runs, where there are any: test accuracy with a band of ± one standard error. The report draws validation accuracies and prints no numbers; open markers are the test accuracies its tables print for the end of the same runs.${name === "4" ? " Its caption says 100 samples a round, its text 1,000." : ""} ${noBald}`,
    })),
  ];
}
