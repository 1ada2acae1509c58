/** `npm run train -- STUDY`: trains a study's model on its whole pool, every label given, and says how good it gets. */
import { parseArgs } from "node:util";
import { studies, studyNamed } from "../experiment/studies";
import { studyData } from "../experiment/study";
import { metrics } from "../probability/metrics";
import { labeled } from "../question/question";
import { randomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import { fitAlone } from "../training/fitCrowd";
import type { FitSettings } from "../training/fitSettings";
import { runCommand } from "./runCommand";

const usage = `npm run train -- STUDY [--epochs 3] [--seed 1] [--fidelity corrected|paper] [--stand-in]`;

const help = `${usage}

Trains a study's model on its whole pool, every label given, and says how good it gets.
  STUDY       ${Object.keys(studies).join(", ")}, or one of L. Pantea's studies, such as pantea-mnist-lenet-none-constrained;
              any of them with -quick behind its name is much smaller
  --epochs    passes over the pool (default: as many as in the study)
  --seed      of all that is random (default 1)
  --fidelity  corrected: without the slips of the released code (default), or paper: as it does it
  --stand-in  on data that almq draws instead of the real ones`;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { epochs: { type: "string" }, seed: { type: "string", default: "1" }, fidelity: { type: "string", default: "corrected" }, "stand-in": { type: "boolean", default: false } },
  });
  const [name] = positionals;
  if (name === undefined || positionals.length > 1) refuse("train", `one study: ${usage}`, positionals.join(" ") || "none");
  const { fidelity } = values;
  if (fidelity !== "paper" && fidelity !== "corrected") refuse("train", "a fidelity of paper or corrected", fidelity);
  const study = studyNamed(name);
  const random = randomSource(values.seed).split(study.name).split("train");
  const data = await studyData(study, values["stand-in"]);
  const { pool, test } = study.split(data, fidelity, random.split("split"));
  const classifier = await study.classifier(data, random.split("weights"), fidelity);
  const settings: FitSettings = { ...study.fit, fidelity, ...(values.epochs !== undefined && { epochs: Number(values.epochs) }) };
  const observations = Array.from(pool.labels, (label, sample) => labeled(sample, label));
  console.log(`${study.name}: ${data.source}, ${pool.samples.count} samples to learn from, ${test.samples.count} to test on`);
  const begun = performance.now();
  const { losses } = await fitAlone.fit({ classifier, samples: pool.samples, observations, settings, random: random.split("fit") });
  console.log(`loss of each epoch  ${losses.map((loss) => loss.toFixed(4)).join(", ")} (${((performance.now() - begun) / 1000).toFixed(0)} s)`);
  const { accuracy, crossEntropy } = metrics((await classifier.look(test.samples)).probabilities, test.labels);
  console.log(`test set            accuracy ${accuracy.toFixed(4)}, cross-entropy ${crossEntropy.toFixed(4)}`);
}

runCommand(main, help);
