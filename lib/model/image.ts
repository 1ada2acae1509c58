import { refuse } from "../runtime/refuse";

/** Height, width and channels of images that are at least `smallest` high and wide. */
export function image(shape: readonly number[], caller: string, smallest: number): [number, number, number] {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || height! < smallest || width! < smallest)
    refuse(caller, `images of at least ${smallest} × ${smallest}, [height, width, channel]`, `shape ${shape.join(" × ")}`);
  return [height!, width!, channels!];
}

/** Padding of images [sample, height, width, channel] before and behind each axis: rows and columns only. */
export function paddings(padding: number): [number, number][] {
  return [[0, 0], [padding, padding], [padding, padding], [0, 0]];
}

/** Rows or columns that a window leaves of so many: ⌊(length + 2 · padding − window) / stride⌋ + 1. */
export function outputLength(length: number, window: number, stride: number, padding: number): number {
  return Math.floor((length + 2 * padding - window) / stride) + 1;
}

/** Refuses sizes and strides that are not whole or below 1, and such a padding below 0; `named` says which they are. */
export function requireWindow(caller: string, named: string, sizes: readonly number[], padding: number): void {
  if (sizes.every((size) => Number.isInteger(size) && size >= 1) && Number.isInteger(padding) && padding >= 0) return;
  refuse(caller, `${named} of at least 1, and a padding of at least 0`, [...sizes, padding]);
}
