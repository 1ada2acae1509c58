import { refuse } from "../../runtime/refuse";

/** Label Studio, as it is spoken to over the network. */
export interface LabelStudioApi {
  /** Without a slash at its end, e.g. `http://127.0.0.1:8080`. */
  readonly url: string;
  /**
   * Sends a request below `/api/`.
   *
   * @returns what was answered, read as JSON; undefined where nothing was
   * @throws {Unreachable} when Label Studio gives no answer
   * @throws {Missing} when what is asked for is not there
   * @throws {InputError} when the token or the request is refused
   */
  send(method: "GET" | "POST" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<unknown>;
}

/** Label Studio is not there: it may be starting, or have been stopped. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/** What was asked for does not exist in Label Studio. */
export class Missing extends Error {
  override readonly name = "Missing";
}

/**
 * Speaks to Label Studio with a token of one of its users: a legacy token, or a personal access token, which is
 * exchanged for keys that live some minutes.
 *
 * @throws {InputError} when the address or the token cannot be one
 */
export function labelStudioApi(address: string, token: string): LabelStudioApi {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) refuse("labelStudio", "an address like http://127.0.0.1:8080", address);
  if (!/^[\x21-\x7e]+$/.test(token)) refuse("labelStudio", "a token", token === "" ? "an empty one" : "one with signs that no token has");
  const url = address.replace(/\/+$/, "");
  const personal = token.split(".").length === 3; // a signed token has three parts
  let access: string | undefined;

  async function authorization(): Promise<string> {
    if (!personal) return `Token ${token}`;
    access ??= ((await read(await call("POST", "token/refresh/", { refresh: token }))) as { access: string }).access;
    return `Bearer ${access}`;
  }

  async function call(method: string, path: string, body: unknown, key?: string): Promise<Response> {
    const headers = { ...(body !== undefined && { "content-type": "application/json" }), ...(key !== undefined && { authorization: key }) };
    try {
      return await fetch(`${url}/api/${path}`, { method, headers, redirect: "error", signal: AbortSignal.timeout(60_000), ...(body !== undefined && { body: JSON.stringify(body) }) });
    } catch (error) {
      const { cause, message } = error as Error & { cause?: Error };
      throw new Unreachable(`labelStudio: expected Label Studio, got no answer (${cause?.message || message}) at ${url}`);
    }
  }

  async function read(response: Response): Promise<unknown> {
    const text = await response.text().catch((): never => {
      throw new Unreachable(`labelStudio: expected Label Studio, got half an answer at ${url}`); // it may go down in the middle of a word
    });
    const { status } = response;
    const told = parsed(text);
    if (response.ok && (text === "" || told !== undefined)) return told;
    const { detail = "", validation_errors } = (told ?? {}) as { detail?: string; validation_errors?: object };
    const why = `${status}${detail && `: ${detail}`}${validation_errors ? ` ${JSON.stringify(validation_errors)}` : ""}`;
    if (status === 401 || status === 403) refuse("labelStudio", "a token that Label Studio takes", `one it refuses (${why})`, url);
    if (status === 404) throw new Missing(why);
    if (status >= 500) throw new Unreachable(`labelStudio: expected Label Studio at work, got ${why} at ${url}`);
    return refuse("labelStudio", "a request that Label Studio takes", why, response.url);
  }

  return {
    url,
    async send(method, path, body) {
      const response = await call(method, path, body, await authorization());
      if (response.status !== 401 || !personal) return read(response);
      access = undefined; // it has run out
      return read(await call(method, path, body, await authorization()));
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
