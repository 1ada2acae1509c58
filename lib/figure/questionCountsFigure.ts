import type { QuestionCount } from "../outcome/questionCounts";
import { offerName, type Offer } from "../question/offer";
import { refuse } from "../runtime/refuse";
import type { Figure, Plotly } from "./figure";
import { axesOf, panelLayout } from "./panels";

/** How question counts are drawn. */
export interface QuestionCountsOptions {
  readonly title?: string;
  /** Which run; default the one with exploration. */
  readonly exploration?: boolean;
  /** The paper's counts, beside ours. */
  readonly published?: readonly QuestionCount[];
}

/**
 * How often a run asked each kind of question (left, bars of ± one standard deviation over replicates) and what it paid for it (right).
 *
 * @param counts of one method
 * @param offers of the run: they know the costs
 * @throws {InputError} when a question was counted that no offer is for
 */
export function questionCountsFigure(counts: readonly QuestionCount[], offers: readonly Offer[], options: QuestionCountsOptions = {}): Figure {
  const { title = "Which questions were asked", exploration = true, published = [] } = options;
  const of = (all: readonly QuestionCount[]) => all.filter((count) => count.exploration === exploration);
  const sources = [
    { name: "almq", color: "#377eb8", counts: of(counts) },
    { name: "published", color: "#b3b3b3", counts: of(published) },
  ].filter((source) => source.counts.length > 0);
  const traces = sources.flatMap(({ name, color, counts }) => {
    const shared = { type: "bar", name, legendgroup: name, marker: { color }, x: counts.map(({ question }) => question) };
    return [
      { ...shared, ...axesOf(0), ...asked(counts) },
      { ...shared, ...axesOf(1), ...paid(counts, offers), showlegend: false },
    ];
  });
  const panels = [
    { title: "asked", x: "question", y: "times per replicate" },
    { title: "paid", x: "question", y: "budget per replicate" },
  ];
  return { data: traces, layout: { ...panelLayout(panels, title), barmode: "group", bargap: 0.25 } };
}

function asked(counts: readonly QuestionCount[]): Plotly {
  const sds = counts.map(({ askedSd }) => askedSd ?? 0);
  return {
    y: counts.map(({ asked }) => asked),
    ...(sds.some((sd) => sd > 0) ? { error_y: { type: "data", array: sds, thickness: 1, width: 3, color: "#444444" } } : {}),
    customdata: counts.map(({ yesShare }) => (yesShare === undefined ? "" : `, ${(100 * yesShare).toFixed(1)} % answered yes`)),
    hovertemplate: "%{x}, %{fullData.name}: %{y:.1f} times%{customdata}<extra></extra>",
  };
}

function paid(counts: readonly QuestionCount[], offers: readonly Offer[]): Plotly {
  const cost = (question: string) => offers.find((offer) => offerName(offer) === question)?.cost ?? refuse("questionCountsFigure", `an offer of ${offers.map(offerName).join(", ")}`, question);
  return { y: counts.map((count) => count.asked * cost(count.question)), hovertemplate: "%{x}, %{fullData.name}: %{y:.1f} paid<extra></extra>" };
}
