import { refuse } from "../../runtime/refuse";
import { serverAddress } from "../../runtime/serverAddress";
import { systemReason } from "../../runtime/systemReason";

/** Asks an MLflow server. */
export interface MlflowRequest {
  /** @returns the answer, or undefined for a status of `but` */
  <T>(method: "GET" | "POST", path: string, content: object, but?: readonly number[]): Promise<T | undefined>;
  /** Puts a file where an `artifact_uri` says. */
  put(uri: string, bytes: Uint8Array, type: string): Promise<void>;
  /** The address without its password. */
  readonly shown: string;
}

/** Milliseconds that the server may take to answer. */
const patience = 60_000;

/** @throws {InputError} unless `url` is the address of a web server */
export function mlflowRequest(url: string): MlflowRequest {
  const { url: parsed, name, password } = serverAddress(url, ["http:", "https:"], "an address such as http://localhost:5000", "mlflowTracker");
  const login = Buffer.from(`${name}:${password}`).toString("base64");
  const token = process.env.MLFLOW_TRACKING_TOKEN;
  const authorization = name !== "" ? `Basic ${login}` : token ? `Bearer ${token}` : undefined;
  // A connection of its own for each request: one that was kept may be closed by the server just as we write.
  const headers = { connection: "close", ...(authorization !== undefined && { authorization }) };
  const root = `${parsed.origin}${parsed.pathname.replace(/\/$/, "")}`;

  const send = async (path: string, init: RequestInit & { headers: Record<string, string> }, but: readonly number[] = []) => {
    const reply = await fetch(`${root}/api/2.0/${path}`, { ...init, redirect: "error", signal: AbortSignal.timeout(patience) }).catch((error: Error) => {
      throw new Error(error.cause === undefined ? error.message : systemReason(error.cause));
    });
    if (reply.ok) return reply;
    const said = await reply.text();
    if (but.includes(reply.status) && said.includes("RESOURCE_DOES_NOT_EXIST")) return undefined;
    throw new Error(`${reply.status} ${messageOf(said)}`);
  };
  const request = async <T>(method: "GET" | "POST", path: string, content: object, but?: readonly number[]) => {
    const query = method === "GET" ? `?${new URLSearchParams(content as Record<string, string>).toString()}` : "";
    const body = method === "POST" ? { body: JSON.stringify(content) } : {};
    const reply = await send(`mlflow/${path}${query}`, { method, ...body, headers: { ...headers, "content-type": "application/json" } }, but);
    return reply === undefined ? undefined : ((await reply.json()) as T);
  };
  return Object.assign(request, {
    shown: root,
    async put(uri: string, bytes: Uint8Array, type: string) {
      const [, path] = /^mlflow-artifacts:(?:\/\/[^/]*)?\/(.+)$/.exec(uri) ?? refuse("mlflowTracker", "a server that takes files (mlflow server --artifacts-destination FOLDER)", `one that keeps them at ${uri}`);
      await send(`mlflow-artifacts/artifacts/${path}`, { method: "PUT", body: bytes as Uint8Array<ArrayBuffer>, headers: { ...headers, "content-type": type } });
    },
  });
}

/** What the server says went wrong, shortened. */
function messageOf(text: string): string {
  try {
    return String((JSON.parse(text) as { message?: unknown }).message).slice(0, 300);
  } catch {
    return "and no word of MLflow's";
  }
}
