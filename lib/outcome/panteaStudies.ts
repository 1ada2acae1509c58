import { join } from "node:path";
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { refuse } from "../runtime/refuse";
import { outcomesFolder } from "./published";

/** One setting of the Pantea study. */
export interface PanteaSetting {
  readonly dataset: "MNIST" | "CIFAR-10" | "Fashion-MNIST";
  readonly model: "LeNet" | "ResNet-18";
  /** Added to a tenth of the inputs. */
  readonly noise: "none" | "gaussian" | "salt and pepper";
  /** `"constrained"`: 100 labels + 100 rounds of 10. `"ideal"`: 1,000 + 10 rounds of 1,000. */
  readonly scenario: "constrained" | "ideal";
}

/** The strategies of the Pantea study, by the names of their runs. */
export const panteaStrategies = { RA: "random", EN: "maximum entropy", BALD: "BALD" } as const;
export type PanteaStrategy = keyof typeof panteaStrategies;

/** What the Pantea study varies, in the order of its tables. */
export const panteaStrategyNames = ["RA", "EN", "BALD"] as const satisfies readonly PanteaStrategy[];
export const panteaModels = ["LeNet", "ResNet-18"] as const satisfies readonly PanteaSetting["model"][];
export const panteaDatasets = ["MNIST", "CIFAR-10", "Fashion-MNIST"] as const satisfies readonly PanteaSetting["dataset"][];
export const panteaNoises = ["none", "gaussian", "salt and pepper"] as const satisfies readonly PanteaSetting["noise"][];

/**
 * The name of a setting's study, and of its folder of outcomes.
 *
 * @example
 * panteaStudy({ dataset: "CIFAR-10", model: "ResNet-18", noise: "salt and pepper", scenario: "constrained" })
 * // "pantea-cifar10-resnet18-saltandpepper-constrained"
 */
export function panteaStudy({ dataset, model, noise, scenario }: PanteaSetting): string {
  return ["pantea", dataset, model, noise, scenario].map((word) => word.toLowerCase().replaceAll(/[^a-z0-9]/g, "")).join("-");
}

/** A test error the report prints in its Figure 3, in percent. */
export interface PanteaError {
  /** `"supervised"`: 1,100 labels at once, no strategy. */
  readonly scenario: "supervised" | "ideal" | "constrained";
  readonly model: PanteaSetting["model"];
  readonly strategy: PanteaStrategy | "";
  readonly testError: number;
}

/** The table printed as Figure 3: test errors on MNIST. */
export function panteaErrors(): PanteaError[] {
  return rows("pantea-figure-3.csv").map(({ test_error, ...row }) => ({ ...row, testError: Number(test_error) }) as unknown as PanteaError);
}

/** A value of the report's Table 2, in percent: an accuracy, as the caption says, not the error that the discussion takes it for. */
export interface PanteaAccuracy extends Omit<PanteaSetting, "scenario"> {
  readonly strategy: PanteaStrategy;
  readonly accuracy: number;
}

/** Table 2: test accuracies under noise, constrained. */
export function panteaAccuracies(): PanteaAccuracy[] {
  return rows("pantea-table-2.csv").map(({ value, ...row }) => ({ ...row, accuracy: Number(value) }) as unknown as PanteaAccuracy);
}

/** The test accuracy, from 0 to 1, that the report's tables print for the end of a run. */
export function printedAccuracy({ dataset, model, noise, scenario }: PanteaSetting, strategy: PanteaStrategy): number {
  if (scenario === "constrained")
    return panteaAccuracies().find((row) => row.model === model && row.dataset === dataset && row.noise === noise && row.strategy === strategy)!.accuracy / 100;
  const printed = panteaErrors().find((row) => row.model === model && row.scenario === scenario && row.strategy === strategy)!;
  return dataset === "MNIST" && noise === "none" ? 1 - printed.testError / 100 : refuse("printedAccuracy", "MNIST without noise, the only ideal setting", `${dataset}, ${noise}`);
}

function rows(name: string): Record<string, string>[] {
  return parse(readFileSync(join(outcomesFolder, "published", name)), { columns: true }) as Record<string, string>[];
}
