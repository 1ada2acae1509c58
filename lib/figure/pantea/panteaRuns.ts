import { curves, type CurvePoint } from "../../outcome/curves";
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

/** almq's own runs of the Pantea study. */
export interface PanteaRuns {
  /** The curve of a strategy in a setting; empty where it has not run. */
  curve(setting: PanteaSetting, strategy: PanteaStrategy): readonly CurvePoint[];
  /** Where it ends. */
  end(setting: PanteaSetting, strategy: PanteaStrategy): CurvePoint | undefined;
  /** What was cut off in the files read so far. */
  losses(): readonly string[];
}

/** Reads almq's own runs when they are asked for, every file once. */
export function panteaRuns({ fidelity = "paper", outcomes = outcomesFolder }: PanteaFigureOptions = {}): PanteaRuns {
  const read = new Map<string, { readonly points: readonly CurvePoint[]; readonly losses: readonly string[] }>();
  const study = (setting: PanteaSetting) => {
    const name = panteaStudy(setting);
    if (!read.has(name)) {
      const { outcomes: made, losses } = readStudy(name, fidelity, outcomes);
      read.set(name, { points: curves(made), losses });
    }
    return read.get(name)!;
  };
  const curve = (setting: PanteaSetting, strategy: PanteaStrategy) => study(setting).points.filter(({ method }) => method === strategy);
  return { curve, end: (setting, strategy) => curve(setting, strategy).at(-1), losses: () => [...read.values()].flatMap(({ losses }) => losses) };
}
