import { refuse } from "../../runtime/refuse";

/** Where a Redis is, as its client wants to know it. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username?: string;
  readonly password?: string;
  readonly tls?: object;
}

/**
 * Reads an address such as `redis://host:6379`, `redis://user:password@host/2` or, encrypted, `rediss://…`.
 *
 * @throws {InputError} for anything else
 */
export function redisAddress(url: string, caller: string): RedisAddress {
  const wanted = "an address such as redis://host:6379";
  const parsed = URL.canParse(url) ? new URL(url) : refuse(caller, wanted, url === "" ? "nothing" : "something else");
  const { protocol, hostname, port, pathname, username, password } = parsed;
  if (protocol !== "redis:" && protocol !== "rediss:") refuse(caller, wanted, shownAddress(url));
  if (hostname === "" || !/^(\/\d*)?$/.test(pathname)) refuse(caller, wanted, shownAddress(url));
  return {
    host: decodeURIComponent(hostname).replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? 6379 : Number(port),
    db: Number(pathname.slice(1)),
    ...(username !== "" && { username: decodeURIComponent(username) }),
    ...(password !== "" && { password: decodeURIComponent(password) }),
    ...(protocol === "rediss:" && { tls: {} }),
  };
}

/** An address as it may be shown: without the password. */
export function shownAddress(url: string): string {
  if (!URL.canParse(url)) return "an address that cannot be read";
  const parsed = new URL(url);
  if (parsed.password !== "") parsed.password = "…";
  return decodeURIComponent(parsed.href);
}
