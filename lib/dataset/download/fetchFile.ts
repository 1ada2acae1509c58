import { closeSync, createReadStream, existsSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";
import { createHash } from "node:crypto";
import { InputError, refuse } from "../../runtime/refuse";
import { systemReason } from "../../runtime/systemReason";
import type { Download, DownloadProgress } from "./download";
import { beginPart, discard, keepPart, removeParts, sizeOf, type Part } from "./part";

/** A download, of a file that may be less well known than the registry's. */
export interface WantedFile extends Download {
  /** `bytes` is the most that is accepted: the size itself is not known. Default false. */
  readonly upTo?: boolean;
  /** Throws an `InputError` where what arrived makes no sense. */
  readonly check?: (path: string) => void;
}

/**
 * Downloads a file, checks its size and SHA-256, and only then gives it its name. What arrived of a broken
 * download stays beside it as `NAME.part` and is gone on with next time, where a SHA-256 will tell whether the two fit.
 * Several calls may be after the same file, in one process or in many: each writes a file of its own, and whoever is
 * first gives it the name.
 *
 * @param path where the file is to be; one that is there is compared and left alone
 * @throws {InputError} when no address answers, what arrives or is there is not the file that was published, or nothing can be written
 */
export async function fetchFile(wanted: WantedFile, path: string, onProgress: (progress: DownloadProgress) => void = () => {}): Promise<void> {
  if (existsSync(path)) {
    const wrong = await mistake(wanted, path, onProgress);
    return wrong === undefined ? undefined : refuse("fetchFile", `${wanted.file} as published`, wrong, path);
  }
  const part = beginPart(path, wanted.sha256 === undefined ? 0 : wanted.bytes);
  const failures: string[] = [];
  try {
    for (const address of wanted.addresses) {
      const failure = await attempt(wanted, address, part, onProgress);
      if (existsSync(path)) return removeParts(path); // somebody else was faster
      if (failure === undefined) {
        renameSync(part.path, path);
        return removeParts(path);
      }
      failures.push(`${address}: ${failure}`);
    }
  } finally {
    keepPart(part.path, path);
  }
  refuse("fetchFile", `${wanted.file} from the network, or put there by hand`, failures.join("; ") || "no address", path);
}

/** Brings what is missing and checks the whole; says what went wrong, where something did. */
async function attempt(wanted: WantedFile, address: string, part: Part, onProgress: (progress: DownloadProgress) => void): Promise<string | undefined> {
  try {
    const had = sizeOf(part.path);
    const wentOn = had === wanted.bytes || (await receive(wanted, address, part, onProgress));
    const wrong = await mistake(wanted, part.path, onProgress);
    if (wrong !== undefined) discard(part);
    else wanted.check?.(part.path);
    return wrong !== undefined && wentOn && had > 0 ? attempt(wanted, address, part, onProgress) : wrong; // what it went on from may have been of another file
  } catch (error) {
    if (wanted.sha256 === undefined || error instanceof InputError) discard(part);
    return reason(error);
  }
}

/** Appends what is missing of the file, or starts anew where the server cannot go on from the middle; says whether it went on. */
async function receive(wanted: WantedFile, address: string, part: Part, onProgress: (progress: DownloadProgress) => void): Promise<boolean> {
  const had = sizeOf(part.path);
  const headers = { "accept-encoding": "identity", ...(had > 0 && had < wanted.bytes && { range: `bytes=${had}-` }) }; // a .gz is to arrive as it is
  const response = await fetch(address, { headers });
  const goesOn = response.status === 206 && response.headers.get("content-range")?.startsWith(`bytes ${had}-`) === true;
  if (!(goesOn || response.status === 200) || response.body === null) {
    await response.body?.cancel();
    if (response.status === 416 && had > 0) {
      discard(part); // there is nothing behind it: it was of another file, or whole and of unknown size
      return receive(wanted, address, part, onProgress);
    }
    throw new Error(`the server answered ${response.status} ${response.statusText}`.trim());
  }
  const size = sizeNamed(response, goesOn);
  if (size !== undefined && (size > wanted.bytes || (size < wanted.bytes && !wanted.upTo))) {
    await response.body.cancel();
    throw new Error(`the server has ${size} bytes where ${wanted.upTo ? `at most ${wanted.bytes} are accepted` : `${wanted.bytes} were published`}`); // the page of a hotel's network, say: what was there before stays
  }
  const file = openSync(part.path, goesOn ? "a" : "w");
  let done = goesOn ? had : 0;
  try {
    for await (const chunk of response.body) {
      if (done + chunk.length > wanted.bytes) throw new InputError(`more than the ${wanted.bytes} bytes it may have`);
      for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at); // a disk nearly full takes a part
      done += chunk.length;
      onProgress({ file: wanted.file, step: "download", done, total: wanted.bytes });
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  if (done < wanted.bytes && !wanted.upTo) throw new InputError(`the answer ended after ${done} of ${wanted.bytes} bytes`); // a connection that breaks is an error of its own: this is another file
  return goesOn;
}

/** The size of the whole file as the server names it, if it does. */
function sizeNamed({ headers }: Response, goesOn: boolean): number | undefined {
  const named = goesOn ? /\/(\d+)$/.exec(headers.get("content-range") ?? "")?.[1] : headers.get("content-length");
  return named == null || headers.has("content-encoding") ? undefined : Number(named); // the size of what is packed says nothing
}

/** Says what sets a file apart from the one that was published, where something does. */
async function mistake(wanted: WantedFile, path: string, onProgress: (progress: DownloadProgress) => void): Promise<string | undefined> {
  if (sizeOf(path) !== wanted.bytes && !wanted.upTo) return `${sizeOf(path)} bytes where ${wanted.bytes} were published`;
  if (wanted.sha256 === undefined) return undefined;
  const found = await checksum(path, (done) => onProgress({ file: wanted.file, step: "verify", done, total: sizeOf(path) }));
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

/** `fetch` says only "fetch failed"; the cause says why. */
function reason(error: unknown): string {
  const { message, cause, path, syscall } = error as NodeJS.ErrnoException & { cause?: { message?: string; code?: string } };
  if (syscall === "write" || path !== undefined) return systemReason(error);
  return cause === undefined ? message : `${message} (${cause.code ?? cause.message})`;
}
