/** The files of a made-up dataset, one at a time, by name, in the format of the real one. */
export type StandInFiles = Iterable<readonly [name: string, bytes: Uint8Array]>;
