import type { CurvePoint } from "../outcome/curves";
import type { Fidelity } from "../training/fitSettings";
import type { Figure } from "./figure";
import { levelTrace, methodTraces, type LinePoint } from "./methodTraces";
import type { MethodStyle, Palette } from "./palette";
import { padded, panelFigure, replicatesNote, type Panel } from "./panels";

/** One panel of learning curves. */
export interface CurvePanel {
  /** The data in words, and from how many replicates. */
  readonly title: string;
  /** What almq computed; empty when the study has not run. */
  readonly curves: readonly CurvePoint[];
  /** The paper's points. */
  readonly published?: readonly CurvePoint[];
  /** Accuracy of a model fitted on the whole labeled pool. */
  readonly full?: number;
  readonly publishedFull?: number;
}

/** How learning curves are drawn. */
export interface CurveFigureOptions {
  readonly title?: string;
  /** Default `"paper"`. */
  readonly palette?: Palette;
  /** `"on"`: methods with EE where they have it (the paper's figures); `"off"`: without. Default `"on"`. */
  readonly exploration?: "on" | "off";
  /** Bars of ± 1.96 standard errors: sd/√(R − 1) as in the paper, sd/√R `"corrected"`. Default `"paper"`. */
  readonly fidelity?: Fidelity;
}

/**
 * Test accuracy against initial labels + budget, one panel per dataset, in the paper's look: lines with bars of
 * ± 1.96 standard errors for what almq computed, open markers for the published points, one legend entry each.
 * A panel with published points only joins them by thin lines and says so.
 *
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277, figures 3 to 5
 */
export function learningCurveFigure(panels: readonly CurvePanel[], options: CurveFigureOptions = {}): Figure {
  const { title = "Learning curves", palette = "paper" } = options;
  return panelFigure(panels.map((panel) => curvePanel(panel, options)), { title, palette });
}

/** A panel of learning curves, for figures of several kinds of panels. */
export function curvePanel(panel: CurvePanel, { exploration = "on", fidelity = "paper" }: CurveFigureOptions = {}): Panel {
  const curves = oneOfEach(panel.curves, exploration);
  const published = oneOfEach(panel.published ?? [], exploration);
  const alone = curves.length === 0;
  return {
    axes: {
      title: panel.title,
      x: "initial labels + budget",
      y: "test accuracy",
      xaxis: padded([...curves, ...published].map((point) => point.initialPlusBudget)),
      yaxis: { tickformat: ".2f" },
      note: replicatesNote(curves, published),
      shaded: alone && published.length > 0,
    },
    methods: [...curves, ...published].map(({ method }) => method).concat("Full"),
    traces: (index, styles) =>
      [...styles].flatMap(([method, style]) => {
        if (method === "Full") return fullLines({ ...panel, curves, published }, index, style);
        const of = (points: readonly CurvePoint[]) => points.filter((point) => point.method === method).map((point) => linePoint(point, fidelity));
        return methodTraces(method, style, index, of(curves), of(published), alone);
      }),
  };
}

/** Every method once: with exploration or without as asked, and the other where that is all there is. */
export function oneOfEach(points: readonly CurvePoint[], exploration: "on" | "off"): CurvePoint[] {
  const wanted = (method: string) => points.some((point) => point.method === method && point.exploration === (exploration === "on"));
  return points.filter((point) => !wanted(point.method) || point.exploration === (exploration === "on"));
}

function linePoint({ initialPlusBudget, accuracyMean, accuracySd, replicates }: CurvePoint, fidelity: Fidelity): LinePoint {
  const point = { x: initialPlusBudget, y: accuracyMean };
  if (accuracySd === undefined) return { ...point, hover: `sd not known, replicates ${replicates}` };
  const bar = (1.96 * accuracySd) / Math.sqrt(fidelity === "paper" ? replicates - 1 : replicates);
  return { ...point, bar, hover: `sd ${accuracySd.toFixed(4)}, replicates ${replicates}` };
}

function fullLines({ curves, published = [], full, publishedFull }: CurvePanel, panel: number, style: MethodStyle) {
  const places = [...curves, ...published].map((point) => point.initialPlusBudget);
  const ends = [Math.min(...places), Math.max(...places)] as const;
  return [
    ...(full === undefined ? [] : [levelTrace("Full", style, panel, ends, full, false)]),
    ...(publishedFull === undefined ? [] : [levelTrace("Full", style, panel, ends, publishedFull, true)]),
  ];
}
