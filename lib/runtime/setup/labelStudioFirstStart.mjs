/** Starts Label Studio once, so that its database is made, and stops it: a part of the set-up. */
import { emptyData, readAccount } from "./labelStudio.mjs";
import { freePort, startLabelStudio } from "./labelStudioServer.mjs";

const root = process.argv[2] ?? ".";
try {
  const studio = await startLabelStudio({ root, data: emptyData(root), account: readAccount(root), port: await freePort() });
  await studio.stop();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
