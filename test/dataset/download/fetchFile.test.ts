import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { gzipSync } from "node:zlib";
import type { DownloadProgress } from "almq";
import { fetchFile } from "../../../lib/dataset/download/fetchFile";
import { refuse } from "../../../lib/runtime/refuse";
import { temporaryFolder } from "../temporaryFolder";

const content = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 251));
const sha256 = createHash("sha256").update(content).digest("hex");

async function serve(context: TestContext, answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  context.after(() => (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`;
}

/** A server that can go on from the middle. */
function withRanges(log: string[] = []) {
  return (request: IncomingMessage, response: ServerResponse) => {
    log.push(request.headers.range ?? "all");
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    if (start > 0) response.writeHead(206, { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` });
    response.end(content.subarray(start));
  };
}

const wanted = (...addresses: string[]) => ({ file: "file.bin", addresses, bytes: content.length, sha256 });

test("fetchFile(wanted, path) leaves the verified file and nothing else, and reports progress up to the end", async (context) => {
  const folder = temporaryFolder(context);
  const seen: DownloadProgress[] = [];
  await fetchFile(wanted(await serve(context, withRanges())), join(folder, "deep", "file.bin"), (progress) => seen.push(progress));
  assert.deepEqual(readFileSync(join(folder, "deep", "file.bin")), content);
  assert.deepEqual(readdirSync(join(folder, "deep")), ["file.bin"]);
  for (const step of ["download", "verify"]) assert.equal(seen.filter((p) => p.step === step).at(-1)?.done, content.length);
});

test("fetchFile(wanted, path) goes on where a broken download stopped", async (context) => {
  const folder = temporaryFolder(context);
  const path = join(folder, "file.bin");
  const broken = await serve(context, (_request, response) => {
    response.writeHead(200, { "content-length": content.length });
    response.write(content.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 50));
  });
  await assert.rejects(fetchFile(wanted(broken), path), { name: "InputError", message: /fetchFile: expected file.bin from the network/ });
  assert.deepEqual(readdirSync(folder), ["file.bin.part"]);
  const had = readFileSync(`${path}.part`).length;
  assert.ok(had > 0 && had <= 100_000);
  const log: string[] = [];
  await fetchFile(wanted(await serve(context, withRanges(log))), path);
  assert.deepEqual(log, [`bytes=${had}-`]);
  assert.deepEqual(readFileSync(path), content);
});

test("fetchFile(wanted, path) starts anew where the server sends everything again", async (context) => {
  const path = join(temporaryFolder(context), "file.bin");
  writeFileSync(`${path}.part`, content.subarray(0, 5000));
  await fetchFile(wanted(await serve(context, (_request, response) => response.end(content))), path);
  assert.deepEqual(readFileSync(path), content);
});

test("fetchFile(wanted, path) refuses a file whose checksum is another, and keeps nothing of it", async (context) => {
  const folder = temporaryFolder(context);
  const wrong = Buffer.from(content);
  wrong[7]! ^= 1;
  const address = await serve(context, (_request, response) => response.end(wrong));
  await assert.rejects(fetchFile(wanted(address), join(folder, "file.bin")), { name: "InputError", message: /SHA-256 [0-9a-f]{64} where [0-9a-f]{64} was published/ });
  assert.deepEqual(readdirSync(folder), []);
});

test("fetchFile(wanted, path) says what each address answered, and leaves nothing when none helps", async (context) => {
  const folder = temporaryFolder(context);
  const missing = await serve(context, (_request, response) => response.writeHead(404).end());
  await assert.rejects(fetchFile(wanted(missing, "http://127.0.0.1:1/none"), join(folder, "file.bin")), (error: Error) => {
    assert.match(error.message, /answered 404/);
    assert.match(error.message, /127\.0\.0\.1:1\/none: fetch failed/);
    return true;
  });
  assert.deepEqual(readdirSync(folder), []);
});

test("fetchFile(wanted, path) takes the next address when the first is gone", async (context) => {
  const path = join(temporaryFolder(context), "file.bin");
  const missing = await serve(context, (_request, response) => response.writeHead(500).end());
  await fetchFile(wanted(missing, await serve(context, withRanges())), path);
  assert.deepEqual(readFileSync(path), content);
});

test("fetchFile(wanted, path) takes no more of a broken download that is longer than the file", async (context) => {
  const path = join(temporaryFolder(context), "file.bin");
  writeFileSync(`${path}.part`, Buffer.alloc(content.length + 5));
  await fetchFile(wanted(await serve(context, withRanges())), path);
  assert.deepEqual(readFileSync(path), content);
});

test("fetchFile(wanted, path) of several calls at the same time leaves one whole file, whichever server goes on or starts anew", async (context) => {
  const folder = temporaryFolder(context);
  const path = join(folder, "file.bin");
  writeFileSync(`${path}.part`, content.subarray(0, 5000));
  const slowly = (from: (request: IncomingMessage) => number) => (request: IncomingMessage, response: ServerResponse) => {
    const start = from(request);
    if (start > 0) response.writeHead(206, { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` });
    for (const [i, at] of [start, 100_000, 200_000].entries()) setTimeout(() => response[i === 2 ? "end" : "write"](content.subarray(at, [100_000, 200_000, content.length][i])), 20 * i + start / 1000);
  };
  const goesOn = await serve(context, slowly((request) => Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0)));
  const startsAnew = await serve(context, slowly(() => 0));
  await Promise.all([goesOn, startsAnew, goesOn, startsAnew].map((address) => fetchFile(wanted(address), path)));
  assert.deepEqual(readFileSync(path), content);
  assert.deepEqual(readdirSync(folder), ["file.bin"]);
});

test("fetchFile(wanted, path) goes on where a download was killed, and leaves nothing of it", async (context) => {
  const folder = temporaryFolder(context);
  const path = join(folder, "file.bin");
  writeFileSync(join(folder, ".file.bin.0badcafe.part"), content.subarray(0, 7000));
  writeFileSync(`${path}.gz.part`, "of another file");
  const log: string[] = [];
  await fetchFile(wanted(await serve(context, withRanges(log))), path);
  assert.deepEqual([log, readdirSync(folder)], [["bytes=7000-"], ["file.bin", "file.bin.gz.part"]]);
  assert.deepEqual(readFileSync(path), content);
});

test("fetchFile(wanted, path) leaves a file alone that is there, and asks for no packed transfer", async (context) => {
  const path = join(temporaryFolder(context), "file.bin");
  const address = await serve(context, (request, response) => {
    if (request.headers["accept-encoding"] === "identity") return void response.end(content);
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(content));
  });
  await fetchFile(wanted(address), path);
  assert.deepEqual(readFileSync(path), content);
  await fetchFile(wanted(), path);
});

test("fetchFile(wanted, path) refuses a file that is there but is another, and leaves it alone", async (context) => {
  const path = join(temporaryFolder(context), "file.bin");
  writeFileSync(path, "mine");
  await assert.rejects(fetchFile(wanted(), path), { name: "InputError", message: `fetchFile: expected file.bin as published, got 4 bytes where 300000 were published at ${path}` });
  writeFileSync(path, Buffer.alloc(content.length));
  await assert.rejects(fetchFile(wanted(), path), /SHA-256 [0-9a-f]{64} where [0-9a-f]{64} was published at .*file\.bin$/);
  assert.deepEqual(readFileSync(path), Buffer.alloc(content.length));
});

test("fetchFile(wanted without a SHA-256, path) never goes on with what another download brought", async (context) => {
  const folder = temporaryFolder(context);
  const path = join(folder, "file.bin");
  const unknown = (...addresses: string[]) => ({ file: "file.bin", addresses, bytes: 2 * content.length, upTo: true });
  const broken = await serve(context, (_request, response) => {
    response.writeHead(200, { "content-length": content.length });
    response.write(Buffer.alloc(100_000), () => setTimeout(() => response.destroy(), 50));
  });
  await assert.rejects(fetchFile(unknown(broken), path), /file\.bin from the network, or put there by hand, got http.* at .*file\.bin$/);
  assert.deepEqual(readdirSync(folder), []);
  writeFileSync(`${path}.part`, Buffer.alloc(5000));
  const log: string[] = [];
  await fetchFile(unknown(broken, await serve(context, withRanges(log))), path);
  assert.deepEqual([log, readdirSync(folder)], [["all"], ["file.bin"]]);
  assert.deepEqual(readFileSync(path), content);
});

test("fetchFile({ check }, path) gives no name to what makes no sense", async (context) => {
  const folder = temporaryFolder(context);
  const check = (path: string) => refuse("check", "sense", `${readFileSync(path).length} bytes`);
  const address = await serve(context, withRanges());
  await assert.rejects(fetchFile({ ...wanted(address), check }, join(folder, "file.bin")), /got http.*: check: expected sense, got 300000 bytes at .*file\.bin$/);
  assert.deepEqual(readdirSync(folder), []);
});

test("fetchFile(wanted, path) says so where nothing can be written, and where redirections never end", async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "a file"), "");
  await assert.rejects(fetchFile(wanted(), join(folder, "a file", "file.bin")), { name: "InputError", message: /fetchFile: expected a folder, got a file at .*a file/ });
  if (process.platform === "linux") await assert.rejects(fetchFile(wanted(), "/proc/almq/file.bin"), { name: "InputError", message: /fetchFile: expected a folder that can be made, got .* at \/proc\/almq/ });
  const address = await serve(context, (request, response) => response.writeHead(302, { location: request.url! }).end());
  await assert.rejects(fetchFile(wanted(address), join(folder, "file.bin")), { name: "InputError", message: /redirect/ });
  assert.deepEqual(readdirSync(folder), ["a file"]);
});

test("fetchFile(wanted, path) keeps nothing of a page that another network puts in the file's place, and goes on where it was", async (context) => {
  const folder = temporaryFolder(context);
  const path = join(folder, "file.bin");
  const page = Buffer.from("<html>Please log in".padEnd(260));
  const portal = await serve(context, (_request, response) => response.writeHead(200, { "content-length": page.length }).end(page));
  const other = await serve(context, (_request, response) => response.writeHead(206, { "content-range": "bytes 5000-5259/5260" }).end(page));
  const endless = await serve(context, (_request, response) => response.end(Buffer.alloc(2 * content.length)));
  await assert.rejects(fetchFile(wanted(portal), path), { name: "InputError", message: /the server has 260 bytes where 300000 were published/ });
  await assert.rejects(fetchFile(wanted(endless), path), { name: "InputError" });
  const nameless = await serve(context, (_request, response) => (response.write(page), response.end())); // in chunks: its size is not named
  await assert.rejects(fetchFile(wanted(nameless), path), { name: "InputError", message: /the answer ended after 260 of 300000 bytes/ });
  assert.deepEqual(readdirSync(folder), []);
  writeFileSync(`${path}.part`, content.subarray(0, 5000));
  const log: string[] = [];
  await fetchFile(wanted(portal, other, await serve(context, withRanges(log))), path);
  assert.deepEqual([log, readdirSync(folder)], [["bytes=5000-"], ["file.bin"]]);
});

test("fetchFile(wanted, path) stops reading when more comes than was published, and keeps nothing of it", async (context) => {
  const folder = temporaryFolder(context);
  const endless = await serve(context, (_request, response) => (response.write(Buffer.alloc(content.length)), response.end("more")));
  await assert.rejects(fetchFile(wanted(endless), join(folder, "file.bin")), { name: "InputError", message: /more than the 300000 bytes it may have/ });
  assert.deepEqual(readdirSync(folder), []);
});

test("fetchFile(wanted, path) begins anew at once where the beginning that was there is of another file", async (context) => {
  const folder = temporaryFolder(context);
  const path = join(folder, "file.bin");
  for (const beginning of [Buffer.alloc(260), Buffer.alloc(content.length)]) {
    writeFileSync(`${path}.part`, beginning);
    const log: string[] = [];
    await fetchFile(wanted(await serve(context, withRanges(log))), path);
    assert.deepEqual([log, readdirSync(folder)], [beginning.length === 260 ? ["bytes=260-", "all"] : ["all"], ["file.bin"]]);
    rmSync(path);
  }
});

test("fetchFile(wanted, path) begins anew at once where there is nothing behind what it has", async (context) => {
  const path = join(temporaryFolder(context), "file.bin");
  const log: string[] = [];
  const goesOn = withRanges(log);
  const address = await serve(context, (request, response) => (request.headers.range === `bytes=${content.length}-` ? (log.push("416"), response.writeHead(416).end()) : goesOn(request, response)));
  writeFileSync(`${path}.part`, content);
  await fetchFile({ ...wanted(address), bytes: 2 * content.length, upTo: true }, path);
  assert.deepEqual([log, readFileSync(path)], [["416", "all"], content]);
});
