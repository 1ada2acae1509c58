import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { cleanPython } from "./python.mjs";

/**
 * @typedef {{ user: string, password: string, token: string }} Account who may log in, and the user's legacy token
 * @typedef {{ url: string, pid: number, ended: Promise<number | null>, stop: () => Promise<void> }} LabelStudio
 */

/**
 * The Python environment that holds Label Studio alone.
 *
 * @param {string} root
 */
export const studioEnvironment = (root) => join(root, ".venv-label-studio");

/**
 * Starts Label Studio at 127.0.0.1 and waits until it answers.
 *
 * @param {object} options
 * @param {string} options.root the checkout
 * @param {string} options.data folder of its data; its log lies there too
 * @param {Account} options.account made at the first start with this folder
 * @param {number} options.port
 * @param {number} [options.patience] seconds, default 240: the first start makes a database
 * @returns {Promise<LabelStudio>}
 * @throws {Error} with the end of its log when it does not start
 */
export async function startLabelStudio({ root, data, account, port, patience = 240 }) {
  mkdirSync(data, { recursive: true });
  const path = join(data, "label-studio.log");
  const log = openSync(path, "w", 0o600);
  const program = join(studioEnvironment(root), "bin/label-studio");
  const child = spawn(program, ["start", "--no-browser", "-p", String(port), "--internal-host", "127.0.0.1"], {
    env: { ...cleanPython(process.env), ...variables(data, account) },
    stdio: ["ignore", log, log],
    detached: true, // Ctrl+C in our terminal is ours to hear
  });
  closeSync(log);
  const ended = /** @type {Promise<number | null>} */ (new Promise((resolve) => child.on("exit", resolve).on("error", () => resolve(1))));
  let over = false;
  void ended.then(() => (over = true));
  const stop = async () => {
    if (!over) child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(timer);
  };
  const url = `http://127.0.0.1:${port}`;
  for (const until = Date.now() + patience * 1000; Date.now() < until && !over; await new Promise((wake) => setTimeout(wake, 250)))
    if (await fetch(`${url}/health`, { signal: AbortSignal.timeout(5_000) }).then((reply) => reply.ok, () => false)) return { url, pid: child.pid ?? 0, ended, stop };
  await stop();
  throw new Error(`Label Studio did not start:\n${readFileSync(path, "utf8").trim().split("\n").slice(-8).join("\n")}`);
}

/**
 * A free port: the wanted one where it is, else any.
 *
 * @param {number} [wanted]
 * @returns {Promise<number>}
 */
export function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", (error) => (wanted === 0 ? reject(error) : resolve(freePort())));
    server.listen(wanted, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/**
 * @param {string} data
 * @param {Account} account
 */
function variables(data, { user, password, token }) {
  return {
    LABEL_STUDIO_BASE_DATA_DIR: data,
    LABEL_STUDIO_USERNAME: user,
    LABEL_STUDIO_PASSWORD: password,
    LABEL_STUDIO_USER_TOKEN: token,
    LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN: "true",
    LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK: "true",
    SSRF_PROTECTION_ENABLED: "false", // it may call almq back, on this machine
    WEBHOOK_TIMEOUT: "20", // seconds that it waits while almq learns
    COLLECT_ANALYTICS: "false",
    SENTRY_DSN: "",
    FRONTEND_SENTRY_DSN: "",
  };
}
