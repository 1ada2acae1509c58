/** `npm run worker -- redis://host:6379`: runs replicates of the studies in a queue, until it is ended. */
import path from "node:path";
import { parseArgs } from "node:util";
import { queueWorker } from "../experiment/queue/queueWorker";
import { refuse } from "../runtime/refuse";
import { runCommand } from "./runCommand";

const usage = `npm run worker -- redis://HOST:6379 [--workers 2] [--out SHARED-FOLDER] [--silence 60]`;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { workers: { type: "string", default: "2" }, out: { type: "string" }, silence: { type: "string", default: "60" } },
  });
  const [queue] = positionals;
  if (queue === undefined || positionals.length > 1) return refuse("worker", `one address: ${usage}`, positionals.length === 0 ? "none" : `${positionals.length}`);
  if (values.out === "") refuse("worker", "a folder after --out", "none");
  const worker = await queueWorker({
    queue,
    workers: Number(values.workers),
    silence: Number(values.silence),
    ...(values.out !== undefined && { folder: path.resolve(values.out) }),
    onWord: (word) => console.log(word),
  });
  console.log(`serving ${worker.queue}; Ctrl+C ends it after the replicates at hand, a second time at once`);
  await told();
  console.log("ending after the replicates at hand");
  void told().then(() => process.exit(130));
  await worker.close();
  process.exit(0);
}

/** Resolves when somebody asks this process to end. */
function told(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

runCommand(main);
