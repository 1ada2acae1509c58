import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import { freePort } from "./jupyterLab";

/** Redis; `npm run test:services` installs it. `ALMQ_REDIS` names another one. */
const program = process.env.ALMQ_REDIS ?? join(process.cwd(), ".venv-servers/bin/redis-server");
export const hasRedis = existsSync(program);

/** What keeps every job that was put into it, but for the last second. */
const safe = ["--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--maxmemory-policy", "noeviction"];

export interface RedisServer {
  readonly url: string;
  /** Ends it as a power cut does, and starts it again with what lay on its disk. */
  killAndStart(pause: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Redis on a free port with its data in `folder`. */
export async function startRedis(folder: string, settings = safe): Promise<RedisServer> {
  const port = await freePort();
  const begin = () => spawn(program, ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, ...settings], { stdio: "ignore" });
  let child = begin();
  await answers(port);
  const end = async (signal: NodeJS.Signals) => {
    const gone = new Promise((resolve) => child.on("exit", resolve));
    child.kill(signal);
    await gone;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    async killAndStart(pause) {
      await end("SIGKILL");
      await new Promise((wake) => setTimeout(wake, pause));
      child = begin();
      await answers(port);
    },
    stop: () => end("SIGKILL"),
  };
}

async function answers(port: number): Promise<void> {
  const client = new Redis({ port, retryStrategy: (times) => (times < 100 ? 100 : null), maxRetriesPerRequest: 100 });
  client.on("error", () => {});
  await client.ping().catch((error: Error) => {
    if (!/NOAUTH/.test(error.message)) throw error; // it asks for a password: it is there
  });
  client.disconnect();
}
