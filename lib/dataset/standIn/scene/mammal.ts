import type { Brush } from "../paint/brush";
import { dim, type Colour } from "../paint/canvas";
import { drawQuadruped, type Quadruped } from "./quadruped";

/** How the animals with four legs that appear in the stand-ins are built. */
const builds = {
  dog: { body: [0.24, 0.12], leg: 0.22, legWidth: 0.055, head: [0.3, -0.15], headSize: [0.085, 0.075], muzzle: 0.05, ears: "floppy", tail: "thin" },
  cat: { body: [0.22, 0.11], leg: 0.16, legWidth: 0.045, head: [0.24, -0.13], headSize: [0.085, 0.08], muzzle: 0, ears: "pointed", tail: "thin", mark: whiskers },
  horse: { body: [0.24, 0.12], leg: 0.32, legWidth: 0.045, head: [0.32, -0.28], headSize: [0.07, 0.055], muzzle: 0.09, ears: "pointed", tail: "mane", mark: mane },
  cow: { body: [0.28, 0.16], leg: 0.2, legWidth: 0.055, head: [0.34, -0.06], headSize: [0.08, 0.075], muzzle: 0.04, ears: "round", tail: "tuft", mark: spotsAndHorns },
  sheep: { body: [0.22, 0.17], leg: 0.16, legWidth: 0.035, head: [0.27, -0.06], headSize: [0.06, 0.07], muzzle: 0.03, ears: "floppy", tail: "none", mark: wool },
  elephant: { body: [0.27, 0.2], leg: 0.24, legWidth: 0.1, head: [0.3, -0.08], headSize: [0.11, 0.12], muzzle: 0, ears: "large", tail: "tuft", mark: trunk },
  squirrel: { body: [0.14, 0.13], leg: 0.06, legWidth: 0.05, head: [0.14, -0.16], headSize: [0.075, 0.065], muzzle: 0.02, ears: "pointed", tail: "bushy", mark: bushyTail },
  deer: { body: [0.22, 0.1], leg: 0.32, legWidth: 0.03, head: [0.26, -0.26], headSize: [0.055, 0.05], muzzle: 0.05, ears: "long", tail: "none", mark: antlers },
} as const satisfies Record<string, Quadruped>;

/** Draws an animal with four legs. */
export function mammal(kind: keyof typeof builds): (brush: Brush, main: Colour, second: Colour) => void {
  return (brush, main, second) => drawQuadruped(brush, builds[kind], main, second);
}

type Mark = NonNullable<Quadruped["mark"]>;

function whiskers(...[b, { head: [x, y] }, , second]: Parameters<Mark>): void {
  for (const rise of [-0.03, 0, 0.03]) b.line([[x + 0.05, y + 0.03], [x + 0.15, y + 0.03 + rise]], 0.008, second);
}

function mane(...[b, { body, head: [x, y] }, , second]: Parameters<Mark>): void {
  b.blob([[x - 0.03, y - 0.07], [body[0] + 0.14, body[1] - 0.1], [body[0] + 0.1, body[1] - 0.06], [x - 0.1, y - 0.02]], second);
}

function spotsAndHorns(...[b, { body: [x, y], head }, , second]: Parameters<Mark>): void {
  b.blob([[x - 0.2, y - 0.08], [x - 0.08, y - 0.13], [x - 0.04, y + 0.02], [x - 0.16, y + 0.06]], second);
  b.blob([[x + 0.06, y - 0.1], [x + 0.18, y - 0.06], [x + 0.14, y + 0.08], [x + 0.05, y + 0.04]], second);
  for (const side of [-0.04, 0.03]) b.line([[head[0] + side, head[1] - 0.07], [head[0] + 1.8 * side, head[1] - 0.13]], 0.018, [0.9, 0.86, 0.74]);
}

function wool(...[b, { body: [x, y] }, main]: Parameters<Mark>): void {
  for (let i = 0; i < 14; i++) {
    const angle = (2 * Math.PI * i) / 14;
    b.ellipse([x + 0.2 * Math.cos(angle), y + 0.15 * Math.sin(angle)], [0.055, 0.05], dim(main, 0.92 + 0.08 * (i % 2)));
  }
}

function trunk(...[b, { head: [x, y] }, main]: Parameters<Mark>): void {
  b.line([[x + 0.08, y], [x + 0.14, y + 0.12], [x + 0.14, y + 0.26], [x + 0.18, y + 0.32]], 0.06, main);
  b.line([[x + 0.08, y + 0.08], [x + 0.17, y + 0.14]], 0.025, [0.94, 0.92, 0.85]);
}

function bushyTail(...[b, { body: [x, y] }, , second]: Parameters<Mark>): void {
  b.blob([[x - 0.12, y + 0.1], [x - 0.26, y + 0.05], [x - 0.3, y - 0.22], [x - 0.18, y - 0.38], [x - 0.06, y - 0.3], [x - 0.14, y - 0.16]], second);
}

function antlers(...[b, { head: [x, y] }, , second]: Parameters<Mark>): void {
  for (const side of [-1, 1]) {
    b.line([[x, y - 0.04], [x + 0.06 * side, y - 0.16], [x + 0.04 * side, y - 0.26]], 0.014, second);
    b.line([[x + 0.05 * side, y - 0.14], [x + 0.12 * side, y - 0.22]], 0.012, second);
  }
}
