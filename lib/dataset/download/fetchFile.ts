import { createReadStream, existsSync, mkdirSync, openSync, closeSync, fsyncSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { refuse } from "../../runtime/refuse";
import type { Download, DownloadProgress } from "./download";

/**
 * Downloads a file, checks its size and SHA-256, and only then gives it its name. What arrived of a broken
 * download stays beside it as `NAME.part` and is gone on with next time.
 *
 * @param path where the file is to be
 * @throws {InputError} when no address answers, or what arrives is not the file that was published
 */
export async function fetchFile(wanted: Download, path: string, onProgress: (progress: DownloadProgress) => void = () => {}): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.part`;
  const failures: string[] = [];
  for (const address of wanted.addresses) {
    try {
      if (sizeOf(part) !== wanted.bytes) await receive(wanted, address, part, onProgress);
    } catch (error) {
      failures.push(`${address}: ${reason(error)}`);
      continue;
    }
    const wrong = await mistake(wanted, part, onProgress);
    if (wrong === undefined) return renameSync(part, path);
    rmSync(part, { force: true });
    failures.push(`${address}: ${wrong}`);
  }
  if (sizeOf(part) === 0) rmSync(part, { force: true });
  refuse("fetchFile", `${wanted.file} from the network`, failures.join("; ") || "no address");
}

/** Appends what is missing of the file; starts anew where the server cannot go on from the middle. */
async function receive(wanted: Download, address: string, part: string, onProgress: (progress: DownloadProgress) => void): Promise<void> {
  const had = sizeOf(part);
  const response = await fetch(address, had > 0 && had < wanted.bytes ? { headers: { range: `bytes=${had}-` } } : {});
  const goesOn = response.status === 206 && response.headers.get("content-range")?.startsWith(`bytes ${had}-`) === true;
  if (!(goesOn || response.status === 200) || response.body === null) {
    await response.body?.cancel();
    if (response.status === 416) rmSync(part, { force: true });
    throw new Error(`the server answered ${response.status} ${response.statusText}`.trim());
  }
  const file = openSync(part, goesOn ? "a" : "w");
  let done = goesOn ? had : 0;
  try {
    for await (const chunk of response.body) {
      if (done + chunk.length > wanted.bytes) throw new Error(`more than the ${wanted.bytes} bytes it should have`);
      writeSync(file, chunk);
      done += chunk.length;
      onProgress({ file: wanted.file, step: "download", done, total: wanted.bytes });
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  if (done < wanted.bytes) throw new Error(`the connection ended after ${done} of ${wanted.bytes} bytes`);
}

async function mistake(wanted: Download, path: string, onProgress: (progress: DownloadProgress) => void): Promise<string | undefined> {
  if (sizeOf(path) !== wanted.bytes) return `${sizeOf(path)} bytes where ${wanted.bytes} were published`;
  if (wanted.sha256 === undefined) return undefined;
  const found = await checksum(path, (done) => onProgress({ file: wanted.file, step: "verify", done, total: wanted.bytes }));
  return found === wanted.sha256 ? undefined : `SHA-256 ${found} where ${wanted.sha256} was published`;
}

/** SHA-256 of a file, in hexadecimal. */
export async function checksum(path: string, onBytes: (done: number) => void = () => {}): Promise<string> {
  const digest = createHash("sha256");
  let done = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) {
    digest.update(chunk as Buffer);
    onBytes((done += (chunk as Buffer).length));
  }
  return digest.digest("hex");
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

/** `fetch` says only "fetch failed"; the cause says why. */
function reason(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { message?: string; code?: string } };
  return cause === undefined ? message : `${message} (${cause.code ?? cause.message})`;
}
