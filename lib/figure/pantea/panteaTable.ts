import { panteaStrategies, printedAccuracy, type PanteaSetting, type PanteaStrategy } from "../../outcome/panteaStudies";
import type { Fidelity } from "../../training/fitSettings";
import { replicatesWords } from "../panels";
import type { PanteaRuns, RunEnd } from "./panteaRuns";

/** One run of the Pantea study. */
export interface PanteaCase {
  readonly setting: PanteaSetting;
  readonly strategy: PanteaStrategy;
}

/** A row of the table under a figure: test accuracies at the end of a run, from 0 to 1. */
export interface PanteaRow extends PanteaSetting {
  readonly strategy: string;
  readonly published: number;
  /** Of almq's runs that follow the report's code. */
  readonly paper?: number;
  readonly "paper sd"?: number;
  readonly "paper replicates"?: number;
  /** Of almq's corrected runs. */
  readonly corrected?: number;
  readonly "corrected sd"?: number;
  readonly "corrected replicates"?: number;
}

/** Printed numbers beside almq's own. */
export function panteaTable(cases: readonly PanteaCase[], runs: Readonly<Record<Fidelity, PanteaRuns>>): PanteaRow[] {
  return cases.map(({ setting, strategy }) => ({
    ...setting,
    strategy: panteaStrategies[strategy],
    published: printedAccuracy(setting, strategy),
    ...own("paper", runs.paper.end(setting, strategy)),
    ...own("corrected", runs.corrected.end(setting, strategy)),
  }));
}

function own(fidelity: Fidelity, point: RunEnd | undefined): Partial<PanteaRow> {
  if (point === undefined) return {};
  const spread = point.accuracySd === undefined ? {} : { [`${fidelity} sd`]: point.accuracySd };
  return { [fidelity]: point.accuracyMean, ...spread, [`${fidelity} replicates`]: point.replicates };
}

/** How much of a table almq has computed itself, in words. */
export function ownRunsWords(table: readonly PanteaRow[]): string {
  const words = (["paper", "corrected"] as const).flatMap((fidelity) => {
    const counts = table.flatMap((row) => (row[fidelity] === undefined ? [] : { replicates: row[`${fidelity} replicates`]! }));
    return counts.length === 0 ? [] : [`${fidelity}, ${counts.length} of its ${table.length} runs with ${replicatesWords(counts)}`];
  });
  return words.length === 0 ? "almq has not run this study yet: printed numbers only." : `almq's own: ${words.join("; ")}.`;
}
