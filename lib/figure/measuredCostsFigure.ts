import type { MeasuredCost } from "../loop/measuredCosts";
import { refuse } from "../runtime/refuse";
import type { Figure } from "./figure";
import { axesOf, panelLayout } from "./panels";

/**
 * How long each kind and size of question took (left: median seconds, with the number of answers), and what that makes it
 * cost beside what a study assumed (right). A kind without a timed answer stays at its assumed cost.
 *
 * @param costs of a run, e.g. `session.costs`
 * @throws {InputError} when there are none
 * @example
 * const asked = [{ question: "Class", answers: 9, seconds: 2, assumed: 1, cost: 1.1 }, { question: "All2", answers: 0, assumed: 0.32, cost: 0.32 }];
 * measuredCostsFigure(asked).data.map(({ name }) => name) // ["median seconds", "assumed", "measured"]
 */
export function measuredCostsFigure(costs: readonly MeasuredCost[], title = "What a question takes, and what it costs"): Figure {
  if (costs.length === 0) refuse("measuredCostsFigure", "at least one kind of question", 0);
  const x = costs.map(({ question }) => question);
  const bar = (panel: number, name: string, color: string, y: readonly (number | null)[]) => ({ type: "bar", name, x, y, marker: { color }, ...axesOf(panel) });
  const seconds = {
    ...bar(0, "median seconds", "#4daf4a", costs.map((cost) => cost.seconds ?? null)),
    text: costs.map(({ answers, seconds }) => (seconds === undefined ? "" : `${answers}×`)),
    textposition: "outside",
    cliponaxis: false,
    hovertemplate: "%{x}: %{y:.1f} s at the median of %{text}<extra></extra>",
  };
  const assumed = { ...bar(1, "assumed", "#b3b3b3", costs.map((cost) => cost.assumed)), hovertemplate: "%{x}: %{y:.2f} assumed<extra></extra>" };
  const measured = { ...bar(1, "measured", "#377eb8", costs.map(({ cost }) => cost)), hovertemplate: "%{x}: %{y:.2f} measured<extra></extra>" };
  const timed = costs.some((cost) => cost.seconds !== undefined);
  const panels = [
    { title: "seconds", note: timed ? "above the bars: answers" : "no answer was timed", x: "question", y: "median seconds of an answer", xaxis: { type: "category", categoryarray: x, range: [-0.5, x.length - 0.5] }, yaxis: { rangemode: "tozero" } },
    { title: "cost", note: "what a study assumed, and what the seconds say", x: "question", y: "cost, in labels" },
  ];
  return { data: [seconds, assumed, measured], layout: { ...panelLayout(panels, title), barmode: "group", bargap: 0.25 } };
}
