/** A run that can be followed: a study, or one method in one of its replicates. */
export interface RunStart {
  /** Names the run wherever and whenever it is told; of a run within a study it begins with the study's key and a slash. */
  readonly key: string;
  /** For people. */
  readonly name: string;
  /** Key of the study it belongs to; absent for the study itself. */
  readonly parent?: string;
  /** What was set before it began. */
  readonly params: Readonly<Record<string, string | number | boolean>>;
}

/** Numbers at one step; the steps of a run grow. */
export interface MetricRow {
  /** A whole number: the budget spent, or the replicate. */
  readonly step: number;
  readonly values: Readonly<Record<string, number>>;
}

/**
 * A tool in which runs are followed. The records in the folder of outcomes are the truth and a tracker shows them: all of
 * it may be told again, after any failure at any place, and stands there once.
 */
export interface Tracker {
  /** For warnings: what it is and where. */
  readonly name: string;
  /** Keys of the runs that are whole there, of a study and within it. Asked before the first `start`, and again after a failure. */
  finished(study: string): Promise<ReadonlySet<string>>;
  /** Begins a run, or takes it up where it was left. */
  start(run: RunStart): Promise<TrackedRun>;
}

/** A run in a tracker. */
export interface TrackedRun {
  metrics(rows: readonly MetricRow[]): Promise<void>;
  /** Puts a file to the run, or in the place of the one of that name. @param type its media type */
  file(name: string, bytes: Uint8Array, type: string): Promise<void>;
  end(): Promise<void>;
}
