import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { NamedArrays } from "almq";

/** Sixty steps on labels and answers; weights in the layers' order, dense ones [inputs, units]. */
interface Fitted {
  readonly start: number[][];
  readonly losses: number[];
  readonly end: number[][];
  readonly logits: number[];
}

type State = Readonly<Record<string, { readonly shape: number[]; readonly values: number[] }>>;

interface Torch {
  readonly x: number[];
  readonly adam: Fitted;
  readonly sgd: Fitted;
  readonly images: { x: number[]; labels: number[]; start: State; losses: number[]; end: State; logits: number[] };
  readonly resNet18: { x: number[]; logits: number[] };
  readonly resNet50: { x: number[]; logits: number[] };
}

/** Where the reference numbers lie. */
export const folder = join(__dirname, "../../../test/reference");

/** Numbers computed with PyTorch; see README.md in this folder. */
export const torch = JSON.parse(readFileSync(join(folder, "torch.json"), "utf8")) as Torch;

/** A state as almq reads it from a file. */
export function arrays(state: State): NamedArrays {
  return Object.fromEntries(Object.entries(state).map(([name, { shape, values }]) => [name, { shape, values: Float32Array.from(values) }]));
}
