/** A session for tests: the stand-in digits; `node session.js ANSWERS PORT-FILE` runs it until it ends. */
import { renameSync, writeFileSync } from "node:fs";
import { almqStrategy, inMemory, loadDataset, person, randomSource, sampleImages, standardize, type PersonOptions } from "almq";

/** The digits and the settings of a short run over all kinds of questions. */
export async function digitSession(budget = 8): Promise<{ options: PersonOptions; labels: Int32Array }> {
  const digits = await loadDataset("handwriting", { standIn: true, size: 120 });
  const options: PersonOptions = {
    pool: inMemory(standardize(digits.samples, digits.samples)),
    classes: digits.classes,
    views: sampleImages(digits.samples, { range: [1, 0] }),
    title: digits.source,
    strategy: almqStrategy({ all: [0.27, 0.32, 0.34], any: [0.28, 0.29] }, "corrected"),
    costs: "assumed",
    initial: 12,
    budget,
    batchBudget: 2,
    exploration: {},
    fit: { epochs: 20, batchSize: 64, learningRate: 5e-3, fidelity: "corrected" },
    grace: 0,
    random: randomSource("session"),
  };
  return { options, labels: digits.labels };
}

async function main(answers: string, told: string): Promise<void> {
  const { options } = await digitSession();
  const session = person({ ...options, answers });
  writeFileSync(`${told}.part`, await session.opened);
  renameSync(`${told}.part`, told);
  const { records } = await session.ended;
  writeFileSync(`${told}.records`, JSON.stringify(records));
}

const [answers, told] = process.argv.slice(2);
if (require.main === module && answers !== undefined && told !== undefined) void main(answers, told);
