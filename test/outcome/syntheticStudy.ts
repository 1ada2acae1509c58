import { allOffer, anyOffer, classOffer, runName, type Fidelity, type Metrics, type OutcomeRecord, type RandomSource, type ReplicateOutcome, type RunOutcome } from "almq";

const choice = [classOffer({ cost: 1 }), allOffer({ size: 2, cost: 0.32 }), anyOffer({ size: 2, cost: 0.28 })];

interface SyntheticSettings {
  readonly study?: string;
  readonly budget?: number;
  readonly batchBudget?: number;
  readonly fidelity?: Fidelity;
}

/** A made-up replicate: two runs that learn at random. For tests only. */
export function syntheticReplicate(replicate: number, random: RandomSource, { study = "synthetic", budget = 10, batchBudget = 5, fidelity = "paper" }: SyntheticSettings = {}): ReplicateOutcome {
  const runs = [syntheticRun("ALMQ", true, budget, batchBudget, random), syntheticRun("RA", false, budget, batchBudget, random)];
  return {
    header: {
      format: 2,
      study,
      dataset: "handwriting",
      source: "numbers made up for a test",
      standIn: true,
      fidelity,
      seed: 7,
      replicate,
      settings: { initial: 150, budget, batchBudget },
      versions: { almq: "0.1.0", tensorflow: "2.21.0", tfjs: "4.22.0", node: "20.0.0" },
      backend: "none",
      offers: Object.fromEntries(runs.map((run) => [runName(run), run.method === "ALMQ" ? choice : choice.slice(0, 1)])),
      full: { poolAccuracy: 0.97, testAccuracy: 0.96 },
    },
    runs,
  };
}

function syntheticRun(method: string, exploration: boolean, budget: number, batchBudget: number, random: RandomSource): RunOutcome {
  const offers = method === "ALMQ" ? choice : choice.slice(0, 1);
  const metrics = (spent: number): Metrics => ({
    accuracy: 0.85 + 0.1 * (1 - Math.exp(-spent / 8)) + 0.01 * random.next(),
    crossEntropy: random.next(),
    entropy: random.next(),
    variance: random.next(),
    leastConfidence: random.next(),
  });
  let model = { pool: metrics(0), test: metrics(0) };
  const records: OutcomeRecord[] = [{ step: 0, spent: 0, ...model }];
  for (let step = 1, spent = 0, mark = 0; ; step++) {
    const affordable = offers.filter(({ cost }) => spent + cost <= budget + 1e-6);
    if (affordable.length === 0) return { method, exploration, records, stopped: { by: "budget", because: `${spent} of ${budget} is spent` } };
    const { kind, size, cost } = affordable[random.integer(affordable.length)]!;
    spent += cost;
    if (spent > mark + batchBudget) {
      mark += batchBudget;
      model = { pool: metrics(spent), test: metrics(spent) };
    }
    const samples = Array.from({ length: size }, () => random.integer(4000));
    const question = kind === "class" ? { kind, samples: [samples[0]!] as const } : { kind, class: random.integer(10), samples };
    const answer = kind === "class" ? random.integer(10) : random.next() < 0.6 ? "yes" : "no";
    records.push({ step, spent, question, answer, scores: offers.map(() => random.next()), ...model });
  }
}
