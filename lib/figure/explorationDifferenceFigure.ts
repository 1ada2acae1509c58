import type { ExplorationDifference } from "../outcome/explorationDifferences";
import type { Figure } from "./figure";
import type { CurveFigureOptions } from "./learningCurveFigure";
import { methodTraces, type LinePoint } from "./methodTraces";
import { padded, panelFigure, replicatesNote, type Panel } from "./panels";

/** How differences are drawn: as learning curves are. */
export type DifferenceFigureOptions = Omit<CurveFigureOptions, "exploration">;

/** One panel of what exploration adds. */
export interface DifferencePanel {
  readonly title: string;
  /** What almq computed; empty when the study has not run. */
  readonly differences: readonly ExplorationDifference[];
  /** From the paper's points. */
  readonly published?: readonly ExplorationDifference[];
}

/**
 * Test accuracy with exploration (EE) minus without, against initial labels + budget: above zero, exploring helped.
 * Bars are ± 1.96 standard errors of the difference within a replicate, where replicates are known.
 *
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277, figures 4 (right), S4 and S5
 */
export function explorationDifferenceFigure(panels: readonly DifferencePanel[], options: DifferenceFigureOptions = {}): Figure {
  const { title = "What exploration adds", palette = "paper" } = options;
  return panelFigure(panels.map((panel) => differencePanel(panel, options)), { title, palette });
}

/** A panel of what exploration adds, for figures of several kinds of panels. */
export function differencePanel({ title, differences, published = [] }: DifferencePanel, { fidelity = "paper" }: DifferenceFigureOptions = {}): Panel {
  const alone = differences.length === 0;
  return {
    axes: {
      title,
      x: "initial labels + budget",
      y: "accuracy, EE on − EE off",
      xaxis: padded([...differences, ...published].map((point) => point.initialPlusBudget)),
      yaxis: { tickformat: ".3f", zeroline: true, zerolinecolor: "#444444", zerolinewidth: 1 },
      note: replicatesNote(differences, published),
      shaded: alone && published.length > 0,
    },
    methods: [...differences, ...published].map(({ method }) => method),
    traces: (index, styles) =>
      [...styles].flatMap(([method, style]) => {
        const of = (points: readonly ExplorationDifference[]) => points.filter((point) => point.method === method).map((point) => linePoint(point, fidelity));
        return methodTraces(method, style, index, of(differences), of(published), alone);
      }),
  };
}

function linePoint({ initialPlusBudget, difference, sd, replicates }: ExplorationDifference, fidelity: "paper" | "corrected"): LinePoint {
  const point = { x: initialPlusBudget, y: difference };
  if (sd === undefined) return { ...point, hover: `replicates ${replicates}` };
  return { ...point, bar: (1.96 * sd) / Math.sqrt(fidelity === "paper" ? replicates - 1 : replicates), hover: `sd ${sd.toFixed(4)}, replicates ${replicates}` };
}
