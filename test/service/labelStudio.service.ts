import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { labelOracle, labelStudioOracle, labelStudioStandIn, personRun, type OpenRecord } from "almq";
import { temporaryFolder } from "../dataset/temporaryFolder";
import { digitSession } from "../experiment/person/session";
import { beginRun } from "./beginRun";
import { hasLabelStudio, prepareStudio } from "./labelStudio";

const skip = hasLabelStudio ? false : "no Label Studio: npm run test:services installs it";

test("labelStudioOracle(options), killed with −9 in the middle like Label Studio itself, uses every answer once, also one stored twice", { skip, timeout: 400_000 }, async (context) => {
  const { options, labels } = await digitSession();
  const truth = await personRun(options, labelOracle(labels, 10)).start();
  const total = truth.records.length - 1 + 12;
  const answers = join(temporaryFolder(context), "answers.jsonl");
  const { account, start, discard } = await prepareStudio("kill");
  context.after(discard);
  const first = await start();
  const told = { url: first.url, token: account.token };
  const run = beginRun(told, answers);
  const project = await run.project;
  const place = { ...told, project, classes: options.classes, samples: options.pool.count };
  const reader = labelStudioStandIn(place, labelOracle(labels, 10));
  while (reader.answers < total / 2) await new Promise((resolve) => setTimeout(resolve, 20));
  process.kill(first.pid, "SIGKILL");
  run.child.kill("SIGKILL");
  await Promise.all([first.ended, run.ended, reader.stop()]);

  const second = await start();
  context.after(() => second.stop());
  const headers = { authorization: `Token ${account.token}`, "content-type": "application/json" };
  const { tasks } = (await (await fetch(`${second.url}/api/tasks?project=${project}&fields=all&page_size=1000`, { headers })).json()) as { tasks: { id: number; annotations: { result: unknown }[] }[] };
  const answered = tasks.filter((task) => task.annotations.length > 0);
  assert.ok(answered.length >= total / 2 - 1, "Label Studio kept what was answered");
  for (const { id, annotations } of answered.slice(-3)) await fetch(`${second.url}/api/tasks/${id}/annotations/?project=${project}`, { method: "POST", headers, body: JSON.stringify({ result: annotations[0]!.result }) });

  const again = beginRun(told, answers);
  assert.equal(await again.project, project, "it goes on in the same project");
  const other = labelStudioStandIn({ ...place, goOn: true }, labelOracle(labels, 10));
  await again.ended;
  await other.stop();
  assert.deepEqual(JSON.parse(readFileSync(`${answers}.records`, "utf8")) as OpenRecord[], JSON.parse(JSON.stringify(truth.records)));
  const lines = readFileSync(answers, "utf8").trimEnd().split("\n").slice(1).map((line) => JSON.stringify((JSON.parse(line) as { question: object }).question));
  assert.deepEqual([lines.length, new Set(lines).size], [total, total]);
});

test("labelStudioOracle(options) says that the token is refused, and that the project was deleted", { skip, timeout: 480_000 }, async (context) => {
  const { options } = await digitSession();
  const { account, start, discard } = await prepareStudio("refused");
  context.after(discard);
  const { url, stop } = await start();
  context.after(stop);
  const asked = { url, pool: options.pool, classes: options.classes, views: options.views };
  await assert.rejects(labelStudioOracle({ ...asked, token: "0".repeat(40) }), /labelStudio: expected a token that Label Studio takes, got one it refuses \(401/);
  const oracle = await labelStudioOracle({ ...asked, token: account.token });
  context.after(() => oracle.close());
  await fetch(`${url}/api/projects/${oracle.project}/`, { method: "DELETE", headers: { authorization: `Token ${account.token}` } });
  await assert.rejects(oracle.ask([{ kind: "class", samples: [0] }]), /labelStudio: expected project \d+, got none .*deleted/);
});
