import { bothFidelities, type BothAccuracies } from "../outcome/finalAccuracies";
import type { Fidelity } from "../training/fitSettings";
import type { Figure } from "./figure";
import { paperFigure, type PaperFigure, type PaperFigureName, type PaperFigureOptions } from "./paperFigures";
import { switchable } from "./switchable";

/** A figure of the paper with a button for the runs of each fidelity. */
export interface SwitchablePaperFigure {
  readonly name: PaperFigureName;
  readonly figure: Figure;
  /** What is shown, from how many replicates of what data: for each button, where they differ. */
  readonly caption: string;
  /** Accuracies at the end of the budget, of both fidelities and published. */
  readonly table: readonly BothAccuracies[];
  /** What was cut off in the files and left out. */
  readonly losses: readonly string[];
  /** The figures of the two buttons. */
  readonly paper: PaperFigure;
  readonly corrected: PaperFigure;
}

/**
 * Draws a figure of the paper with two buttons: `paper`, runs that do what the released code does, slips included, and
 * `corrected`, runs that do what the paper says.
 *
 * @param options `fidelity`: the one shown at the start, and in pictures; default `"paper"`
 * @throws {InputError} as `paperFigure` does
 */
export function switchablePaperFigure(name: PaperFigureName, options: PaperFigureOptions = {}): SwitchablePaperFigure {
  const of = (fidelity: Fidelity) => paperFigure(name, { ...options, fidelity });
  const [paper, corrected] = [of("paper"), of("corrected")];
  const buttons = [{ label: "paper", figure: paper.figure }, { label: "corrected", figure: corrected.figure }] as const;
  return {
    name,
    figure: switchable(buttons, options.fidelity),
    caption: paper.caption === corrected.caption ? paper.caption : `Button “paper”. ${paper.caption} Button “corrected”. ${corrected.caption}`,
    table: bothFidelities(paper.table, corrected.table),
    losses: [...paper.losses, ...corrected.losses],
    paper,
    corrected,
  };
}
