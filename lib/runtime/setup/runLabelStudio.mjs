/**
 * `npm run label-studio`: installs Label Studio where it is missing, and runs it for almq until Ctrl+C.
 * `npm run label-studio -- --port 9000` asks for another port than 8080.
 */
import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { labelStudio, prepareData, readAccount } from "./labelStudio.mjs";
import { freePort, startLabelStudio } from "./labelStudioServer.mjs";
import { root } from "./root.mjs";
import { setUpOrExit } from "./setUp.mjs";
import { writeWhole } from "./stamp.mjs";

const { values } = parseArgs({ options: { port: { type: "string", default: "8080" } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 1 || port > 65_535) {
  console.error(`label-studio: expected a port from 1 to 65535, got ${values.port}`);
  process.exit(1);
}
await setUpOrExit(root, [labelStudio]);
const data = join(root, ".label-studio");
const access = join(data, "almq.json");
prepareData(root, data);
const account = readAccount(root);
const free = await freePort(port);
if (free !== port) console.log(`Port ${port} is in use; ${free} is taken instead.`);
console.log("Label Studio starts …");
const studio = await startLabelStudio({ root, data, account, port: free }).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
writeWhole(access, JSON.stringify({ url: studio.url, token: account.token }));
chmodSync(access, 0o600);
console.log(`Label Studio at ${studio.url}
  user      ${account.user}
  password  ${account.password}
almq finds it by itself: see notebooks/label-studio.ipynb. Ctrl+C stops it; what was asked and answered stays in .label-studio.`);
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => void studio.stop());
await studio.ended;
rmSync(access, { force: true });
