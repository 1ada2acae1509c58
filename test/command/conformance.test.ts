import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { conform, sections } from "../../lib/command/conformance/conform";

const reference = join(__dirname, "../../../test/reference");
const files = ["vectors.json", "criteria.json"].map((name) => join(reference, name));
const contents = files.map((file) => JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>);
const folder = mkdtempSync(join(tmpdir(), "almq-conformance-"));
after(() => rmSync(folder, { recursive: true }));

/** What a section expects; everything else in it is input. */
const expectations: readonly string[] = ["values", "value", "picks", "chances", "chance", "all", "any", "kept", "radius", "loss", "used", "best_exchange", "exchanged", "joint_mutual_information_nats", "cover_radius", "first_centre", "distance_to_first", "second_centre_chances", "centres", "assignment", "inertia"];

function run(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(__dirname, "../../lib/command/conformance.js"), ...args], { encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}

/** A copy in which one expected number, the last to be found, is wrong. */
function spoiled(section: unknown): unknown {
  const copy = structuredClone(section);
  let last: (() => void) | undefined;
  const visit = (value: unknown, expected: boolean) => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, each] of Object.entries(value)) {
      const isExpected = expected || expectations.includes(key);
      if (typeof each === "number" && isExpected && key !== "sample") last = () => ((value as Record<string, number>)[key] = each + (Number.isInteger(each) ? 1 : 0.05));
      else visit(each, isExpected);
    }
  };
  visit(copy, false);
  if (last === undefined) visit(copy, true); // rows of scores: every field but `sample` is expected
  last!();
  return copy;
}

test("npm run conformance -- FILE passes almq's own reference files", () => {
  for (const file of files) {
    const { code, out, err } = run(file);
    assert.equal(code, 0, out + err);
    assert.match(out, /\n\d+ passed, 0 failed\n$/);
    assert.doesNotMatch(out, /unknown/);
  }
});

test("conform(content) knows every section once, and one of the reference files has it", () => {
  const present = new Set(contents.flatMap((content) => Object.keys(content)));
  for (const section of Object.keys(sections)) assert.ok(present.has(section), `no numbers for ${section}`);
});

test("conform(content) fails exactly the section whose number is wrong", () => {
  for (const content of contents)
    for (const name of Object.keys(sections).filter((name) => name in content)) {
      if (name === "probabilities_mean") continue; // an input too: every row would be off
      const { probabilities_mc, probabilities_mean } = content;
      const [report] = conform({ probabilities_mc, [name]: spoiled(content[name]) }).filter(({ section }) => section === name);
      assert.equal(report!.outcome, "failed", name);
      assert.match(report!.disagreements[0]!, new RegExp(`^expected .*, got .* at ${name}`), name);
      assert.ok(probabilities_mean);
    }
});

test("npm run conformance -- FILE names what is wrong and where, goes on, counts, and exits with 1", () => {
  const file = join(folder, "wrong.json");
  const probabilities_mean = [[0.5, 0.5], [0.9, 0.1]];
  const uncertainty = [{ sample: 0, entropy_bits: 1 }, { sample: 1, least_confidence: 0.2, surprise: 3 }];
  writeFileSync(file, JSON.stringify({ probabilities_mean, uncertainty, telepathy: [1], top_k: { utilities: [1, 2], picks: [1] } }));
  const { code, out } = run(file);
  assert.equal(code, 1);
  assert.match(out, /failed {3}uncertainty \(2 compared\)\n {9}expected 0\.2, got 0\.0999\d* at uncertainty\[1\]\.least_confidence\n/);
  assert.match(out, /unknown {2}uncertainty\.surprise\n/);
  assert.match(out, /unknown {2}telepathy\n/);
  assert.match(out, /passed {3}top_k \(1 compared\)\n/);
  assert.match(out, /\n2 passed, 1 failed\n$/);
});

test("conform(content) fails a section that it cannot read, by path, and reads the others", () => {
  const outcome = (content: unknown) => conform(content).map(({ section, outcome, disagreements }) => `${outcome} ${section}: ${disagreements[0] ?? ""}`);
  assert.deepEqual(outcome({ uncertainty: [{ sample: 0, entropy_nats: 1 }] }), ["failed uncertainty: conformance: expected probabilities_mc or probabilities_mean, got neither at the file"]);
  assert.deepEqual(outcome({ probabilities_mean: [[0.5, 0.6]], uncertainty: [{ sample: 0, entropy_nats: 1 }] }).slice(1), ["failed uncertainty: conformance: expected probabilities summing to 1, got 1.1 at sample 0"]);
  assert.deepEqual(outcome({ top_k: { utilities: [1, "2"], picks: [0] } }), ["failed top_k: conformance: expected a number, got 2 at top_k.utilities[1]"]);
  assert.deepEqual(outcome({ top_k: { picks: [0] } }), ["failed top_k: conformance: expected a list, got nothing at top_k.utilities"]);
  assert.deepEqual(outcome({ top_k: [] }), ["failed top_k: nothing to compare"]);
  assert.deepEqual(outcome({ probabilities_mean: [[0.5, 0.5]], committee: [{ sample: 0, bald_nats: 0 }] }).slice(1), ["failed committee: bald: expected at least two draws, got 1, in committee[0]"]);
});

test("npm run conformance refuses no file, an unreadable one, and one that is no JSON or no object", () => {
  assert.match(run().err, /conformance: expected one file: .*, got none/);
  assert.match(run(join(folder, "absent.json")).err, /conformance: expected a file to read, got ENOENT/);
  writeFileSync(join(folder, "text.json"), "entropy");
  assert.match(run(join(folder, "text.json")).err, /conformance: expected JSON, got /);
  writeFileSync(join(folder, "list.json"), "[]");
  assert.match(run(join(folder, "list.json")).err, /conformance: expected an object, got \[\]/);
  for (const name of ["absent", "text", "list"]) assert.equal(run(join(folder, `${name}.json`)).code, 1);
});

test("npm run conformance -- FILE fails where it knows nothing of the file", () => {
  const empty = join(folder, "empty.json");
  writeFileSync(empty, "{}");
  const none = run(empty);
  assert.equal(none.code, 1);
  assert.match(none.err, /expected a section that almq knows .*, got none at /);
  writeFileSync(empty, "[]");
  assert.match(run(empty).err, /expected an object, got \[\] at the top of the file/);
  assert.match(run(join(reference, "torch.json")).err, /expected a section that almq knows/);
});

test("conform(content) tells of fields that nobody reads, infinite numbers, and what it cannot read, case by case", () => {
  const content = structuredClone(contents[1]!) as Record<string, Record<string, unknown>[]>;
  const only = (name: string, change: (cases: Record<string, unknown>[]) => void) => {
    const cases = structuredClone(content[name]!);
    change(cases);
    return conform({ probabilities_mc: contents[1]!.probabilities_mc, [name]: cases })[0]!;
  };
  const renamed = only("bald_exact", (cases) => cases.forEach((row) => ((row.All = 99), delete row.all)));
  assert.deepEqual(renamed.unknownFields, ["All"]);
  assert.equal(only("draws", (cases) => (cases[2]!.bald_nats = Infinity)).outcome, "failed");
  const short = only("expected_error_reduction", (cases) => (cases[2]!.after as unknown[]).pop());
  assert.match(short.disagreements.join(), /what a refit predicts for candidate \d+ of class \d, got nothing at expected_error_reduction\[2\]\.after/);
  const cores = only("core_set", (cases) => {
    cases[1]!.metric = "cityblock";
    cases[2]!.labeled = [99];
    (cases[0]!.picks as number[]).reverse();
  });
  assert.equal(cores.disagreements.length, 3, cores.disagreements.join("\n"));
  assert.match(cores.disagreements[1]!, /cityblock at core_set\[1\]\.metric/);
  assert.match(cores.disagreements[2]!, /got 99 at position 0, in core_set\[2\]/);
  const losses = structuredClone(contents[0]!) as Record<string, Record<string, unknown>[]>;
  losses.losses![0]!.answer = 2;
  assert.match(conform({ probabilities_mc: losses.probabilities_mc, losses: losses.losses }).at(-1)!.disagreements[0]!, /1 for yes or 0 for no, got 2 at losses\[0\]\.answer/);
});
