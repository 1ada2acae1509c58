import { refuse } from "../runtime/refuse";

/** One of several equal shares of a study: shard `number` of `of`, counted from 1. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

/**
 * Reads a shard as it is written on the command line.
 *
 * @throws {InputError} unless it is i/n with 1 ≤ i ≤ n
 * @example
 * parseShard("2/3") // { number: 2, of: 3 }
 */
export function parseShard(text: string): Shard {
  const [, number, of] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (number === undefined || of === undefined) refuse("parseShard", "a shard such as 2/3", text);
  return requireShard({ number, of }, "parseShard");
}

/** @throws {InputError} in the caller's name unless 1 ≤ number ≤ of, both whole */
export function requireShard(shard: Shard, caller: string): Shard {
  const { number, of } = shard;
  if (!Number.isInteger(number) || !Number.isInteger(of) || number < 1 || number > of) refuse(caller, "a shard i/n with i from 1 to n", `${number}/${of}`);
  return shard;
}

/** Whether a replicate is this shard's: replicate 0 is the first one's, 1 the second one's, and so on in turns. */
export function inShard({ number, of }: Shard, replicate: number): boolean {
  return replicate % of === number - 1;
}
