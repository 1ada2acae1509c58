import { existsSync } from "node:fs";
import path from "node:path";

/** The folder of the checkout: the nearest above this file that holds tsconfig.json (package.json is compiled along). */
export const projectFolder = above(__dirname);

function above(folder: string): string {
  if (existsSync(path.join(folder, "tsconfig.json"))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? folder : above(parent);
}
