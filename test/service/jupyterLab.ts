import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/** The Python environment with JupyterLab: the project's own, or the one `ALMQ_VENV` names. */
const environment = process.env.ALMQ_VENV ?? join(process.cwd(), ".venv");

/** Where JupyterLab is; undefined where it is not installed. */
export const jupyterLabPath = [join(environment, "bin/jupyter-lab")].find((path) => existsSync(path));

export interface JupyterLab {
  readonly url: string;
  /** The process ids of its kernels. */
  close(): Promise<void>;
}

/** Starts JupyterLab on a free port, for the notebooks of a folder. */
export async function startJupyterLab({ folder, address, baseUrl, token }: { folder: string; address: string; baseUrl: string; token: string }): Promise<JupyterLab> {
  const port = await freePort();
  const settings = [`--ServerApp.ip=${address}`, `--ServerApp.port=${port}`, "--ServerApp.port_retries=0", "--no-browser", "--allow-root", `--ServerApp.base_url=${baseUrl}`, `--IdentityProvider.token=${token}`, `--ServerApp.root_dir=${folder}`];
  const child = spawn(jupyterLabPath!, settings, { cwd: folder, stdio: "ignore", detached: true });
  const url = `http://${address}:${port}${baseUrl}`;
  for (let tries = 0; tries < 240; tries++) {
    if (await fetch(`${url}api`).then((reply) => reply.ok, () => false)) return { url, close: () => end(child) };
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  await end(child);
  throw new Error("JupyterLab did not start");
}

/** Ends the server and its kernels: they are one group of processes. */
function end(child: ChildProcess): Promise<void> {
  const gone = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  process.kill(-child.pid!, "SIGTERM");
  setTimeout(() => child.exitCode === null && process.kill(-child.pid!, "SIGKILL"), 8000).unref();
  return gone;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
