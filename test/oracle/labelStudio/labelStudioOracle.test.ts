import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { floatSamples, labelStudioOracle, randomSource, sampleImages, type LabelStudioOptions, type LabelStudioOracle, type Question } from "almq";
import { temporaryFolder } from "../../dataset/temporaryFolder";
import { studioDouble, type Fault, type StudioDouble } from "./studioDouble";

const pool = floatSamples(new Float32Array(20 * 4), [2, 2]);
const views = sampleImages(pool);
const classes = ["cat", "dog", "owl"];
const asked: Question[] = [{ kind: "class", samples: [3] }, { kind: "all", class: 1, samples: [5, 6] }, { kind: "any", class: 2, samples: [7, 8, 9] }];
const told = ["dog", "yes", null]; // what people say to them
const answers = [1, "yes", "cannot tell"];
const long = { timeout: 60_000 };

async function open(context: TestContext, double: StudioDouble, options: Partial<LabelStudioOptions> = {}): Promise<LabelStudioOracle> {
  const oracle = await labelStudioOracle({ url: double.url, token: "t", classes, pool, views, pulse: 0.05, ...options });
  context.after(() => oracle.close());
  return oracle;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The tasks of a question, and of them those without an answer. */
const tasksOf = (double: StudioDouble, question: Question) => [...double.tasks.values()].filter(({ meta }) => JSON.stringify(meta.almq) === JSON.stringify(question));
const openOf = (double: StudioDouble, question: Question) => tasksOf(double, question).filter(({ annotations }) => annotations.length === 0);
const say = (double: StudioDouble, i: number) => double.answer(tasksOf(double, asked[i]!)[0]!.id, told[i]!);
const heads = (replies: readonly { answer: unknown }[]) => replies.map(({ answer }) => answer);

test("labelStudioOracle(options) notices answers that nobody told it of", long, async (context) => {
  const double = await studioDouble(context);
  const oracle = await open(context, double);
  const replies = oracle.ask(asked);
  await until(() => double.tasks.size === 3);
  for (const i of [2, 0, 1]) say(double, i);
  assert.deepEqual(heads(await replies), answers);
});

test("labelStudioOracle(options) puts a question again that was taken away, alone, also when the connection breaks meanwhile", long, async (context) => {
  for (const fault of ["refused", "lost before", "lost after", "half"] as const) {
    const double = await studioDouble(context);
    const oracle = await open(context, double, { pulse: 0.3 });
    const replies = oracle.ask(asked);
    await until(() => double.tasks.size === 3);
    double.faults = ["none", "none", "none", fault]; // it looks at three tasks, then it imports
    double.tasks.delete(tasksOf(double, asked[1]!)[0]!.id);
    await until(() => tasksOf(double, asked[1]!).length === 1 && double.faults.length === 0);
    for (const i of [0, 1, 2]) say(double, i);
    assert.deepEqual(heads(await replies), answers, fault);
    assert.equal(double.tasks.size, 3, `${fault}: nothing is asked twice`);
  }
});

test("labelStudioOracle(options) lets whoever answered go when it refuses an answer, and makes nobody wait after that", long, async (context) => {
  const double = await studioDouble(context);
  const oracle = await open(context, double, { hold: 50 });
  const replies = oracle.ask(asked);
  await until(() => double.tasks.size === 3);
  const wrong = double.answer(tasksOf(double, asked[1]!)[0]!.id, "dog");
  const waits = double.tell();
  await assert.rejects(replies, new RegExp(`expected yes or no to the all question, got dog at annotation ${wrong.id}`));
  await waits;
  await double.tell();
  tasksOf(double, asked[1]!)[0]!.annotations.splice(0);
  const again = oracle.ask(asked);
  for (const i of [0, 1, 2]) say(double, i);
  assert.deepEqual(heads(await again), answers);
});

test("labelStudioOracle(options) gets every answer once, whatever fails, is taken away, comes late or is told of or not", long, async (context) => {
  const faults: Fault[] = ["none", "none", "none", "refused", "lost before", "lost after", "half", "late"];
  for (let seed = 1; seed <= 12; seed++) {
    const random = randomSource(seed);
    const one = <T>(of: readonly T[]): T => of[random.integer(of.length)]!;
    const double = await studioDouble(context);
    const file = join(temporaryFolder(context), "answers.jsonl");
    const oracle = await open(context, double, { pulse: 0.02, hold: 0.1, answers: file });
    double.faults = Array.from({ length: 40 }, () => one(faults));
    let over = false;
    const replies = oracle.ask(asked).finally(() => (over = true));
    for (let steps = 0; !over; steps++) {
      await new Promise((resolve) => setTimeout(resolve, one([0, 5, 20])));
      const open = asked.flatMap((question, i) => openOf(double, question).map(({ id }) => ({ id, i })));
      if (open.length === 0) continue;
      const { id, i } = one(open);
      if (steps < 30 && random.next() < 0.4) double.tasks.delete(id);
      else double.answer(id, told[i]!);
      if (random.next() < 0.5) void double.tell(one(["ANNOTATION_CREATED", "ANNOTATIONS_DELETED"]));
    }
    assert.deepEqual(heads(await replies), answers, `seed ${seed}`);
    double.faults = [];
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    assert.equal(lines.length, 1 + asked.length, `seed ${seed}: each answer is kept once`);
    const next: Question = { kind: "class", samples: [0] };
    const more = oracle.ask([next]);
    await until(() => tasksOf(double, next).length === 1);
    assert.deepEqual(asked.flatMap((question) => openOf(double, question)), [], `seed ${seed}: nobody is asked what is known`);
    double.answer(tasksOf(double, next)[0]!.id, "owl");
    assert.deepEqual(heads(await more), [2]);
    await oracle.close();
  }
});
