/** What almq uses of yauzl, which brings no types of its own. */
declare module "yauzl" {
  import type { Readable } from "node:stream";

  interface Entry {
    readonly fileName: string;
    readonly uncompressedSize: number;
    readonly crc32: number;
  }

  interface ZipFile {
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable>;
  }

  function openPromise(path: string): Promise<ZipFile>;
  function fromBufferPromise(bytes: Buffer): Promise<ZipFile>;
}
