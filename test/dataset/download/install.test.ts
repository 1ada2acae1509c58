import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import test from "node:test";
import { create } from "tar";
import type { Archive } from "almq";
import { install, unpack } from "../../../lib/dataset/download/install";
import { untar } from "../../../lib/dataset/download/untar";
import { unzip } from "../../../lib/dataset/download/unzip";
import { temporaryFolder } from "../temporaryFolder";
import { zipOf } from "./zipOf";

const archive = (take: Record<string, string>, more: Partial<Archive> = {}): Archive => ({ kind: "zip", take, ...more });

/** Unpacks and expects the refusal, with the folder as it was before. */
async function refused(bytes: Uint8Array, how: Archive, message: RegExp, context: test.TestContext) {
  const folder = temporaryFolder(context);
  const path = join(folder, "archive");
  writeFileSync(path, bytes);
  writeFileSync(join(folder, "kept.txt"), "was here");
  await assert.rejects(unpack(path, how, folder), { name: "InputError", message });
  assert.deepEqual(readdirSync(folder).sort(), ["archive", "kept.txt"]);
  assert.equal(readFileSync(join(folder, "kept.txt"), "utf8"), "was here");
}

test("unpack(zip, archive, folder) takes the files asked for, from inner zips too, under the names asked for", async (context) => {
  const folder = temporaryFolder(context);
  const path = join(folder, "archive.zip");
  writeFileSync(path, zipOf({ "a/one.txt": "1", "other.txt": "x", "inner.zip": zipOf({ "two.txt": "22" }, { deflate: false }) }));
  await unpack(path, archive({ "a/one.txt": "one.txt", "two.txt": "deep/two.txt" }), folder);
  assert.equal(readFileSync(join(folder, "one.txt"), "utf8"), "1");
  assert.equal(readFileSync(join(folder, "deep/two.txt"), "utf8"), "22");
  assert.ok(!existsSync(join(folder, "other.txt")) && !readdirSync(folder).some((name) => name.startsWith(".unpacking")));
});

test("unpack(tar.gz, archive, folder) takes the files asked for", async (context) => {
  const folder = temporaryFolder(context);
  mkdirSync(join(folder, "in", "batches"), { recursive: true });
  writeFileSync(join(folder, "in", "batches", "one.bin"), Buffer.alloc(100_000, 7));
  await create({ gzip: true, file: join(folder, "a.tar.gz"), cwd: join(folder, "in") }, ["batches"]);
  await unpack(join(folder, "a.tar.gz"), archive({ "batches/one.bin": "one.bin" }, { kind: "tar.gz" }), folder);
  assert.deepEqual(readFileSync(join(folder, "one.bin")), Buffer.alloc(100_000, 7));
});

test("unpack(zip) refuses a zip that climbs out of its folder or names an absolute place", async (context) => {
  for (const name of ["../escaped.txt", "a/../../escaped.txt", "/escaped.txt", "C:\\escaped.txt"])
    await refused(zipOf({ [name]: "out", "one.txt": "1" }), archive({ "one.txt": "one.txt" }), /unzip: expected a whole zip file, got .*(invalid|absolute)/, context);
});

test("unpack(zip) refuses broken archives, missing files and wrong checksums, and leaves the folder as it was", async (context) => {
  const whole = zipOf({ "one.txt": "1".repeat(5000) });
  const take = archive({ "one.txt": "kept.txt" });
  await refused(Buffer.from("not a zip"), take, /unzip: expected a whole zip file/, context);
  await refused(whole.subarray(0, whole.length - 40), take, /unzip: expected a whole zip file/, context);
  await refused(zipOf({ "one.txt": "1" }, { wrongCrc: true }), take, /one.txt has CRC-32/, context);
  await refused(whole, archive({ "two.txt": "two.txt" }), /expected a file two.txt in the archive, got none at .*archive$/, context);
  await refused(whole, archive({ "one.txt": "kept.txt" }, { sha256: { "kept.txt": "00" } }), /install: expected a file with SHA-256 00, got [0-9a-f]{64} at kept.txt in /, context);
});

test("unpack(tar.gz) refuses a truncated or false archive, and leaves the folder as it was", async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "one.bin"), Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * i) % 255)));
  await create({ gzip: true, file: join(folder, "a.tgz"), cwd: folder }, ["one.bin"]);
  const whole = readFileSync(join(folder, "a.tgz"));
  const take = archive({ "one.bin": "kept.txt" }, { kind: "tar.gz" });
  await refused(whole.subarray(0, whole.length / 2), take, /untar: expected a whole tar archive/, context);
  await refused(Buffer.from("not a tar".repeat(200)), take, /untar: expected/, context);
  await refused(whole, archive({ "two.bin": "two.bin" }, { kind: "tar.gz" }), /expected a file two.bin in the archive, got none at .*archive$/, context);
});

test("unzip and untar refuse to unpack more than the limit", async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "big.bin"), Buffer.alloc(200_000));
  writeFileSync(join(folder, "a.zip"), zipOf({ "big.bin": Buffer.alloc(200_000) }));
  await create({ gzip: true, file: join(folder, "a.tgz"), cwd: folder }, ["big.bin"]);
  await assert.rejects(unzip(join(folder, "a.zip"), folder, { "big.bin": "out.bin" }, 199_999), /unzip: expected at most 199999 bytes, got 200000 at big.bin/);
  await assert.rejects(untar(join(folder, "a.tgz"), folder, { "big.bin": "out.bin" }, 199_999), /untar: expected a whole tar archive, got more than 199999 bytes/);
  assert.ok(!existsSync(join(folder, "out.bin")));
});

test("install(downloads, folder) leaves what is there alone, and fetches nothing for it", async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "a.bin"), "mine");
  await install([{ file: "a.bin", addresses: ["http://127.0.0.1:1/"], bytes: 9 }], folder);
  assert.equal(readFileSync(join(folder, "a.bin"), "utf8"), "mine");
});

test("install(downloads, folder) refuses an archive that is there but is another, and leaves it", async (context) => {
  const folder = temporaryFolder(context);
  const bytes = zipOf({ "one.txt": "1" });
  writeFileSync(join(folder, "all.zip"), bytes);
  const wanted = { file: "all.zip", addresses: [], bytes: bytes.length, sha256: "00", archive: archive({ "one.txt": "one.txt" }) };
  await assert.rejects(install([wanted], folder), { name: "InputError", message: /fetchFile: expected all\.zip as published, got SHA-256 [0-9a-f]{64} where 00 was published at .*all\.zip/ });
  assert.deepEqual(readdirSync(folder), ["all.zip"]);
});

test("install(downloads, folder) leaves no folder behind where nothing came, and one that was there alone", async (context) => {
  const [folder, before] = [join(temporaryFolder(context), "new"), temporaryFolder(context)];
  const wanted = { file: "a.bin", addresses: ["http://127.0.0.1:1/"], bytes: 9 };
  for (const into of [folder, before]) await assert.rejects(install([wanted], into), { name: "InputError" });
  assert.deepEqual([existsSync(folder), existsSync(before)], [false, true]);
});

test("unpack(zip, archive, folder) leaves a file alone that is there, and tidies up after one that was killed", async (context) => {
  const folder = temporaryFolder(context);
  mkdirSync(join(folder, ".unpacking-0badcafe"));
  writeFileSync(join(folder, ".unpacking-0badcafe", "one.txt"), "hal");
  writeFileSync(join(folder, "two.txt"), "mine");
  writeFileSync(join(folder, "all.zip"), zipOf({ "one.txt": "1", "two.txt": "2" }));
  await unpack(join(folder, "all.zip"), archive({ "one.txt": "one.txt", "two.txt": "two.txt" }), folder);
  assert.deepEqual(readdirSync(folder).sort(), ["all.zip", "one.txt", "two.txt"]);
  assert.equal(readFileSync(join(folder, "two.txt"), "utf8"), "mine");
});

test("install(downloads, folder) brings one archive to several who ask at the same time", async (context) => {
  const folder = temporaryFolder(context);
  const bytes = zipOf({ "one.txt": "1".repeat(100_000) });
  const server = createServer((_request, response) => response.end(bytes)).listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  context.after(() => (server.closeAllConnections(), server.close()));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const wanted = { file: "all.zip", addresses: [address], bytes: bytes.length, sha256, archive: archive({ "one.txt": "one.txt" }) };
  await Promise.all(Array.from({ length: 4 }, () => install([wanted], folder)));
  assert.deepEqual(readdirSync(folder), ["one.txt"]);
  assert.equal(readFileSync(join(folder, "one.txt"), "utf8").length, 100_000);
});

test("install(downloads, folder) unpacks an archive that is there, and removes it", async (context) => {
  const folder = temporaryFolder(context);
  const bytes = zipOf({ "one.txt": "1" });
  writeFileSync(join(folder, "all.zip"), bytes);
  const sha256 = { "one.txt": createHash("sha256").update("1").digest("hex") };
  await install([{ file: "all.zip", addresses: [], bytes: bytes.length, archive: archive({ "one.txt": "one.txt" }, { sha256 }) }], folder);
  assert.deepEqual(readdirSync(folder), ["one.txt"]);
});
