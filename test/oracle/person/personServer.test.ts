import assert from "node:assert/strict";
import { connect } from "node:net";
import { afterEach, beforeEach, test } from "node:test";
import type { Reply } from "almq";
import { openServer, outsideAddress, questions, type OpenServer } from "./openServer";

let open: OpenServer;
let replies: Promise<readonly Reply[]>;

beforeEach(async () => {
  open = await openServer();
  replies = open.desk.ask(questions);
  replies.catch(() => {});
});
afterEach(async () => {
  open.desk.end("done");
  await open.server.close();
});

const statusOf = async (...[path, options]: Parameters<OpenServer["send"]>) => (await open.send(path, options)).status;
const asking = { id: "q1", answer: 1, seconds: 1 };
const json = { "content-type": "application/json" };

test("GET / gives the page to anyone, without the key, under a policy that lets only its own script run", async () => {
  const { status, headers, body } = await open.send("/", { key: "" });
  assert.equal(status, 200);
  assert.ok(!body.includes(open.server.key) && !JSON.stringify(headers).includes(open.server.key));
  const policy = String(headers["content-security-policy"]);
  for (const part of ["default-src 'none'", "script-src 'sha256-", "style-src 'sha256-", "connect-src 'self'", "require-trusted-types-for 'script'", "trusted-types 'none'", "frame-ancestors 'self'"])
    assert.ok(policy.includes(part), part);
  assert.ok(!policy.includes("unsafe"));
  assert.equal(headers["set-cookie"], undefined);
  assert.equal(headers["access-control-allow-origin"], undefined);
  assert.equal(headers["referrer-policy"], "no-referrer");
});

test("GET /state without the key, with a wrong one, or with it in the address, is refused with 401", async () => {
  assert.equal(await statusOf("/state", { key: "" }), 401);
  assert.equal(await statusOf("/state", { key: open.server.key.replace(/./, "x") }), 401);
  assert.equal(await statusOf("/state", { key: "é" }), 401);
  assert.equal(await statusOf(`/state?key=${open.server.key}`, { key: "" }), 401);
  assert.equal(await statusOf("/state"), 200);
});

test("every other address without the key is refused with 401", async () => {
  for (const path of ["/sample/3", "/nothing", "/?", "/state"]) assert.equal(await statusOf(path, { key: "" }), 401, path);
  for (const path of ["/answer", "/undo", "/seconds", "/decide"]) assert.equal(await statusOf(path, { key: "", method: "POST", headers: json, body: "{}" }), 401, path);
});

test("a request for a foreign host is refused with 421, a forged proxy header does not replace the key", async () => {
  assert.equal(await statusOf("/state", { headers: { host: "evil.example" } }), 421);
  assert.equal(await statusOf("/", { key: "", headers: { host: `evil.example:${open.server.port}` } }), 421);
  assert.equal(await statusOf("/state", { key: "", headers: { host: "evil.example", "x-forwarded-context": "/proxy/1" } }), 401);
  assert.equal(await statusOf("/state", { headers: { host: "hub.example", "x-forwarded-context": "/proxy/1" } }), 200);
  assert.equal(await statusOf("/state", { headers: { host: `localhost:${open.server.port}` } }), 200);
});

test("a foreign or null origin is refused with 403, and so is every preflight", async () => {
  assert.equal(await statusOf("/state", { headers: { origin: "http://evil.example" } }), 403);
  assert.equal(await statusOf("/state", { headers: { origin: "null" } }), 403);
  assert.equal(await statusOf("/answer", { method: "OPTIONS", headers: { origin: "http://evil.example", "access-control-request-method": "POST" } }), 403);
  assert.equal(await statusOf("/state", { headers: { origin: `http://127.0.0.1:${open.server.port}` } }), 200);
});

test("GET /sample/INDEX gives what is asked about now and next, else 404, and no other name of a file 400", async () => {
  assert.equal(await statusOf("/sample/3"), 200);
  assert.equal(await statusOf("/sample/5"), 200, "of the next question");
  assert.equal(await statusOf("/sample/8"), 404);
  assert.equal(await statusOf("/sample/999999"), 404);
  for (const name of ["-1", "..%2F..%2Fpackage.json", "3.5", "x", "__proto__"]) assert.equal(await statusOf(`/sample/${name}`), 400, name);
  assert.equal(await statusOf("/sample/../../package.json"), 404);
});

test("POST /answer takes JSON only: 415 for text, 400 for what is broken or odd, 413 for what is too long", async () => {
  const post = (body: string, headers: Record<string, string> = json) => statusOf("/answer", { method: "POST", headers, body });
  const text = (change: object) => JSON.stringify({ ...asking, ...change });
  assert.equal(await post(text({}), { "content-type": "text/plain" }), 415);
  assert.equal(await post("{"), 400);
  assert.equal(await post('{"__proto__":{"x":1},"id":"q1","answer":1,"seconds":1}'), 400);
  assert.equal(await post(text({ answer: 3 })), 400, "no such class");
  assert.equal(await post(text({ answer: "yes" })), 400, "yes to a Class question");
  assert.equal(await post(text({ answer: "1" })), 400, "text for a number");
  assert.equal(await post(text({ answer: 1.5 })), 400);
  assert.equal(await post(text({ seconds: -1 })), 400);
  assert.equal(await post(text({ seconds: "1" })), 400);
  assert.equal(await post(text({ more: 1 })), 400);
  assert.equal(await post(text({ more: "x".repeat(20_000) })), 413);
  assert.equal(open.file.count, 0);
  assert.equal(await post(text({})), 200);
});

test("POST /answer twice is refused with 409, and so is an undo of nothing", async () => {
  assert.equal((await open.post("/undo", {})).status, 409);
  assert.equal((await open.post("/answer", asking)).status, 200);
  assert.equal((await open.post("/answer", asking)).status, 409);
  assert.equal(open.file.count, 1);
  assert.equal((await open.post("/undo", {})).status, 200);
  assert.equal(open.file.count, 0);
  assert.equal((await open.post("/decide", { stop: true })).status, 409);
});

test("the server listens on the loopback address only", async (context) => {
  const outside = outsideAddress();
  if (outside === undefined) return context.skip("this machine has no other address");
  const error = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    const socket = connect(open.server.port, outside);
    socket.on("connect", () => (socket.destroy(), resolve(undefined)));
    socket.on("error", resolve);
  });
  assert.equal(error?.code, "ECONNREFUSED");
});

test("a port in use is refused with a sentence", async () => {
  await assert.rejects(openServer({ port: open.server.port }), /person: expected a free port, got one in use at \d+/);
});

test("close() ends at once, also while a page waits", async () => {
  const { version } = JSON.parse((await open.send("/state")).body) as { version: number };
  const waiting = open.send(`/state?after=${version}`).catch(() => "cut off");
  await new Promise((resolve) => setTimeout(resolve, 50));
  const began = performance.now();
  await open.server.close();
  assert.ok(performance.now() - began < 200, `${performance.now() - began} ms`);
  assert.equal(await waiting, "cut off");
});

test("two pages: the other one sees the next question as soon as this one has answered", async () => {
  const { version } = JSON.parse((await open.send("/state")).body) as { version: number };
  const other = open.send(`/state?after=${version}`);
  await open.post("/answer", asking);
  const seen = JSON.parse((await other).body) as { question: { id: string; words: string } };
  assert.equal(seen.question.id, "q2");
  assert.equal(seen.question.words, "Are all 3 of these “dog”?");
});

test("ask(questions) gives the answers in order, once the last one can no longer be taken back", async (context) => {
  const patient = await openServer({ grace: 800 }); // long enough for a busy machine to take an answer back
  context.after(() => patient.server.close());
  const answers = patient.desk.ask(questions);
  await patient.post("/answer", asking);
  await patient.post("/answer", { id: "q2", answer: "no", seconds: 0 });
  await patient.post("/answer", { id: "q3", answer: "cannot tell", seconds: 0 });
  assert.equal((await patient.post("/undo", {})).status, 200);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  assert.equal(patient.desk.sheet.question?.id, "q3");
  await patient.post("/answer", { id: "q3", answer: "yes", seconds: 0 });
  assert.deepEqual((await answers).map(({ answer }) => answer), [1, "no", "yes"]);
});
