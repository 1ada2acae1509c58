import { refuse } from "./refuse";

/** Where a server is, and the name and password to be told to it; "" where there is none. */
export interface ServerAddress {
  readonly url: URL;
  readonly name: string;
  readonly password: string;
}

/**
 * Reads an address such as `https://name:password@host:5000/path`.
 *
 * @param protocols those that are known, e.g. `["http:", "https:"]`
 * @param expected what such an address looks like, in words
 * @throws {InputError} in the caller's name, and without the password
 */
export function serverAddress(text: string, protocols: readonly string[], expected: string, caller: string): ServerAddress {
  const wrong = () => refuse(caller, expected, text === "" ? "nothing" : withoutPassword(text));
  const url = URL.canParse(text) ? new URL(text) : wrong();
  if (!protocols.includes(url.protocol) || url.hostname === "") return wrong();
  try {
    return { url, name: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  } catch {
    return wrong(); // a % that begins no letter
  }
}

/** An address as it may be shown. */
export function withoutPassword(text: string): string {
  return text.replace(/^([^@]*?\/\/)?([^:@/]*):(?!\/\/).*@/, "$1$2:…@");
}
