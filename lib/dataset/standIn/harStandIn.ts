import type { RandomSource } from "../../random/randomSource";
import { person, record } from "./har/activity";
import { harFeatures } from "./har/features";
import type { StandInFiles } from "./standInFiles";

interface Window {
  readonly subject: number;
  readonly activity: number;
  readonly features: number[];
}

/**
 * Makes up people who walk, climb, sit, stand and lie, and turns their movements into the 561 features of UCI HAR,
 * each scaled to −1 … 1 over everybody, in UCI's text files. Nobody in the test set is in the training set.
 */
export function harStandIn(size: number, random: RandomSource): StandInFiles {
  const train = windows(size, 1, random.split("train"));
  const test = windows(Math.ceil(size / 5), 22, random.split("test"));
  scale([...train, ...test]);
  return [...textFiles("train", train), ...textFiles("test", test)];
}

/** Up to 21 people are trained on, 9 more tested on, as in UCI HAR. */
function windows(count: number, firstSubject: number, random: RandomSource): Window[] {
  const people = Array.from({ length: firstSubject === 1 ? 21 : 9 }, () => person(random));
  return Array.from({ length: count }, () => {
    const who = random.integer(people.length);
    const activity = random.integer(6);
    return { subject: firstSubject + who, activity, features: harFeatures(record(activity, people[who]!, random)) };
  });
}

function scale(all: readonly Window[]): void {
  for (let feature = 0; feature < 561; feature++) {
    const values = all.map((window) => window.features[feature]!);
    const least = values.reduce((a, b) => Math.min(a, b));
    const most = values.reduce((a, b) => Math.max(a, b));
    for (const { features } of all) features[feature] = most === least ? 0 : (2 * (features[feature]! - least)) / (most - least) - 1;
  }
}

function textFiles(part: "train" | "test", rows: readonly Window[]): [string, Uint8Array][] {
  const text = (line: (window: Window) => string) => Buffer.from(rows.map((window) => `${line(window)}\n`).join(""));
  return [
    [`${part}/X_${part}.txt`, text(({ features }) => features.map(scientific).join(""))],
    [`${part}/y_${part}.txt`, text(({ activity }) => String(activity + 1))],
    [`${part}/subject_${part}.txt`, text(({ subject }) => String(subject))],
  ];
}

/** A number in 16 places, as UCI writes it: `  2.8858451e-001`. */
function scientific(value: number): string {
  const [digits, exponent] = value.toExponential(7).split("e") as [string, string];
  return `${digits}e${exponent[0]}${exponent.slice(1).padStart(3, "0")}`.padStart(16);
}
