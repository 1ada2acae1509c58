import { panteaDatasets, panteaModels, panteaNoises, panteaStrategyNames, type PanteaSetting } from "../../outcome/panteaStudies";
import type { Fidelity } from "../../training/fitSettings";
import type { Figure } from "../figure";
import { switchable } from "../switchable";
import { curveDatasets, curveLines, panteaCurveFigure } from "./panteaCurveFigure";
import { panteaErrorFigure } from "./panteaErrorFigure";
import { panteaNoiseFigure } from "./panteaNoiseFigure";
import { panteaRuns, type PanteaFigureOptions, type PanteaRuns } from "./panteaRuns";
import { panteaTable, ownRunsWords, type PanteaCase, type PanteaRow } from "./panteaTable";

/** A figure of the Pantea study with a word on what it shows. */
export interface PanteaFigure {
  /** `"pantea-3"`, `"pantea-table-2-LeNet"`, … */
  readonly name: string;
  /** With a button for almq's own runs of either fidelity. */
  readonly figure: Figure;
  /** What is shown, from how many replicates of what data. */
  readonly caption: string;
  /** Printed test accuracies at the end of the runs, and almq's own. */
  readonly table: readonly PanteaRow[];
  /** What was cut off in the files and left out. */
  readonly losses: readonly string[];
}

const noBald = "Its networks have no dropout, so every BALD score in its code is zero, and what it calls BALD is none.";
const settings = (scenario: PanteaSetting["scenario"]) => panteaDatasets.flatMap((dataset) => panteaModels.map((model) => ({ dataset, model, scenario })));

/**
 * All figures of the Pantea study: its Figure 3 and Table 2 as bars, its Figures 4 to 6 from almq's own runs, with buttons
 * for `paper`, the runs that do what the report's code does, and `corrected`, in which BALD has the dropout it needs.
 *
 * @param options `fidelity`: the one shown at the start, and in pictures; default `"paper"`
 */
export function panteaFigures(options: PanteaFigureOptions = {}): PanteaFigure[] {
  const runs = { paper: panteaRuns({ ...options, fidelity: "paper" }), corrected: panteaRuns({ ...options, fidelity: "corrected" }) };
  const figure = (name: string, draw: (fidelity: Fidelity, own: PanteaRuns) => Figure, cases: readonly PanteaCase[], what: string, slips: string): PanteaFigure => {
    const drawn = (["paper", "corrected"] as const).map((label) => ({ label, figure: draw(label, runs[label]) }));
    const table = panteaTable(cases, runs);
    const losses = [...new Set([...runs.paper.losses(), ...runs.corrected.losses()])];
    return { name, figure: switchable([drawn[0]!, drawn[1]!], options.fidelity), caption: `${what} ${ownRunsWords(table)} ${slips}${noBald}`, table, losses };
  };
  return [
    figure(
      "pantea-3",
      (fidelity, own) => panteaErrorFigure({ ...options, fidelity }, own),
      casesOf([...settings("ideal"), ...settings("constrained")].filter(({ dataset }) => dataset === "MNIST")),
      "Test error on MNIST: the numbers printed in the report's Figure 3 (three seeds each) as full bars.",
      "The text calls random sampling's 6.84 % ResNet-18's lowest error; the table has 6.83 % for BALD. ",
    ),
    ...panteaModels.map((model) =>
      figure(
        `pantea-table-2-${model}`,
        (fidelity, own) => panteaNoiseFigure(model, { ...options, fidelity }, own),
        panteaNoises.flatMap((noise) => casesOf(settings("constrained").filter((one) => one.model === model), noise)),
        `Test accuracy of ${model} on three datasets under input noise: the numbers printed in the report's Table 2 (three seeds each) as full bars.`,
        "Its caption says accuracy, its discussion reads error; the values of LeNet on MNIST are 100 minus the errors of Figure 3, so they are accuracies. ",
      ),
    ),
    ...(["4", "5", "6"] as const).map((name) =>
      figure(
        `pantea-${name}`,
        (fidelity, own) => panteaCurveFigure(name, { ...options, fidelity }, own),
        curveDatasets(name).flatMap((dataset) => curveLines(name, "paper").map(({ setting, strategy }) => ({ setting: { ...setting, dataset }, strategy }))),
        `The report's Figure ${name}: where almq has run it, the mean test accuracy of its runs with a band of ± one standard error; the report draws validation accuracies of three seeds and prints no numbers for them. Open markers, side by side right of the end, are the test accuracies its tables print for the end of the same runs.`,
        name === "4" ? "Its caption says 100 samples a round, its text 1,000. " : "",
      ),
    ),
  ];
}

/** Every strategy in these settings. */
function casesOf(chosen: readonly Omit<PanteaSetting, "noise">[], noise: PanteaSetting["noise"] = "none"): PanteaCase[] {
  return chosen.flatMap((setting) => panteaStrategyNames.map((strategy) => ({ setting: { ...setting, noise }, strategy })));
}
