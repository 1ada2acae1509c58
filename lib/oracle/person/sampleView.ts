/** How a sample is shown to a person. Text is shown as text, whatever it holds. */
export type SampleView =
  | { readonly kind: "image"; readonly type: "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/bmp"; readonly bytes: Uint8Array }
  | { readonly kind: "row"; readonly cells: readonly (readonly [name: string, value: string])[] }
  /** Drawn as one line per channel. */
  | { readonly kind: "signal"; readonly channels: readonly (readonly number[])[] }
  | { readonly kind: "text"; readonly text: string };

/** The view of every sample of a pool, made when it is first shown. */
export type SampleViews = (sample: number) => SampleView;
