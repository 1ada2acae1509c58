import { panteaAccuracies, panteaDatasets, panteaModels, panteaNoises, panteaStrategies, panteaStrategyNames, type PanteaSetting } from "../../outcome/panteaStudies";
import { refuse } from "../../runtime/refuse";
import type { Figure } from "../figure";
import { methodStyles } from "../palette";
import { barFigure, barTraces } from "./panteaBars";
import { panteaRuns, type PanteaFigureOptions } from "./panteaRuns";

/** Of the kinds of noise, short enough to stand side by side. */
const ticks = ["no noise", "Gaussian", "salt and<br>pepper"];

/**
 * The report's Table 2 as bars, one panel per dataset: accuracies of one model under three kinds of noise.
 *
 * @param runs almq's own; default read from `options.outcomes`
 */
export function panteaNoiseFigure(model: PanteaSetting["model"], options: PanteaFigureOptions = {}, runs = panteaRuns(options)): Figure {
  if (!panteaModels.includes(model)) refuse("panteaNoiseFigure", panteaModels.join(" or "), model);
  const accuracies = panteaAccuracies();
  const styles = methodStyles(panteaStrategyNames, options.palette ?? "paper");
  const traces = panteaDatasets.flatMap((dataset, panel) =>
    panteaStrategyNames.flatMap((strategy) => {
      const printed = panteaNoises.map((noise) => accuracies.find((row) => row.model === model && row.dataset === dataset && row.noise === noise && row.strategy === strategy)!.accuracy);
      const ours = panteaNoises.map((noise) => runs.end({ dataset, model, noise, scenario: "constrained" }, strategy));
      return barTraces({ name: panteaStrategies[strategy], color: styles.get(strategy)!.color, places: ticks, printed, ours, value: (accuracy) => accuracy }, panel);
    }),
  );
  const axes = panteaDatasets.map((dataset, i) => ({ title: dataset, x: "", y: i === 0 ? "test accuracy, %" : "", xaxis: { tickangle: 0, tickfont: { size: 12 } } }));
  return barFigure(`Pantea, Table 2: ${model} under noise`, traces, axes);
}
