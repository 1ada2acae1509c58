import { refuse } from "../runtime/refuse";

/** Height, width and channels of images that are at least `smallest` high and wide. */
export function image(shape: readonly number[], caller: string, smallest: number): [number, number, number] {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || height! < smallest || width! < smallest)
    refuse(caller, `images of at least ${smallest} × ${smallest}, [height, width, channel]`, `shape ${shape.join(" × ")}`);
  return [height!, width!, channels!];
}

/** Rows and columns around images [sample, height, width, channel]. */
export function frame(padding: number): [number, number][] {
  return [[0, 0], [padding, padding], [padding, padding], [0, 0]];
}
