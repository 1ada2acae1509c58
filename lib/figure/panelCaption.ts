import { curves, type CurvePoint } from "../outcome/curves";
import { explorationDifferences } from "../outcome/explorationDifferences";
import { paperStudies } from "../outcome/paperStudies";
import type { OutcomeHeader, ReplicateOutcome } from "../outcome/record";
import { unfinishedRuns } from "../outcome/unfinishedRuns";
import { oneOfEach } from "./learningCurveFigure";
import { replicatesWords } from "./panels";

/** A study of the paper as a panel shows it. */
export interface ShownStudy {
  readonly dataset: string;
  /** The data in words. */
  readonly source: string;
  /** What almq computed; empty when the study has not run. */
  readonly made: readonly ReplicateOutcome[];
  readonly published: readonly CurvePoint[];
}

/** One sentence on a panel of the paper's figures: what it shows, from how many replicates of what data. */
export function panelCaption(kind: "curves" | "difference", { dataset, source, made, published }: ShownStudy): string {
  const what = kind === "curves" ? "mean test accuracy" : "mean test accuracy with exploration minus without";
  const paper = `the paper's published points (${replicatesWords(published)})`;
  const drawn = kind === "curves" ? oneOfEach(curves(made), "on") : explorationDifferences(made);
  const [first] = made;
  if (first === undefined || drawn.length === 0)
    return `${what} on ${source}, ${paper} only: almq has ${first === undefined ? "no results of this study" : "run no method both ways"} yet.`;
  const methods = new Set(drawn.map(({ method }) => method));
  const missing = published.some(({ method, exploration }) => (kind === "curves" || exploration) && !methods.has(method));
  const which = missing ? ` of ${[...methods].join(", ")} only,` : "";
  const bars = drawn.some(({ replicates }) => replicates > 1) ? " with bars of ± 1.96 standard errors" : "";
  const about = `${unfinishedWords(made)}${shortfall(first.header, dataset)}${kind === "curves" ? fullWords(first.header, made.length) : ""}`;
  return `${what} on ${source}, ${replicatesWords(drawn)}${which} ${origin(first.header)} (lines${bars}), and ${paper} as open markers.${about}`;
}

/** Says so where runs were cut short. */
function unfinishedWords(made: readonly ReplicateOutcome[]): string {
  const runs = made.flatMap((outcome) => unfinishedRuns(outcome).filter(({ spent }) => spent !== undefined));
  const names = [...new Set(runs.map(({ run }) => run))];
  if (names.length === 0) return "";
  const counted = names.map((name) => `${name} in ${runs.filter(({ run }) => run === name).length}`);
  return ` Cut short, and counted as far as they come: runs of ${counted.join(", ")} of ${made.length} replicates.`;
}

function origin({ versions, fidelity }: OutcomeHeader): string {
  if (versions.almq === undefined) return "imported";
  return `computed by almq ${fidelity === "paper" ? "as the paper's released code does it" : "as the paper describes it"}`;
}

/** Says so where the runs of a study start from other labels, or spend less, than the paper's. */
function shortfall({ settings }: OutcomeHeader, dataset: string): string {
  const paper = paperStudies.find(({ study }) => study === dataset)!;
  if (settings.initial === paper.initial && settings.budget === paper.budget) return "";
  return ` These runs begin with ${settings.initial} labels and spend ${settings.budget}; the paper's begin with ${paper.initial} and spend ${paper.budget}.`;
}

function fullWords({ fidelity, full }: OutcomeHeader, replicates: number): string {
  return fidelity === "paper" && full !== undefined && replicates > 1 ? " Full is the first replicate's accuracy, as in the paper." : "";
}
