import { join } from "node:path";
import { growingFile } from "../writer/growingFile";
import { textFile } from "./textFile";

/** Many short texts that are written one after the other. */
export interface GrowingTexts {
  append(texts: readonly string[]): void;
  close(): void;
  abandon(): void;
}

/** Writes texts into `ids.txt` of a folder, and where each of them ends into `ids.npy`. */
export function growingTexts(folder: string): GrowingTexts {
  const bytes = growingFile(join(folder, "ids.txt"));
  const ends = growingFile(join(folder, "ids.npy"), "<f8");
  let [count, end] = [0, 0];
  return {
    append(texts) {
      const encoded = texts.map((text) => Buffer.from(text));
      ends.append(new Uint8Array(Float64Array.from(encoded, ({ length }) => (end += length)).buffer));
      bytes.append(Buffer.concat(encoded));
      count += texts.length;
    },
    close() {
      bytes.close();
      ends.close([count]);
    },
    abandon() {
      bytes.abandon();
      ends.abandon();
    },
  };
}

/** The texts of a folder, by number. */
export function textsIn(folder: string): (index: number) => string {
  return textFile(join(folder, "ids.txt"), join(folder, "ids.npy"));
}
