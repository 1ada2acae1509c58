/** Seconds that the page measured while a question was on it. */
export interface PageSeconds {
  /** Seen and worked on. */
  readonly seconds: number;
  /** Until the samples were drawn, before the clock began. */
  readonly load?: number;
  /** Out of sight. */
  readonly hidden?: number;
  /** In sight, without any sign of a person for a minute. */
  readonly idle?: number;
}

/** Sums the parts, and takes no page's word for more time than has passed here. */
export function totalSeconds(parts: readonly PageSeconds[], passed: number): Required<PageSeconds> {
  const sum = (of: keyof PageSeconds) => round(parts.reduce((seconds, part) => seconds + (part[of] ?? 0), 0));
  return { seconds: Math.min(sum("seconds"), round(passed)), load: sum("load"), hidden: sum("hidden"), idle: sum("idle") };
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
