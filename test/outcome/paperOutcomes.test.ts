import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { askedName, curves, outcomeText, paperOutcomes, parseOutcome, publishedCurves, publishedQuestions, questionCounts, runName } from "almq";
import { blob, call, integer, join as bytes, list, name, pickle, tensor, tensorFile, text, tuple } from "./pickleBytes";

const model = [0.85, 0.8, 1.4, 0.6, 0.4];
const row = (spent: number, asked: number, answer: number, columns: number) => [...model, spent, asked, answer, ...model, 9, 8, 7, 6, 5, 4].slice(0, columns);
const run = (columns: number, rows: number[][]) => tensor(rows.flatMap((cells) => cells.slice(0, columns)), [rows.length, columns]); // prettier-ignore
const baseline = (columns = 19) => run(columns, [row(0, 0, 0, 19), row(1, 0, 3, 19)]);
const almq = run(19, [row(0, 0, 0, 19), row(0.32, 2, 1, 19), row(0.61, 5, 0, 19), row(1.61, 0, 9, 19)]);
const replicate = (first: Uint8Array = almq) =>
  list(first, almq, baseline(13), ...Array.from({ length: 10 }, () => baseline()), tensor(model, [5]), tensor(model, [5]));
const file = (value: Uint8Array) => [{ name: "result0.pkl", bytes: pickle(value) }];
const read = (value: Uint8Array) => paperOutcomes("handwriting", file(value));

test("paperOutcomes(study, files) reads replicates across files", () => {
  const outcomes = paperOutcomes("handwriting", [...file(list(replicate(), replicate())), ...file(list(replicate()))]);
  deepEqual(outcomes.map(({ header }) => header.replicate), [0, 1, 2]); // prettier-ignore
  deepEqual(outcomes[0]!.runs.map(runName), "ALMQ+EE ALMQ BADGE BALD+EE BALD EN+EE EN VAR+EE VAR LC+EE LC RA+EE RA".split(" "));
  deepEqual(outcomes[0]!.runs[0]!.records.map(askedName), [undefined, "All2", "Any3", "Class"]);
  deepEqual(outcomes[0]!.runs[0]!.records.map(({ answer }) => answer), [undefined, "yes", "no", 9]); // prettier-ignore
  equal(outcomes[0]!.runs[0]!.records[1]!.scores!.length, 6);
  equal(outcomes[0]!.runs[2]!.records[1]!.scores, undefined);
  ok(Math.abs(outcomes[0]!.header.full!.testAccuracy! - 0.85) < 1e-7);
});

test("paperOutcomes(study, files) written as text read back the same", () => {
  const text = outcomeText(read(list(replicate()))[0]!);
  equal(outcomeText(parseOutcome(text, "a file").outcome), text);
});

test("paperOutcomes(study, files) executes nothing: a call of os.system is refused by its name", () => {
  const harmful = call(name("os", "system"), text("touch /tmp/harm"));
  throws(() => read(harmful), /unpickle: expected only torch\._utils _rebuild_tensor_v2, .*, got os system at byte \d+ of result0\.pkl/);
  throws(() => read(bytes(text("posix"), text("system"), 0x93)), /got posix system/);
  const inside = call(name("torch.storage", "_load_from_bytes"), blob(pickle(harmful, 2)));
  throws(() => read(inside), /expected only torch FloatStorage, torch DoubleStorage, got os system at byte \d+ of a tensor in result0\.pkl/);
});

test("paperOutcomes(study, files) refuses unknown classes and instructions", () => {
  throws(() => read(call(name("builtins", "eval"), text("1"))), /got builtins eval/);
  throws(() => read(name("constructor", "prototype")), /got constructor prototype/);
  for (const code of ["i", "o", "b", "\x81", "\x92", "P"]) throws(() => read(Buffer.from(code, "latin1")), /expected an instruction for plain data, got 0x/);
});

test("paperOutcomes(study, files) refuses lists that contain themselves or are used twice", () => {
  throws(() => read(bytes("]q", 0, "h", 0, "a")), /expected lists and dictionaries used once, got a list used again/);
  throws(() => read(bytes("]q", 0, "]q", 1, "h", 0, "aa")), /got a list used again/);
  const nested = Array.from({ length: 100_000 }).fill("]").join("") + Array.from({ length: 99_999 }).fill("a").join("");
  throws(() => read(Buffer.from(nested)), /expected a list of 15 tensors, got another value at replicate 0/);
});

test("paperOutcomes(study, files) refuses sizes that are not true", () => {
  throws(() => read(blob(Buffer.from("abc"), 4_000_000_000)), /expected 4000000000 more bytes, got 4 at byte/);
  throws(() => read(tensor(model, [5], { declared: 6 })), /readTorch: expected 6 numbers of 4 bytes, got 20 bytes for 5/);
  throws(() => read(tensor(model, [5], { declared: 9, stored: 9 })), /expected 9 numbers of 4 bytes, got 20 bytes for 9/);
  throws(() => read(tensor(model, [2_000_000_000, 2_000_000_000])), /expected .*5 numbers|row-major/);
  throws(() => read(tensor(model, [6])), /expected a tensor within its 5 numbers, got 6 from 0/);
  throws(() => read(bytes("K")), /expected 1 more bytes, got 0|an instruction/);
  throws(() => paperOutcomes("handwriting", [{ name: "result0.pkl", bytes: pickle(list(replicate())).subarray(0, -400) }]), /more bytes, got/);
  throws(() => paperOutcomes("handwriting", [{ name: "empty.pkl", bytes: Buffer.alloc(0) }]), /expected 1 more bytes, got 0 at byte 0 of empty\.pkl/);
});

test("paperOutcomes(study, files) refuses what would take far more memory than the file", () => {
  const remembered = (value: Uint8Array) => bytes(value, "q", 1);
  const again = Array.from({ length: 100 }, () => bytes("h", 1));
  const stored = call(name("torch.storage", "_load_from_bytes"), blob(tensorFile(Array.from({ length: 1000 }, () => 0))));
  const rebuilt = (storage: Uint8Array) => call(name("torch._utils", "_rebuild_tensor_v2"), storage, integer(0), tuple(integer(1000)), tuple(integer(1)));
  throws(() => read(list(rebuilt(remembered(stored)), ...again.map(rebuilt))), /readTorch: expected no more numbers than its \d+ bytes hold, got numbers used again at result0\.pkl/);
  throws(() => read(bytes(")", Buffer.alloc(1_000_000, 0x85))), /unpickle: expected at most 1000000 instructions, got more at byte \d+ of result0\.pkl/);
  const real = (value: number) => bytes("G", Buffer.from(Float64Array.of(value).buffer).reverse());
  const sized = (offset: Uint8Array, size: Uint8Array) => call(name("torch._utils", "_rebuild_tensor_v2"), stored, offset, tuple(size), tuple(integer(1)));
  throws(() => read(sized(integer(0), real(2.5))), /readTorch: expected whole sizes of at least 0, got 2\.5/);
  throws(() => read(sized(real(0.5), integer(2))), /readTorch: expected a whole offset, got 0\.5/);
});

test("paperOutcomes(study, files) refuses frames whose length is not true", () => {
  const framed = (length: number, content = list(replicate())) => [{ name: "result0.pkl", bytes: bytes(0x80, 4, 0x95, Buffer.from(BigUint64Array.of(BigInt(length)).buffer), content, ".") }];
  const whole = list(replicate()).length + 1;
  equal(paperOutcomes("handwriting", framed(whole)).length, 1);
  throws(() => paperOutcomes("handwriting", framed(whole + 1)), new RegExp(`expected ${whole + 1} bytes in a frame, got ${whole} at byte`));
  throws(() => paperOutcomes("handwriting", framed(5)), /expected an instruction that ends in its frame, got one that ends \d+ bytes later/);
  throws(() => paperOutcomes("handwriting", framed(2 ** 52)), /bytes in a frame/);
});

test("paperOutcomes(study, files) refuses other data than the paper's", () => {
  throws(() => read(tuple(integer(1))), /expected a list of replicates/);
  throws(() => read(list()), /expected at least one replicate, got an empty list at result0\.pkl/);
  throws(() => read(list(list(almq))), /expected a list of 15 tensors/);
  throws(() => read(list(replicate(tensor(model, [1, 5])))), /expected rows of 19 columns, got 1 × 5 at ALMQ\+EE, replicate 0 of result0\.pkl/);
  throws(() => read(list(replicate(run(19, [row(0, 0, 0, 19), row(1, 7, 0, 19)])))), /expected a kind of question from 0 to 5, got 7 at step 1/);
  throws(() => read(list(replicate(run(19, [row(0, 0, 0, 19), row(0.32, 2, 0.5, 19)])))), /expected an answer 0 or 1, got 0.5/);
  throws(() => read(list(replicate(run(19, [[NaN, ...row(0, 0, 0, 19).slice(1)]])))), /expected an accuracy from 0 to 1, got NaN/);
  const rows = (...cells: number[][]) => read(list(replicate(run(19, cells))));
  throws(() => rows(row(5, 0, 0, 19)), /expected 0 spent at step 0, got 5 at step 0 of ALMQ\+EE, replicate 0 of result0\.pkl/);
  throws(() => rows(row(0, 0, 0, 19), row(2, 0, 3, 19)), /expected 1 paid for Class, got 2 at step 1/);
  throws(() => rows(row(0, 0, 0, 19), row(-1, 0, 3, 19)), /expected 1 paid for Class, got -1/);
  throws(() => rows(row(0, 0, 0, 19), row(1, 0, 10, 19)), /expected a class from 0 to 9, got 10/);
  throws(() => rows(row(0, 0, 0, 19), row(1, 0, 3.5, 19)), /expected a class from 0 to 9, got 3\.5/);
  throws(() => rows(...Array.from({ length: 102 }, (_, spent) => row(spent, 0, 3, 19))), /expected at most the budget 100 spent, got 101 at step 101/);
  throws(() => rows(row(0, 0, 0, 19).map((value, i) => (i === 9 ? NaN : value))), /expected finite metrics, got NaN/);
  const others = Array.from({ length: 10 }, (_, i) => (i === 9 ? run(19, [row(0, 0, 0, 19), row(0.32, 2, 1, 19)]) : baseline()));
  throws(() => read(list(list(almq, almq, baseline(13), ...others, tensor(model, [5]), tensor(model, [5])))), /expected a kind of question 0, a Class question, got 2 at step 1 of RA, replicate 0/);
  throws(() => paperOutcomes("letters", file(list(replicate()))), /expected handwriting, har, mnist, animal, tumor, got letters/);
});

const resultFiles = process.env.ALMQ_PAPER_OUTCOMES ?? "";

for (const [study, folder] of [["handwriting", "Handwriting_result"], ["mnist", "MNIST_result"]] as const) { // prettier-ignore
  const path = join(resultFiles, folder);
  const skip = resultFiles !== "" && existsSync(path) ? false : "set ALMQ_PAPER_OUTCOMES to a folder of the paper's result files";
  test(`paperOutcomes("${study}", the paper's files) give the published curves to 1e-6 and the published counts`, { skip }, () => {
    const outcomes = paperOutcomes(study, readdirSync(path).sort().map((file) => ({ name: file, bytes: readFileSync(join(path, file)) }))); // prettier-ignore
    const published = publishedCurves(study);
    for (const source of [outcomes, outcomes.map((outcome) => parseOutcome(outcomeText(outcome), "a file").outcome)]) {
      const ours = curves(source);
      equal(ours.length, published.length);
      for (const point of ours) {
        const twin = published.find((one) => one.method === point.method && one.exploration === point.exploration && one.budget === point.budget)!;
        ok(Math.abs(twin.accuracyMean - point.accuracyMean) <= 1e-6 && Math.abs(twin.accuracySd! - point.accuracySd!) <= 1e-6, JSON.stringify([twin, point]));
      }
    }
    for (const count of questionCounts(outcomes)) {
      const twin = publishedQuestions(study).find((one) => one.exploration === count.exploration && one.question === count.question)!;
      const pairs = [[count.asked, twin.asked], [count.askedSd, twin.askedSd], ...count.askedByThird.map((third, i) => [third, twin.askedByThird[i]!])]; // prettier-ignore
      for (const [ours, theirs] of pairs) ok(Math.abs(ours! - theirs!) <= 5.001e-4, `${count.question}: ${ours} is not ${theirs}`);
      if (twin.yesShare !== undefined) ok(Math.abs(count.yesShare! - twin.yesShare) <= 5.001e-5);
    }
  });
}
