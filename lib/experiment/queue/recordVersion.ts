import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { version } from "../../../package.json";
import { backend } from "../../model/backend";

const lib = path.join(__dirname, "../..");
/** Rooms that have no part in a record. */
const apart = /^(command|figure)[/\\]/;

/**
 * What decides a record's numbers, in one word: almq's version, and a digest of its compiled code and of the TensorFlow
 * below it. Machines of another word may compute other numbers, so a queue of one word is never served by them.
 */
export function recordVersion(): string {
  const digest = createHash("sha256");
  const files = (readdirSync(lib, { recursive: true }) as string[]).filter((file) => file.endsWith(".js") && !apart.test(file)).sort();
  for (const file of files) digest.update(`${file.replaceAll(path.sep, "/")}\n`).update(readFileSync(path.join(lib, file)));
  const { name, tensorflow, tfjs } = backend();
  return `${version}-${digest.update(JSON.stringify({ name, tensorflow, tfjs })).digest("hex").slice(0, 10)}`;
}

/** The name of the queue for this code. */
export function queueName(): string {
  return `almq-${recordVersion()}`;
}
