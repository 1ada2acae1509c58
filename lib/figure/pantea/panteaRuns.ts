import { curves, type CurvePoint } from "../../outcome/curves";
import { meanAndSd } from "../../outcome/meanAndSd";
import { panteaStudy, type PanteaSetting, type PanteaStrategy } from "../../outcome/panteaStudies";
import { outcomesFolder } from "../../outcome/published";
import { readStudy } from "../../outcome/readStudy";
import type { Fidelity } from "../../training/fitSettings";
import type { Palette } from "../palette";

/** From which results, and how, a figure of the Pantea study is drawn. */
export interface PanteaFigureOptions {
  /** Which runs of almq: as the report's code does it, its BALD without dropout, or corrected. Default `"paper"`. */
  readonly fidelity?: Fidelity;
  /** Default `"paper"`. */
  readonly palette?: Palette;
  /** Holds `STUDY/FIDELITY/replicate-….csv` for the studies named by `panteaStudy`. Default the project's `outcomes`. */
  readonly outcomes?: string;
}

/** Test accuracies at the end of runs. */
export type RunEnd = Pick<CurvePoint, "accuracyMean" | "accuracySd" | "replicates">;

/** almq's own runs of the Pantea study. */
export interface PanteaRuns {
  /** The curve of a strategy in a setting; empty where it has not run. */
  curve(setting: PanteaSetting, strategy: PanteaStrategy): readonly CurvePoint[];
  /** Where it ends; undefined also where no replicate has come to the end of the budget. */
  end(setting: PanteaSetting, strategy: PanteaStrategy): RunEnd | undefined;
  /** Accuracies of networks fitted on as many random labels at once; undefined where there are none. */
  full(setting: PanteaSetting): RunEnd | undefined;
  /** What was cut off in the files read so far. */
  losses(): readonly string[];
}

/** Reads almq's own runs when they are asked for, every file once. */
export function panteaRuns({ fidelity = "paper", outcomes = outcomesFolder }: PanteaFigureOptions = {}): PanteaRuns {
  const read = new Map<string, { readonly points: readonly CurvePoint[]; readonly budget: number; readonly full: readonly number[]; readonly losses: readonly string[] }>();
  const study = (setting: PanteaSetting) => {
    const name = panteaStudy(setting);
    if (!read.has(name)) {
      const { outcomes: made, losses } = readStudy(name, fidelity, outcomes);
      read.set(name, { points: curves(made), budget: made[0]?.header.settings.budget ?? 0, full: made.flatMap(({ header }) => header.full?.testAccuracy ?? []), losses });
    }
    return read.get(name)!;
  };
  const curve = (setting: PanteaSetting, strategy: PanteaStrategy) => study(setting).points.filter(({ method }) => method === strategy);
  const full = (setting: PanteaSetting) => {
    const { full: accuracies } = study(setting);
    const { mean, sd } = meanAndSd(accuracies);
    return accuracies.length === 0 ? undefined : { accuracyMean: mean, replicates: accuracies.length, ...(sd === undefined ? {} : { accuracySd: sd }) };
  };
  return { curve, full, end: (setting, strategy) => curve(setting, strategy).find(({ budget }) => budget === study(setting).budget), losses: () => [...read.values()].flatMap(({ losses }) => losses) };
}
