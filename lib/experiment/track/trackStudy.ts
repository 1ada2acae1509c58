import { replicateName } from "../../outcome/outcomeFolder";
import { runName, type OutcomeHeader, type ReplicateOutcome, type RunOutcome } from "../../outcome/record";
import { studyKey } from "../../outcome/studyKey";
import { runRows } from "../../outcome/tracker/runRows";
import type { RunStart, Tracker } from "../../outcome/tracker/tracker";
import { studyFigures } from "./studyFigures";

/**
 * Tells a tracker what it does not have of a study: a run for the study with its settings, figures and the accuracies of a model
 * fitted on all labels, and below it one for each method of each replicate, with its curves and questions.
 *
 * @param outcomes whole replicates of one study
 * @returns how many runs of methods were told
 */
export async function trackStudy(outcomes: readonly ReplicateOutcome[], tracker: Tracker): Promise<number> {
  const [first] = outcomes;
  if (first === undefined) return 0;
  const key = studyKey(first.header);
  const there = await tracker.finished(key);
  const missing = outcomes.flatMap(({ header, runs }) => runs.map((run) => ({ header, run, start: runStart(key, header, run) }))).filter(({ start }) => !there.has(start.key));
  if (missing.length === 0 && there.has(key)) return 0;
  const study = await tracker.start(studyStart(key, first.header));
  for (const { header, run, start } of missing) {
    const told = await tracker.start(start);
    await told.metrics(runRows(run, header.settings.budget));
    await told.end();
  }
  await study.metrics(outcomes.flatMap(({ header }) => fullRow(header)));
  for (const { name, bytes, type } of await studyFigures(outcomes)) await study.file(name, bytes, type);
  await study.end();
  return missing.length;
}

function studyStart(key: string, header: OutcomeHeader): RunStart {
  const { study, dataset, source, standIn, fidelity, seed, settings, versions, backend } = header;
  return { key, name: `${study} (${fidelity}), seed ${seed}`, params: leaves({ study, dataset, source, standIn, fidelity, seed, settings, versions, backend }) };
}

function runStart(study: string, header: OutcomeHeader, run: RunOutcome): RunStart {
  const { replicate, fidelity, seed } = header;
  const name = runName(run);
  const costs = Object.fromEntries((header.offers[name] ?? []).map(({ kind, size, cost }) => [`cost_${kind}${kind === "class" ? "" : size}`, cost]));
  return {
    key: `${study}/${replicateName(replicate)}/${name}`,
    name: `${name}, ${replicateName(replicate).replace("-", " ")}`,
    parent: study,
    params: { method: run.method, exploration: run.exploration, replicate, fidelity, seed, ...costs },
  };
}

function fullRow({ replicate, full }: OutcomeHeader) {
  if (full === undefined) return [];
  const { poolAccuracy, testAccuracy } = full;
  return [{ step: replicate, values: { full_pool_accuracy: poolAccuracy, ...(testAccuracy !== undefined && { full_test_accuracy: testAccuracy }) } }];
}

/** The values within a value by their paths: `settings.fit.epochs`. */
function leaves(value: object, path = ""): Record<string, string | number | boolean> {
  return Object.assign({}, ...Object.entries(value).map(([name, inner]: [string, unknown]) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner) ? leaves(inner, `${path}${name}.`) : { [path + name]: typeof inner === "number" || typeof inner === "boolean" ? inner : String(inner) },
  )) as Record<string, string | number | boolean>; // prettier-ignore
}
