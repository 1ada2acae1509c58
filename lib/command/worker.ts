/** `npm run worker -- redis://host:6379`: runs replicates of the studies in a queue, until it is ended. */
import path from "node:path";
import { parseArgs } from "node:util";
import { queueWorker } from "../experiment/queue/queueWorker";
import { refuse } from "../runtime/refuse";
import { runCommand } from "./runCommand";

const usage = `npm run worker -- redis://HOST:6379 [--workers 2] [--out SHARED-FOLDER] [--silence 60]`;

const help = `${usage}

Runs replicates of the studies that npm run study -- NAME --queue puts into a queue, until it is ended. Any number of machines
may do so, from the same code as the study: every version of the code has a queue of its own.
  redis://…     where Redis is: redis://host:6379, redis://name:password@host:6379/2, or rediss://… for encryption
  --workers     replicates that run at the same time (default 2)
  --out         the study's folder, where it lies on storage that all machines share; without it records go back through the queue
  --silence     seconds without a word after which another machine takes this one's replicates (default 60)
Ctrl+C or SIGTERM ends it after the replicates at hand, a second time at once. Killed, it loses what it was at, and others run it.`;

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

runCommand(main, help);
