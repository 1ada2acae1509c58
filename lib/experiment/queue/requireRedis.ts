import { Redis } from "ioredis";
import { refuse } from "../../runtime/refuse";
import { withoutPassword } from "../../runtime/serverAddress";
import { systemReason } from "../../runtime/systemReason";
import { redisAddress } from "./redisAddress";

/** Milliseconds that a Redis may take to answer at the start. */
const patience = 5_000;

/**
 * Sees that a Redis answers, before any work.
 *
 * @returns what may be lost with it as it is set, in words: nothing where it keeps every job
 * @throws {InputError} when nobody answers there, it is no Redis, or it does not let us in
 */
export async function requireRedis(url: string, caller: string): Promise<string[]> {
  const address = redisAddress(url, caller);
  const client = new Redis({ ...address, lazyConnect: true, connectTimeout: patience, maxRetriesPerRequest: 0, retryStrategy: () => null });
  let reason: unknown;
  client.on("error", (error) => (reason = error));
  try {
    await inTime(client.connect());
    if (address.db !== 0) await inTime(client.select(address.db)); // connecting to a database that is not there goes through
    const settings = parseInfo(await inTime(client.info()));
    const saves = await inTime(client.config("GET", "save")).then((reply) => (reply as string[])[1], () => undefined); // not every host tells
    return redisWarnings({ ...settings, ...(saves !== undefined && { save: saves }) }).map((warning) => `${withoutPassword(url)} ${warning}`);
  } catch (error) {
    return refuse(caller, "a Redis that answers", inWords(reason ?? error), withoutPassword(url));
  } finally {
    client.disconnect();
  }
}

/**
 * What may be lost in a Redis set like this.
 *
 * @param settings `maxmemory_policy` and `aof_enabled` as INFO tells them, `save` as CONFIG GET does
 */
export function redisWarnings({ maxmemory_policy: policy, aof_enabled: appends, save }: Readonly<Record<string, string>>): string[] {
  const again = "jobs that are gone are put there again while `study --queue` runs, and computed again";
  const evicts = policy !== undefined && policy !== "noeviction";
  return [
    ...(evicts ? [`may drop jobs, locks and records sent back when its memory is full (maxmemory-policy ${policy}; noeviction is the safe one): ${again}`] : []),
    ...(appends === "0" && save === "" ? [`keeps nothing on disk (appendonly no, no save): when it is restarted every waiting job and every record not yet fetched is lost; ${again}`] : []),
    ...(appends === "0" && save !== "" ? [`writes snapshots only (appendonly no): when it is restarted the jobs and the records not yet fetched since the last snapshot are lost; ${again}`] : []),
  ];
}

function parseInfo(info: string): Record<string, string> {
  return Object.fromEntries(info.split(/\r?\n/).filter((line) => /^\w+:/.test(line)).map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]));
}

function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, fail) => (timer = setTimeout(() => fail(new Error(`no answer within ${patience / 1000} s`)), patience)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function inWords(error: unknown): string {
  const { name, message } = error as Error;
  if (/WRONGPASS|NOAUTH|invalid password/i.test(message)) return "one that refuses the name or the password";
  if (/DB index is out of range/.test(message)) return "one without a database of that number";
  if (/Protocol error|ParserError|RESP type/i.test(`${name} ${message}`)) return "something that is no Redis";
  return systemReason(error);
}
