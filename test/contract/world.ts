import fc from "fast-check";
import { probabilities, randomSource, type Probabilities } from "almq";

/** What criteria look at: probabilities [sample, class, draw] and a vector for every sample. */
export interface World {
  readonly p: Probabilities;
  readonly features: Float64Array[];
}

interface Shape {
  readonly samples: number;
  readonly classes: number;
  readonly draws: number;
}

type Kind = "smooth" | "certain" | "zero" | "uniform" | "agreed" | "repeated";

const width = 3;

/** Small worlds with the hard cases among them: impossible and certain classes, equal rows, equal draws. */
export function anyWorld(atLeast = 1): fc.Arbitrary<World> {
  const kinds: Kind[] = ["smooth", "smooth", "certain", "zero", "uniform", "agreed", "repeated"];
  return fc.tuple(shapes(atLeast), fc.nat()).map(([shape, seed]) => {
    const random = randomSource(`kinds ${seed}`);
    return worldOf(shape, seed, () => kinds[random.integer(kinds.length)]!);
  });
}

/** Worlds in which no two numbers are equal, so that nothing is left to a tie. */
export function smoothWorld(atLeast = 1): fc.Arbitrary<World> {
  return fc.tuple(shapes(atLeast), fc.nat()).map(([shape, seed]) => worldOf(shape, seed, () => "smooth"));
}

function shapes(atLeast: number): fc.Arbitrary<Shape> {
  return fc.record({ samples: fc.integer({ min: atLeast, max: 10 }), classes: fc.integer({ min: 2, max: 5 }), draws: fc.integer({ min: 2, max: 5 }) });
}

function worldOf({ samples, classes, draws }: Shape, seed: number, kindOf: () => Kind): World {
  const random = randomSource(seed);
  const values = new Float64Array(samples * classes * draws);
  const features: Float64Array[] = [];
  for (let i = 0; i < samples; i++) {
    const kind = kindOf();
    if (kind === "repeated" && i > 0) {
      values.copyWithin(i * classes * draws, (i - 1) * classes * draws, i * classes * draws);
      features.push(features[i - 1]!.slice());
      continue;
    }
    features.push(Float64Array.from({ length: width }, () => random.normal()));
    const centre = Array.from({ length: classes }, () => random.normal());
    for (let k = 0; k < draws; k++) {
      const logits = kind === "agreed" ? centre : centre.map((c) => c + random.normal());
      rowOf(kind, logits, random.integer(classes)).forEach((each, l) => (values[(i * classes + l) * draws + k] = each));
    }
  }
  return { p: probabilities(values, { samples, classes, draws }), features };
}

function rowOf(kind: Kind, logits: number[], chosen: number): number[] {
  if (kind === "certain") return logits.map((_, l) => (l === chosen ? 1 : 0));
  if (kind === "uniform") return logits.map(() => 1 / logits.length);
  const weights = logits.map((z, l) => (kind === "zero" && l === chosen ? 0 : Math.exp(z)));
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}

/** The world with its samples in another order: sample i is what sample order[i] was. */
export function reorderSamples({ p, features }: World, order: readonly number[]): World {
  const row = p.classes * p.draws;
  const values = new Float64Array(order.length * row);
  order.forEach((from, to) => values.set(p.values.subarray(from * row, (from + 1) * row), to * row));
  return { p: probabilities(values, { ...p, samples: order.length }), features: order.map((from) => features[from]!) };
}

/** The world with its classes in another order. */
export function reorderClasses({ p, features }: World, order: readonly number[]): World {
  const values = p.values.map((_, at) => {
    const draw = at % p.draws;
    const l = Math.floor(at / p.draws) % p.classes;
    const sample = Math.floor(at / p.draws / p.classes);
    return p.values[(sample * p.classes + order[l]!) * p.draws + draw]!;
  });
  return { p: probabilities(values, p), features };
}

/** Every prediction moved a part of the way to the uniform one. */
export function towardsUniform({ p, features }: World, part: number): World {
  return { p: probabilities(p.values.map((each) => (1 - part) * each + part / p.classes), p), features };
}

export function copyOf({ p, features }: World): World {
  return { p: probabilities(Float64Array.from(p.values), p), features: features.map((row) => row.slice()) };
}
