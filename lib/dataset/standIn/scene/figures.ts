import type { Colour } from "../paint/canvas";
import { mammal } from "./mammal";
import { bird, butterfly, chicken, frog, spider } from "./otherAnimal";
import type { Figure } from "./scene";
import { airplane, automobile, ship, truck } from "./vehicle";

const white: Colour = [0.93, 0.91, 0.87];
const black: Colour = [0.12, 0.11, 0.11];
const brown: Colour = [0.45, 0.29, 0.16];
const tan: Colour = [0.72, 0.54, 0.33];
const grey: Colour = [0.52, 0.52, 0.53];
const orange: Colour = [0.83, 0.5, 0.16];
const red: Colour = [0.76, 0.14, 0.13];
const blue: Colour = [0.18, 0.32, 0.68];
const yellow: Colour = [0.9, 0.78, 0.2];
const green: Colour = [0.36, 0.58, 0.2];

const paints: Figure["colours"] = [[red, white], [blue, white], [white, blue], [yellow, black], [grey, red], [black, grey], [green, white]];

/** Every figure of the colour stand-ins: how it is drawn, in which colours, where. */
export const figures = {
  airplane: { draw: airplane, colours: [[white, blue], [white, red], [grey, white], [[0.8, 0.82, 0.85], grey]], grounds: ["sky", "sky", "road"] },
  automobile: { draw: automobile, colours: paints, grounds: ["road", "road", "field", "snow"] },
  truck: { draw: truck, colours: paints, grounds: ["road", "road", "field"] },
  ship: { draw: ship, colours: [[black, red], [red, black], [blue, white], [white, blue], [grey, orange]], grounds: ["sea"] },
  bird: { draw: bird, colours: [[brown, tan], [grey, white], [blue, white], [red, brown], [black, grey]], grounds: ["meadow", "sky", "field", "snow"] },
  frog: { draw: frog, colours: [[green, [0.7, 0.75, 0.4]], [brown, tan], [[0.3, 0.42, 0.15], yellow]], grounds: ["meadow", "field", "sea"] },
  dog: { draw: mammal("dog"), colours: [[brown, black], [tan, brown], [black, brown], [white, tan], [grey, black]], grounds: ["meadow", "room", "field", "snow"] },
  cat: { draw: mammal("cat"), colours: [[grey, black], [orange, white], [black, grey], [white, grey], [tan, brown]], grounds: ["room", "room", "meadow"] },
  horse: { draw: mammal("horse"), colours: [[brown, black], [tan, white], [black, black], [white, grey], [orange, brown]], grounds: ["meadow", "field", "field"] },
  deer: { draw: mammal("deer"), colours: [[brown, tan], [tan, brown], [orange, brown]], grounds: ["meadow", "field", "snow"] },
  cow: { draw: mammal("cow"), colours: [[white, black], [brown, white], [black, white], [tan, brown]], grounds: ["meadow", "meadow", "field"] },
  sheep: { draw: mammal("sheep"), colours: [[white, black], [white, white], [tan, black]], grounds: ["meadow", "field"] },
  elephant: { draw: mammal("elephant"), colours: [[grey, [0.42, 0.41, 0.42]], [[0.44, 0.42, 0.4], grey], [brown, grey]], grounds: ["field", "field", "meadow"] },
  squirrel: { draw: mammal("squirrel"), colours: [[brown, orange], [grey, grey], [orange, brown], [black, brown]], grounds: ["meadow", "field", "snow"] },
  chicken: { draw: chicken, colours: [[white, white], [brown, black], [orange, brown], [black, grey]], grounds: ["meadow", "field"] },
  butterfly: { draw: butterfly, colours: [[orange, black], [blue, white], [yellow, black], [white, black], [red, yellow]], grounds: ["meadow", "sky"] },
  spider: { draw: spider, colours: [[black, red], [brown, tan], [grey, white], [black, yellow]], grounds: ["room", "meadow", "field", "snow"] },
} as const satisfies Record<string, Figure>;
