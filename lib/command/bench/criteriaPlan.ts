import type { Extent } from "./extent";

/** One library on one task at one size. */
export interface Measurement {
  readonly task: string;
  readonly library: string;
  readonly samples: number;
  readonly repeats: number;
}

/** By task, and up to how many samples a library is measured; beyond, it takes too long or too much memory. */
const reach: Record<string, Record<string, number>> = {
  entropy: { almq: 1e6, torch: 1e6, "torch, p log p": 1e6, "scikit-activeml": 1e6, baal: 1e6 },
  bald: { almq: 1e6, torch: 1e6, baal: 60_000, batchbald_redux: 60_000 },
  "bald, streamed": { almq: 1e6 },
  badge: { almq: 1e6, torch: 1e6, "scikit-activeml": 60_000 },
  coreSet: { almq: 1e6, torch: 1e6, "scikit-activeml": 60_000 },
  batchBald: { almq: 60_000, batchbald_redux: 1000 },
};

const sizes = [1000, 10_000, 60_000, 1_000_000];

/**
 * What is measured, every library next to the others at the same task and size.
 *
 * `"quick"` leaves out the pools above 10,000; `"full"` adds one run of batchbald_redux on 60,000 samples, which takes half an hour.
 */
export function criteriaPlan(extent: Extent): Measurement[] {
  const largest = extent === "quick" ? 10_000 : 1_000_000;
  return Object.entries(reach).flatMap(([task, libraries]) =>
    sizes
      .filter((samples) => samples <= largest)
      .flatMap((samples) =>
        Object.entries(libraries).flatMap(([library, most]): Measurement[] => {
          if (samples <= most) return [{ task, library, samples, repeats: samples >= 1e6 || (task === "badge" && library !== "almq") ? 5 : 9 }];
          const once = extent === "full" && library === "batchbald_redux" && task === "batchBald" && samples === 60_000;
          return once ? [{ task, library, samples, repeats: 1 }] : [];
        }),
      ),
  );
}
