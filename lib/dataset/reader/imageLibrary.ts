/** A picture on its way through sharp: each step returns the next. */
export interface Picture {
  metadata(): Promise<{ readonly format: string; readonly channels: number }>;
  removeAlpha(): Picture;
  resize(width: number, height: number, how: { fit: "fill"; kernel: "linear" }): Picture;
  toColourspace(space: "b-w" | "srgb"): Picture;
  raw(how: { depth: "uchar" }): Picture;
  png(): Picture;
  jpeg(how: { quality: number; chromaSubsampling: "4:4:4" }): Picture;
  toBuffer(): Promise<Buffer>;
}

/** What almq uses of sharp. */
export interface ImageLibrary {
  (file: string, limits: { failOn: "error"; limitInputPixels: number }): Picture;
  (pixels: Uint8Array, shape: { raw: { width: number; height: number; channels: 1 | 3 | 4 } }): Picture;
}

/** Loads sharp: only who decodes images waits for it, and only who decodes images needs it. */
export async function imageLibrary(): Promise<ImageLibrary> {
  const name: string = "sharp";
  return ((await import(name)) as { default: ImageLibrary }).default;
}
