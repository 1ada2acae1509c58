/**
 * `npm run test:services`: sets up what is missing, the servers too, then tests with the real ones: browsers answer in
 * Label Studio and JupyterLab, studies go through Redis and into MLflow and TensorBoard.
 * `npm run test:services -- labelStudio`: those tests alone whose file's name begins so.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { foreground } from "./foreground.mjs";
import { labelStudio } from "./labelStudio.mjs";
import { root } from "./root.mjs";
import { servers } from "./servers.mjs";
import { setUpOrExit } from "./setUp.mjs";

const wished = process.argv.slice(2);
await setUpOrExit(root, [labelStudio, servers]);
const folders = { "test/service": ".service.js", "test/experiment/person": ".test.js" };
const files = Object.entries(folders).flatMap(([folder, ending]) =>
  readdirSync(join(root, ".build", folder))
    .filter((name) => name.endsWith(ending) && (wished.length === 0 || wished.some((wish) => name.startsWith(wish))))
    .map((name) => join(".build", folder, name)),
);
if (files.length === 0) {
  console.error(`no test in test/service begins with ${wished.join(" or ")}`);
  process.exit(1);
}
// One at a time: a browser, a server and a model share the machine already.
const runner = ["--test", "--test-concurrency=1", "--test-timeout=1200000", "--test-reporter=spec", ...files];
process.exitCode = await foreground(process.execPath, runner, { cwd: root, env: { ...process.env, ALMQ_TURNS: process.env.ALMQ_TURNS ?? "20" } });
