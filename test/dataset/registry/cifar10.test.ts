import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { filesInMemory } from "almq";
import { openCifar10 } from "../../../lib/dataset/registry/cifar10";

/** Two batches of one image each, and their SHA-256 as somebody would publish them. */
const batches = { "data_batch_1.bin": new Uint8Array(3073).fill(1), "test_batch.bin": new Uint8Array(3073).fill(2) };
const published = Object.fromEntries(Object.entries(batches).map(([name, bytes]) => [name, createHash("sha256").update(bytes).digest("hex")]));

test("openCifar10(files) knows the published set by its checksums, gzipped or not, and other files too", () => {
  const source = (files: Readonly<Record<string, Uint8Array>>) => openCifar10(filesInMemory("memory", Object.entries(files)), published).source;
  const gzipped = Object.fromEntries(Object.entries(batches).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]));
  assert.deepEqual([source(batches), source(gzipped)], ["CIFAR-10", "CIFAR-10"]);
  assert.match(source({ ...batches, "test_batch.bin": new Uint8Array(3073) }), /not the published set/);
});
