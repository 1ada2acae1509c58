import { panteaErrors, panteaModels, panteaStrategies, panteaStrategyNames } from "../../outcome/panteaStudies";
import type { Figure, Plotly } from "../figure";
import { methodStyles } from "../palette";
import { barFigure, barTraces } from "./panteaBars";
import { panteaRuns, type PanteaFigureOptions, type RunEnd } from "./panteaRuns";

const scenarios = ["ideal", "constrained"] as const;

/**
 * The report's Figure 3, a table of test errors on MNIST, as bars: one panel per model.
 *
 * @param runs almq's own; default read from `options.outcomes`
 */
export function panteaErrorFigure(options: PanteaFigureOptions = {}, runs = panteaRuns(options)): Figure {
  const errors = panteaErrors();
  const styles = methodStyles(panteaStrategyNames, options.palette ?? "paper");
  const traces = panteaModels.flatMap((model, panel) => [
    ...panteaStrategyNames.flatMap((strategy) => {
      const printed = scenarios.map((scenario) => errors.find((row) => row.model === model && row.scenario === scenario && row.strategy === strategy)!.testError);
      const ours = scenarios.map((scenario) => runs.end({ dataset: "MNIST", model, noise: "none", scenario }, strategy));
      return barTraces({ name: panteaStrategies[strategy], color: styles.get(strategy)!.color, places: scenarios, printed, ours, value: (accuracy) => 1 - accuracy }, panel);
    }),
    ...supervised(errors.find((row) => row.model === model && row.scenario === "supervised")!.testError, runs.full({ dataset: "MNIST", model, noise: "none", scenario: "constrained" }), panel),
  ]);
  const axes = panteaModels.map((model) => ({ title: model, x: "", y: "test error, %" }));
  return barFigure("Pantea, Figure 3: test error on MNIST", traces, axes);
}

/** The report's baseline without a strategy, where the middle one of three bars would stand. */
function supervised(testError: number, ours: RunEnd | undefined, panel: number): Plotly[] {
  const name = panteaStrategies.EN;
  const bars = barTraces({ name, color: "#999999", places: ["supervised"], printed: [testError], ours: [ours], value: (accuracy) => 1 - accuracy }, panel);
  return bars.map((bar) => ({ ...bar, ...named(String(bar.name).replace(name, "no strategy, 1,100 labels")) }));
}

const named = (name: string) => ({ name, legendgroup: name });
