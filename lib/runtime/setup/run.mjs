/**
 * `npm run study -- …` and its like: sets up what is missing, then runs `lib/command/NAME.ts`.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { foreground } from "./foreground.mjs";
import { root } from "./root.mjs";
import { setUpOrExit } from "./setUp.mjs";

const [name = "", ...args] = process.argv.slice(2);
await setUpOrExit(root);
const program = join(root, ".build/lib/command", `${name}.js`);
if (existsSync(program)) process.exitCode = await foreground(process.execPath, [program, ...args], {});
else {
  console.error(`there is no lib/command/${name}.ts`);
  process.exitCode = 1;
}
