import path from "node:path";
import { writeWhole } from "../../outcome/writeWhole";

/** Keeps what a bench found, `NAME.json` in its folder, so that it can be read line by line. */
export function keepBench(folder: string, name: string, found: object): void {
  writeWhole(path.join(folder, `${name}.json`), `${JSON.stringify(found, null, 1)}\n`);
}
