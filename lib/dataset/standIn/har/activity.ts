import type { RandomSource } from "../../../random/randomSource";

/** 128 moments, 50 a second, of a telephone at the waist; axes x, y, z. */
export interface Recording {
  /** Acceleration of the body, without gravity, in g. */
  readonly body: readonly [Float64Array, Float64Array, Float64Array];
  /** Gravity, in g. */
  readonly gravity: readonly [Float64Array, Float64Array, Float64Array];
  /** Turning, in radians per second. */
  readonly gyro: readonly [Float64Array, Float64Array, Float64Array];
}

/** How somebody moves: their own pace, strength, and way of wearing the telephone. */
export interface Person {
  readonly pace: number;
  readonly strength: number;
  /** How the telephone hangs: turned about each axis, in radians. */
  readonly tilt: readonly [number, number, number];
}

/** Somebody new. */
export function person(random: RandomSource): Person {
  const tilt = () => 0.09 * random.normal();
  return { pace: 1 + 0.08 * random.normal(), strength: Math.exp(0.2 * random.normal()), tilt: [tilt(), tilt(), tilt()] };
}

interface Gait {
  /** Steps per second. */
  readonly rate: number;
  /** Of the swing along x (up), y (sideways), z (forward), in g. */
  readonly swing: readonly [number, number, number];
  /** Of the second harmonic, relative to the first: hard landings have more. */
  readonly impact: number;
  readonly turning: number;
  /** Lean of the trunk, in radians. */
  readonly lean: number;
}

/** Walking, upstairs, downstairs. */
const gaits: readonly Gait[] = [
  { rate: 1.95, swing: [0.26, 0.12, 0.16], impact: 0.5, turning: 0.55, lean: 0.05 },
  { rate: 1.65, swing: [0.24, 0.13, 0.15], impact: 0.35, turning: 0.6, lean: 0.18 },
  { rate: 2.1, swing: [0.36, 0.15, 0.18], impact: 0.95, turning: 0.65, lean: 0.0 },
];

/** Direction of gravity when sitting, standing, laying. */
const postures: readonly (readonly [number, number, number])[] = [[0.93, 0.16, 0.3], [0.99, 0.04, 0.1], [0.1, 0.72, 0.66]];

/**
 * Makes up a recording of an activity: 0 to 2 are steps with harmonics, 3 to 5 a posture with a slight sway.
 *
 * @param activity 0 walking, 1 upstairs, 2 downstairs, 3 sitting, 4 standing, 5 laying
 */
export function record(activity: number, who: Person, random: RandomSource): Recording {
  return activity < 3 ? walk(gaits[activity]!, who, random) : rest(postures[activity - 3]!, who, random);
}

function walk(gait: Gait, { pace, strength, tilt }: Person, random: RandomSource): Recording {
  const rate = gait.rate * pace * (1 + 0.05 * random.normal());
  const force = strength * Math.exp(0.15 * random.normal());
  const impact = gait.impact * Math.exp(0.25 * random.normal());
  const start = 2 * Math.PI * random.next();
  const lean = gait.lean + 0.05 * random.normal();
  const phases = Array.from({ length: 9 }, () => 0.4 * random.normal());
  const wave = (axis: number, size: number, share: number) =>
    series((t) => {
      const angle = start + 2 * Math.PI * rate * t;
      // Up and forward repeat with every step; sideways and turning with every second one.
      return size * (Math.sin(share * angle + phases[axis]!) + impact * Math.sin(2 * share * angle + phases[axis + 3]!)) + 0.05 * size * random.normal();
    });
  const [up, side, forward] = gait.swing.map((size) => size * force) as [number, number, number];
  return {
    body: [wave(0, up, 1), wave(1, side, 0.5), wave(2, forward, 1)],
    gravity: steady([Math.cos(lean + tilt[0]), Math.sin(tilt[1]), Math.sin(lean + tilt[2])], random),
    gyro: [wave(2, gait.turning * force, 0.5), wave(1, 0.8 * gait.turning * force, 0.5), wave(0, 0.5 * gait.turning * force, 0.5)],
  };
}

function rest(posture: readonly [number, number, number], { tilt }: Person, random: RandomSource): Recording {
  const sway = 0.008 * Math.exp(0.5 * random.normal());
  const still = (size: number) => {
    let drift = 0;
    return series(() => (drift = 0.9 * drift + size * random.normal()));
  };
  const direction = posture.map((value, axis) => value + tilt[axis]! + 0.045 * random.normal()) as [number, number, number];
  return {
    body: [still(sway), still(sway), still(sway)],
    gravity: steady(direction, random),
    gyro: [still(4 * sway), still(3 * sway), still(3 * sway)],
  };
}

function series(at: (seconds: number) => number): Float64Array {
  return Float64Array.from({ length: 128 }, (_, t) => at(t / 50));
}

/** Gravity of length 1 that wavers a little. */
function steady(direction: readonly [number, number, number], random: RandomSource): Recording["gravity"] {
  const length = Math.hypot(...direction);
  const axis = (value: number) => {
    let drift = 0;
    return series(() => value / length + (drift = 0.98 * drift + 0.001 * random.normal()));
  };
  return [axis(direction[0]), axis(direction[1]), axis(direction[2])];
}
