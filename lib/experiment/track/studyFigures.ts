import { figureToSvg } from "../../figure/figureToSvg";
import { svgToPng } from "../../figure/figureToPng";
import type { Figure } from "../../figure/figure";
import { learningCurveFigure } from "../../figure/learningCurveFigure";
import { questionCountsFigure } from "../../figure/questionCountsFigure";
import { curves } from "../../outcome/curves";
import { curvesText } from "../../outcome/curvesFile";
import { questionCounts } from "../../outcome/questionCounts";
import type { ReplicateOutcome } from "../../outcome/record";

/** A file that goes to a tracker with a study. */
export interface StudyFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A study's figures so far, as SVG and PNG, and the numbers of its curves. */
export async function studyFigures(outcomes: readonly ReplicateOutcome[]): Promise<StudyFile[]> {
  const [first] = outcomes;
  if (first === undefined || !outcomes.every(({ runs }) => runs.every(({ records }) => records.every(({ test }) => test !== undefined)))) return [];
  const points = curves(outcomes);
  const all = questionCounts(outcomes);
  const [chosen] = all; // the first method that has a choice between questions
  const counts = all.filter(({ method }) => method === chosen?.method);
  const title = `${first.header.source}, ${outcomes.length} replicate${outcomes.length === 1 ? "" : "s"}`;
  const explored = points.some(({ exploration }) => exploration);
  const choice = Object.values(first.header.offers).find((offers) => offers.length > 1) ?? [];
  return [
    { name: "curves.csv", type: "text/csv", bytes: Buffer.from(curvesText(points)) },
    ...(await pictures("learning-curves", learningCurveFigure([{ title, curves: points }], { exploration: explored ? "on" : "off", fidelity: first.header.fidelity }))),
    ...(counts.length > 0 ? await pictures("question-counts", questionCountsFigure(counts, choice, { exploration: counts.some(({ exploration }) => exploration) })) : []),
  ];
}

async function pictures(name: string, figure: Figure): Promise<StudyFile[]> {
  const svg = await figureToSvg(figure);
  return [
    { name: `${name}.svg`, type: "image/svg+xml", bytes: Buffer.from(svg) },
    { name: `${name}.png`, type: "image/png", bytes: await svgToPng(svg, 2) },
  ];
}
