/** Which columns are what. */
export interface TableColumns {
  /** Columns that are the features, in this order. Default: all but those named otherwise. */
  readonly features?: readonly string[];
  /** Column with the ids. Default: samples are called by their number. */
  readonly id?: string;
  /** Column with the class of those samples whose class is known. */
  readonly label?: string;
  /** Names of the classes in the order of their indices; needed with `label`. */
  readonly classes?: readonly string[];
}

/** What a table became. */
export interface Converted {
  readonly rows: number;
  readonly features: readonly string[];
}
