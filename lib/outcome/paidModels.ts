import { runName, type OutcomeHeader, type OutcomeRecord, type RunOutcome } from "./record";

/**
 * A run in which every model counts from the question on with which its whole batch is paid.
 *
 * Methods that choose a batch at once (BADGE) carry, as in the paper's code, the metrics of the model fitted after the batch
 * in all rows of it: of five labels, from the first on. What the first four buy is the model before them. The runs of all
 * other methods stay as they are: their rows change with the last of a batch.
 *
 * @param header names what the run has on offer; a run with several kinds of question never chooses a batch at once
 */
export function paidModels(run: RunOutcome, { offers, settings }: Pick<OutcomeHeader, "offers" | "settings">): RunOutcome {
  const [offer, ...more] = offers[runName(run)] ?? [];
  if (offer === undefined || more.length > 0) return run;
  let mark = settings.batchBudget;
  let paid = run.records[0];
  const records = run.records.map((record, i): OutcomeRecord => {
    const last = i === run.records.length - 1 || record.spent + offer.cost > mark + 1e-6;
    if (i === 0 || !last) return { ...record, ...modelOf(paid!) };
    mark += settings.batchBudget;
    return (paid = record);
  });
  return { ...run, records };
}

function modelOf({ pool, test }: OutcomeRecord): Pick<OutcomeRecord, "pool" | "test"> {
  return test === undefined ? { pool } : { pool, test };
}
