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
  /** The file is an archive: unpack it and throw it away. */
  readonly archive?: Archive;
}

/** How an archive is unpacked. */
export interface Archive {
  readonly kind: "zip" | "tar.gz";
  /** The files to take, by their names in the archive (in an archive inside it, too), and what they are called here. */
  readonly take: Readonly<Record<string, string>>;
  /** SHA-256 of files taken, by their names here. */
  readonly sha256?: Readonly<Record<string, string>>;
}

/** What a download is doing. */
export interface DownloadProgress {
  readonly file: string;
  readonly step: "download" | "verify" | "unpack";
  /** Bytes done and to do. */
  readonly done: number;
  readonly total: number;
}
