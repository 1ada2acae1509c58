import { gunzipSync, gzipSync } from "node:zlib";
import { refuse } from "../../runtime/refuse";

/** What a worker gives back: the record itself, packed, or word that it lies in the folder that all share. */
export type SentRecord = { readonly packed: string } | { readonly inFolder: true };

/** Characters of a packed record that may go through the queue, and of an unpacked one. A replicate of the paper's has 40,000 and 120,000. */
const most = { packed: 16 * 2 ** 20, unpacked: 256 * 2 ** 20 };

/**
 * Packs a record to be sent through the queue.
 *
 * @throws {InputError} when it is too long for that
 */
export function packRecord(text: string): SentRecord {
  const packed = gzipSync(text).toString("base64");
  if (packed.length > most.packed) refuse("worker", `a record of at most ${most.packed} characters, packed, to send; longer ones need a shared folder (--out)`, packed.length);
  return { packed };
}

/**
 * Unpacks what a worker sent: the record, or undefined where it lies in the shared folder.
 *
 * @throws {InputError} when it is no record that a worker could have sent
 */
export function unpackRecord(sent: unknown): string | undefined {
  const wrong = (got: string): never => refuse("study", "a record that a worker sent", got, "the queue");
  if (typeof sent !== "object" || sent === null) return wrong("nothing");
  if ("inFolder" in sent) return undefined;
  const packed = "packed" in sent ? sent.packed : undefined;
  if (typeof packed !== "string" || packed.length > most.packed) return wrong("something else");
  try {
    return gunzipSync(Buffer.from(packed, "base64"), { maxOutputLength: most.unpacked }).toString("utf8");
  } catch {
    return wrong("one that cannot be unpacked");
  }
}
