import { refuse } from "../../runtime/refuse";
import { serverAddress, withoutPassword } from "../../runtime/serverAddress";

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
  const expected = "an address such as redis://host:6379";
  const { url: { protocol, hostname, port, pathname }, name, password } = serverAddress(url, ["redis:", "rediss:"], expected, caller); // prettier-ignore
  if (!/^(\/\d*)?$/.test(pathname)) refuse(caller, expected, withoutPassword(url));
  return {
    host: decodeURIComponent(hostname).replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? 6379 : Number(port),
    db: Number(pathname.slice(1)),
    ...(name !== "" && { username: name }),
    ...(password !== "" && { password }),
    ...(protocol === "rediss:" && { tls: {} }),
  };
}
