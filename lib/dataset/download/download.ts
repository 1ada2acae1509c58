/** One file on the network, and what it must be. */
export interface Download {
  /** Name in the dataset's folder once it is there. */
  readonly file: string;
  /** Where it is published; tried in this order. */
  readonly addresses: readonly string[];
  /** Size in bytes; nothing longer is accepted. */
  readonly bytes: number;
  /** SHA-256 in hexadecimal. Without one, the size is all that is checked. */
  readonly sha256?: string;
}

/** What a download is doing. */
export interface DownloadProgress {
  readonly file: string;
  readonly step: "download" | "verify";
  /** Bytes done and to do. */
  readonly done: number;
  readonly total: number;
}
