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
import { panelCaption, type ShownStudy } from "./panelCaption";
import type { Palette } from "./palette";
import { panelFigure, type Panel } from "./panels";

/** The figures of the paper that show results. */
export const paperFigureNames = ["3", "4", "5", "S4", "S5"] as const;
export type PaperFigureName = (typeof paperFigureNames)[number];

type PanelKind = readonly ["curves" | "difference", string];
interface PaperFigureContent {
  readonly title: string;
  readonly panels: readonly [PanelKind, PanelKind];
}

const contents: Readonly<Record<PaperFigureName, PaperFigureContent>> = {
  "3": { title: "digits and activities", panels: [["curves", "handwriting"], ["curves", "har"]] },
  "4": { title: "MNIST, and what exploration (EE) adds", panels: [["curves", "mnist"], ["difference", "mnist"]] },
  "5": { title: "animals and tumors", panels: [["curves", "animal"], ["curves", "tumor"]] },
  S4: { title: "what exploration (EE) adds, digits and activities", panels: [["difference", "handwriting"], ["difference", "har"]] },
  S5: { title: "what exploration (EE) adds, animals and tumors", panels: [["difference", "animal"], ["difference", "tumor"]] },
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
  /** What the panels are drawn from, by study; no replicates of a study that has not run. */
  readonly outcomes: Readonly<Record<string, readonly ReplicateOutcome[]>>;
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
  const { title, panels } = Object.hasOwn(contents, name) ? contents[name] : refuse("paperFigure", paperFigureNames.join(", "), name);
  const datasets = [...new Set(panels.map(([, dataset]) => dataset))];
  const studies = new Map(datasets.map((dataset) => [dataset, studyOf(dataset, fidelity, outcomes)]));
  const shown = [...studies.values()];
  return {
    name,
    figure: panelFigure(panels.map(([kind, dataset]) => panelOf(kind, studies.get(dataset)!, fidelity)), { title: `Figure ${name}: ${title}`, palette }),
    caption: panels.map(([kind, dataset], i) => `${["Left", "Right"][i]!}: ${panelCaption(kind, studies.get(dataset)!)}`).join(" "),
    table: shown.flatMap(({ dataset, made, published }) => [...finalAccuracies(curves(made), published), ...fullAccuracies(dataset, made, publishedFull(dataset))]),
    outcomes: Object.fromEntries(shown.map(({ dataset, made }) => [dataset, made])),
    losses: shown.flatMap(({ losses }) => losses),
  };
}

function studyOf(dataset: string, fidelity: Fidelity, folder: string): ShownStudy & { readonly losses: readonly string[] } {
  const { outcomes, losses } = readStudy(dataset, fidelity, folder);
  const source = outcomes[0]?.header.source ?? paperStudies.find(({ study }) => study === dataset)!.source;
  return { dataset, source, made: outcomes, losses, published: publishedCurves(dataset) };
}

function panelOf(kind: "curves" | "difference", { dataset, source, made, published }: ShownStudy, fidelity: Fidelity): Panel {
  const title = made.length === 0 || fidelity === "paper" ? source : `${source}, corrected`;
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
