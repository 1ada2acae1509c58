import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "./jupyterLab";

const environment = join(process.cwd(), ".venv-servers/bin");

/** The servers' Python; undefined where `npm run test:services` has not installed it. */
export const serverPython = [join(environment, "python")].find((path) => existsSync(path));

export interface MlflowServer {
  readonly url: string;
  /** Starts it on what lies in its folder; it takes up to a minute the first time. */
  start(): Promise<void>;
  /** Ends it at once, whatever it is at. */
  kill(): Promise<void>;
}

/** A real MLflow that keeps its database and its files in `folder`. */
export async function mlflowServer(folder: string): Promise<MlflowServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = ["server", "--host", "127.0.0.1", "--port", String(port), "--workers", "1", "--backend-store-uri", `sqlite:///${folder}/mlflow.db`, "--artifacts-destination", join(folder, "files")];
  let child: ChildProcess | undefined;
  return {
    url,
    async start() {
      child = spawn(join(environment, "mlflow"), settings, { cwd: folder, stdio: "ignore", detached: true, env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: "true", DO_NOT_TRACK: "true" } });
      for (let tries = 0; tries < 720; tries++) {
        if (await fetch(`${url}/health`).then((reply) => reply.ok, () => false)) return; // prettier-ignore
        await new Promise((wake) => setTimeout(wake, 250));
      }
      throw new Error("MLflow did not start");
    },
    async kill() {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child!.on("exit", resolve));
      process.kill(-child.pid!, "SIGKILL"); // its workers are of its group
      await gone;
    },
  };
}
