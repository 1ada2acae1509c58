import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Numbers computed elsewhere; see README.md in this folder. Sections are read where they are tested. */
export interface Vectors {
  readonly probabilities_mc: number[][][];
  readonly probabilities_mean: number[][];
  readonly class_scores: { sample: number; entropy: number; least_confidence: number; one_minus_margin: number; variance: number }[];
  readonly uncertainty: {
    sample: number;
    least_confidence: number;
    least_confidence_normalized: number;
    margin: number;
    margin_of_confidence: number;
    ratio_of_confidence: number;
    entropy_nats: number;
    entropy_bits: number;
    entropy_normalized: number;
  }[];
  readonly bald_class: { sample: number; value: number }[];
  readonly committee: {
    sample: number;
    vote_entropy_nats: number;
    consensus_entropy_nats: number;
    kl_to_consensus_nats: number;
    bald_nats: number;
  }[];
  readonly batch_bald: { samples: number[]; joint_mutual_information_nats: number }[];
  readonly core_set: { features: number[][]; labeled: number[]; picks: number[]; cover_radius: number };
  readonly gain_tv: { q: number; samples: number[]; class: number; all: number; any: number }[];
  readonly gain_tv_class: { sample: number; value: number }[];
  readonly gain_tv_exchange: { question: "all" | "any"; q: number; kept: number[]; class: number; best_exchange: number; value: number }[];
  readonly bald: { samples: number[]; class: number; all: number; any: number }[];
  readonly screening: { question: "class" | "all" | "any"; threshold: number; class?: number; kept: number[] }[];
  readonly exploration: {
    logits: number[][];
    asked: number[];
    explore_rate: number;
    initial_quantile: number;
    radius_steps: number;
    kept: number[];
    radius: number;
  }[];
  readonly losses: { samples: number[]; class: number; answer: 0 | 1; all: number; any: number }[];
  readonly class_losses: { sample: number; label: number; loss: number }[];
  readonly batch_size: { requested: number; observations: number; used: number }[];
  readonly badge: { embeddings: number[][]; probabilities: number[][]; first_centre: number; distance_to_first: number[] };
}

const folder = join(__dirname, "../../../test/reference");

export const vectors = JSON.parse(readFileSync(join(folder, "vectors.json"), "utf8")) as Vectors;
