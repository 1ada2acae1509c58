import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fetchWeights, InputError, readSafetensors } from "almq";
import { folder as reference } from "../reference/torch";

const folder = mkdtempSync(join(tmpdir(), "almq-test-"));
const original = join(reference, "resnet50-of-1.safetensors");
const bytes = readFileSync(original);
let server: Server;
let address: string;
let served = 0;

before(async () => {
  server = createServer((request, response) => {
    served++;
    if (request.url === "/weights") response.end(bytes);
    else if (request.url === "/broken") response.end(bytes.subarray(0, 5000));
    else if (request.url === "/breaks-off") response.writeHead(200, { "content-length": bytes.length }).write(bytes.subarray(0, 5000), () => setTimeout(() => response.destroy(), 50));
    else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

test("fetchWeights({ address, path }) downloads once and reads the file from then on", async () => {
  const path = join(folder, "deep", "weights.safetensors");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const first = await fetchWeights({ address: `${address}/weights`, path, sha256 });
  assert.deepEqual(first, readSafetensors(original));
  const count = served;
  for (const known of [{}, { sha256 }]) assert.deepEqual(await fetchWeights({ address: `${address}/weights`, path, ...known }), first);
  await assert.rejects(fetchWeights({ address: `${address}/weights`, path, sha256: "0".repeat(64) }), new RegExp(`^InputError: .* SHA-256 ${sha256} where 0{64} was published at ${path}$`));
  assert.deepEqual(readFileSync(path), bytes);
  assert.equal(served, count);
});

const refusals: [what: string, path: string, options: { sha256?: string; limit?: number }][] = [
  ["a file that is cut off", "/broken", {}],
  ["a file whose connection breaks off", "/breaks-off", {}],
  ["a page that is not there", "/none", {}],
  ["a file with another checksum", "/weights", { sha256: "0".repeat(64) }],
  ["a file that is too long", "/weights", { limit: 0.01 }],
];

for (const [what, place, options] of refusals)
  test(`fetchWeights({ address, path }) refuses ${what} and leaves nothing behind`, async () => {
    const path = join(folder, "refused.safetensors");
    await assert.rejects(fetchWeights({ address: address + place, path, ...options }), InputError);
    assert.ok(!existsSync(path) && !readdirSync(folder).some((file) => file.includes("refused")));
  });

test("fetchWeights({ address, path }) says so when nobody answers", async () => {
  const path = join(folder, "nobody.safetensors");
  await assert.rejects(fetchWeights({ address: "http://127.0.0.1:1/weights", path }), /^InputError: fetchFile: expected nobody\.safetensors from the network, or put there by hand, got .* at .*nobody\.safetensors$/);
});
