import assert from "node:assert/strict";
import { connect } from "node:net";
import { request } from "node:http";
import { test, type TestContext } from "node:test";
import type { SampleView } from "almq";
import { startStudioServer } from "../../../lib/oracle/labelStudio/studioServer";
import { outsideAddress } from "../person/openServer";

const png: SampleView = { kind: "image", type: "image/png", bytes: Uint8Array.of(1, 2, 3) };
const signal: SampleView = { kind: "signal", channels: [[0, 1, 0.5], [1, 1, 1]] };

async function open(context: TestContext, heard: string[] = []) {
  const onAnswer = async (action: string) => void heard.push(action);
  const server = await startStudioServer({ token: "t", views: (sample) => (sample === 2 ? signal : sample === 3 ? { kind: "text", text: "x" } : png), asked: (sample) => sample < 5, onAnswer, port: 0 });
  context.after(() => server.close());
  return server;
}

function status(address: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(address, { method: options.method ?? "GET", headers: options.headers ?? {}, agent: false }, (reply) => reply.resume().on("end", () => resolve(reply.statusCode!)));
    sent.on("error", reject).end(options.body);
  });
}

test("the server shows samples that are asked about, to whoever has the key in the address, and draws signals", async (context) => {
  const server = await open(context);
  const reply = await fetch(server.sampleAddress(1));
  assert.deepEqual([reply.status, reply.headers.get("content-type"), reply.headers.get("x-content-type-options"), reply.headers.get("set-cookie")], [200, "image/png", "nosniff", null]);
  assert.deepEqual([...new Uint8Array(await reply.arrayBuffer())], [1, 2, 3]);
  const drawn = await fetch(server.sampleAddress(2));
  assert.equal(drawn.headers.get("content-type"), "image/svg+xml");
  assert.match(await drawn.text(), /<polyline.*<polyline/);
});

test("the server refuses: a wrong key 401, a sample not asked about or no picture 404, another Host 421, a webhook without the secret 401", async (context) => {
  const heard: string[] = [];
  const server = await open(context, heard);
  const at = (path: string) => `${server.address}${path}`;
  assert.equal(await status(at("/x/sample/1")), 401);
  assert.equal(await status(server.sampleAddress(7)), 404);
  assert.equal(await status(server.sampleAddress(3)), 404);
  assert.equal(await status(server.sampleAddress(1).replace(/1$/, "-1")), 404);
  assert.equal(await status(server.sampleAddress(1).replace(/1$/, "..%2F1")), 404);
  assert.equal(await status(server.sampleAddress(1), { headers: { host: "evil.example" } }), 421);
  const json = { "content-type": "application/json" };
  const body = JSON.stringify({ action: "ANNOTATION_CREATED" });
  assert.equal(await status(at("/almq-webhook"), { method: "POST", headers: json, body }), 401);
  assert.equal(await status(at("/almq-webhook"), { method: "POST", headers: { ...json, "x-almq": server.secret.replace(/./, "x") }, body }), 401);
  assert.deepEqual(heard, []);
  assert.equal(await status(at("/almq-webhook"), { method: "POST", headers: { ...json, "x-almq": server.secret }, body }), 200);
  assert.deepEqual(heard, ["ANNOTATION_CREATED"]);
  assert.equal(await status(at("/almq-webhook"), { method: "POST", headers: { ...json, "x-almq": server.secret }, body: "{" }), 400);
  assert.equal(await status(at("/almq-webhook"), { method: "POST", headers: { ...json, "x-almq": server.secret }, body: JSON.stringify("x".repeat(5e6)) }), 413);
});

test("the server is open on this machine alone, keeps its keys when started again, and names a port that is in use", async (context) => {
  const server = await open(context);
  const port = Number(new URL(server.address).port);
  const outside = outsideAddress();
  if (outside !== undefined) {
    const reached = await new Promise((resolve) => connect(port, outside, () => resolve(true)).on("error", () => resolve(false)));
    assert.equal(reached, false);
  }
  const again = await open(context);
  assert.equal(new URL(again.sampleAddress(1)).pathname, new URL(server.sampleAddress(1)).pathname);
  assert.equal(again.secret, server.secret);
  await assert.rejects(startStudioServer({ token: "t", views: () => png, asked: () => true, onAnswer: async () => {}, port }), new RegExp(`labelStudio: expected a free port, got one in use at ${port}`));
});
