import { curves } from "../outcome/curves";
import { differencesOfMeans, explorationDifferences } from "../outcome/explorationDifferences";
import { finalAccuracies, fullAccuracies, type FinalAccuracy } from "../outcome/finalAccuracies";
import { paperStudies } from "../outcome/paperStudies";
import { outcomesFolder, publishedCurves, publishedFull } from "../outcome/published";
import { readStudy } from "../outcome/readStudy";
import type { ReplicateOutcome } from "../outcome/record";
import { refuse } from "../runtime/refuse";
import type { Fidelity } from "../training/fitSettings";
import { differencePanel } from "./explorationDifferenceFigure";
import type { Figure } from "./figure";
import { curvePanel } from "./learningCurveFigure";
import type { Palette } from "./palette";
import { panelFigure, type Panel } from "./panels";

/** The figures of the paper that show results. */
export const paperFigureNames = ["3", "4", "5", "S4", "S5"] as const;
export type PaperFigureName = (typeof paperFigureNames)[number];

type PanelKind = readonly ["curves" | "difference", string];
const panelsOf: Readonly<Record<PaperFigureName, readonly PanelKind[]>> = {
  "3": [["curves", "handwriting"], ["curves", "har"]],
  "4": [["curves", "mnist"], ["difference", "mnist"]],
  "5": [["curves", "animal"], ["curves", "tumor"]],
  S4: [["difference", "handwriting"], ["difference", "har"]],
  S5: [["difference", "animal"], ["difference", "tumor"]],
}; // prettier-ignore

/** Which results a figure of the paper is drawn from, and how. */
export interface PaperFigureOptions {
  /** Which runs of almq: those that follow the paper's code, or those that follow the paper. Default `"paper"`. */
  readonly fidelity?: Fidelity;
  /** Default `"paper"`. */
  readonly palette?: Palette;
  /** Holds `STUDY/FIDELITY/replicate-….csv`. Default the project's `outcomes`. */
  readonly outcomes?: string;
}

/** A figure of the paper, drawn again. */
export interface PaperFigure {
  readonly name: PaperFigureName;
  readonly figure: Figure;
  /** One sentence per panel: what is shown, and from how many replicates of what data. */
  readonly caption: string;
  /** Accuracies at the end of the budget. */
  readonly table: readonly FinalAccuracy[];
  /** What was cut off in the files and left out. */
  readonly losses: readonly string[];
}

/**
 * Draws a figure of the paper from what almq's studies left in `outcomes`, beside the published points.
 * Where a study has not run, the published points stand alone.
 *
 * @throws {InputError} for a name that is no figure of results, or outcomes that cannot be read
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277, figures 3, 4, 5, S4 and S5
 */
export function paperFigure(name: PaperFigureName, options: PaperFigureOptions = {}): PaperFigure {
  const { fidelity = "paper", palette = "paper", outcomes = outcomesFolder } = options;
  const kinds = Object.hasOwn(panelsOf, name) ? panelsOf[name] : refuse("paperFigure", paperFigureNames.join(", "), name);
  const datasets = [...new Set(kinds.map(([, dataset]) => dataset))];
  const studies = new Map(datasets.map((dataset) => [dataset, studyOf(dataset, fidelity, outcomes)]));
  const panels = kinds.map(([kind, dataset]) => panelOf(kind, studies.get(dataset)!, fidelity));
  const shown = [...studies.values()];
  return {
    name,
    figure: panelFigure(panels, { title: `Figure ${name}`, palette }),
    caption: kinds.map(([kind, dataset], i) => caption(kind, studies.get(dataset)!, kinds.length > 1 ? ["Left", "Right"][i]! : "")).join(" "),
    table: shown.flatMap(({ dataset, made, published }) => [...finalAccuracies(curves(made), published), ...fullAccuracies(dataset, made, publishedFull(dataset))]),
    losses: shown.flatMap(({ losses }) => losses),
  };
}

interface ShownStudy {
  readonly dataset: string;
  readonly made: readonly ReplicateOutcome[];
  readonly losses: readonly string[];
  readonly published: ReturnType<typeof publishedCurves>;
}

function studyOf(dataset: string, fidelity: Fidelity, folder: string): ShownStudy {
  const { outcomes, losses } = readStudy(dataset, fidelity, folder);
  return { dataset, made: outcomes, losses, published: publishedCurves(dataset) };
}

function panelOf(kind: "curves" | "difference", { dataset, made, published }: ShownStudy, fidelity: Fidelity): Panel {
  const [first] = made;
  const words = first?.header.source ?? paperStudies.find(({ study }) => study === dataset)!.source;
  const title = first === undefined ? words : `${words}${fidelity === "paper" ? "" : ", corrected"}`;
  if (kind === "difference")
    return differencePanel({ title, differences: explorationDifferences(made), published: differencesOfMeans(published) }, { fidelity });
  const full = fullAccuracy(made, fidelity);
  return curvePanel({ title, curves: curves(made), published, publishedFull: publishedFull(dataset)!.drawn, ...(full === undefined ? {} : { full }) }, { fidelity });
}

/** The line of Full: the first replicate's accuracy in the paper's figures, the mean over replicates corrected. */
function fullAccuracy(made: readonly ReplicateOutcome[], fidelity: Fidelity): number | undefined {
  const accuracies = made.flatMap(({ header }) => header.full?.testAccuracy ?? []);
  if (accuracies.length === 0) return undefined;
  return fidelity === "paper" ? accuracies[0] : accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / accuracies.length;
}

function caption(kind: "curves" | "difference", { dataset, made, published }: ShownStudy, place: string): string {
  const what = kind === "curves" ? "mean test accuracy" : "mean test accuracy with exploration minus without";
  const start = place === "" ? "" : `${place}: `;
  const paper = `the paper's published points (${published[0]?.replicates ?? 0} replicates)`;
  const [first] = made;
  if (first === undefined) return `${start}${what} on ${paperStudies.find(({ study }) => study === dataset)!.source}, ${paper} only: almq has no results of this study yet.`;
  const { source, fidelity, versions } = first.header;
  const follows = versions.almq === undefined ? "imported" : `computed by almq ${fidelity === "paper" ? "as the paper's released code does it" : "as the paper describes it"}`;
  const bars = made.length > 1 ? " with bars of ± 1.96 standard errors" : "";
  const full = kind === "curves" && fidelity === "paper" && made.length > 1 ? " Full is the first replicate's accuracy, as in the paper." : "";
  return `${start}${what} on ${source}, ${made.length} ${made.length === 1 ? "replicate" : "replicates"} ${follows} (lines${bars}), and ${paper} as open markers.${full}`;
}
