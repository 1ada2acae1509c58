import type { Samples } from "../dataset/dataset";
import { sizeOf, smallestBatch } from "../model/layer";
import { Network } from "../model/network";
import { permutation } from "../random/shuffle";
import { refuse } from "../runtime/refuse";
import { adam } from "./adam";
import { balancedBatchSize } from "./balancedBatchSize";
import { EarlyStopping } from "./earlyStopping";
import { encodeAnswers, type EncodedAnswers } from "./encodedAnswers";
import type { FitReport, FitRequest, FitSettings } from "./fitSettings";
import { l1Penalty, type Penalty } from "./l1Penalty";
import type { Optimizer } from "./optimizer";
import { sgd } from "./sgd";

/** At most so many numbers are kept for the whole fit; larger inputs are read anew for every mini-batch. */
const keptNumbers = 2 ** 24;

/**
 * One fit on its way: which mini-batch comes next, the optimiser's state, the losses so far.
 *
 * The observations are shuffled once and cut into the same consecutive mini-batches in every epoch.
 */
export class Fitting {
  readonly network: Network;
  readonly answers: EncodedAnswers;
  /** Which of the network's parameters are trained. */
  readonly trained: readonly number[];
  /** The current mini-batch: observations `from` to `to` − 1. */
  from = 0;
  to: number;
  /** Why the fit was given up. */
  failure: unknown;
  private readonly losses: number[] = [];
  private epochLoss = 0;
  private ended = false;
  private stoppedEarly = false;
  private readonly batchSize: number;
  private readonly optimizer: Optimizer;
  private readonly penalty: Penalty;
  private readonly stopping: EarlyStopping;
  private readonly samples: Samples;
  private readonly inputs: Float32Array | undefined;

  constructor(readonly request: FitRequest) {
    const { classifier, samples, observations, settings, random } = request;
    if (!(classifier instanceof Network)) refuse("fit", "a network made by almq", classifier);
    check(settings);
    this.network = classifier;
    this.samples = classifier.inputs(samples, "fit");
    this.answers = encodeAnswers(observations, permutation(observations.length, random), samples.count, classifier.classes);
    this.batchSize = balancedBatchSize(settings.batchSize, this.answers.count);
    this.to = Math.min(this.batchSize, this.answers.count);
    requireRows(this.answers, this.batchSize, smallestBatch(classifier.layers));
    this.trained = classifier.parameters.flatMap(({ trained }, i) => (trained ? [i] : []));
    const weights = this.trained.map((i) => classifier.values[i]!);
    const { optimizer = { name: "adam" } } = settings;
    this.optimizer = optimizer.name === "sgd" ? sgd(weights, settings.learningRate, optimizer) : adam(weights, settings.learningRate);
    this.penalty = l1Penalty(classifier, this.trained, settings.l1);
    this.stopping = new EarlyStopping(classifier.values, settings.patience ?? 5, settings.fidelity === "corrected");
    const numbers = this.answers.samples.length * sizeOf(this.samples.shape);
    if (numbers <= keptNumbers) this.samples.read(this.answers.samples, (this.inputs = new Float32Array(numbers)));
  }

  /** Samples shown in the current mini-batch. */
  get rows(): number {
    return this.answers.starts[this.to]! - this.answers.starts[this.from]!;
  }

  get done(): boolean {
    return this.ended;
  }

  get report(): FitReport {
    return { epochs: this.losses.length, losses: this.losses, stoppedEarly: this.stoppedEarly };
  }

  /** Writes the inputs of the current mini-batch, row by row; where they cannot be read, this fit ends and zeros stand for them. */
  read(out: Float32Array, at: number): void {
    const width = sizeOf(this.samples.shape);
    const first = this.answers.starts[this.from]!;
    const last = this.answers.starts[this.to]!;
    const rows = out.subarray(at, at + (last - first) * width);
    if (this.inputs) return rows.set(this.inputs.subarray(first * width, last * width));
    try {
      this.samples.read(this.answers.samples.subarray(first, last), rows);
    } catch (error) {
      this.fail(error);
      rows.fill(0);
    }
  }

  /** Takes one step along the gradients, one for every trained parameter, of the current mini-batch's loss and moves on to the next. */
  learn(loss: number, gradients: readonly Float32Array[]): void {
    if (this.ended) return;
    const total = loss + this.penalty(gradients);
    if (!Number.isFinite(total)) return this.giveUp(total);
    this.optimizer.step(gradients);
    this.epochLoss += (total * (this.to - this.from)) / this.answers.count;
    this.from = this.to;
    if (this.from === this.answers.count) this.endEpoch();
    this.to = Math.min(this.from + this.batchSize, this.answers.count);
  }

  private giveUp(loss: number): void {
    try {
      refuse("fit", "a finite loss (a smaller learning rate may help)", loss, `epoch ${this.losses.length + 1}`);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Only this fit fails, not those that step with it. */
  private fail(error: unknown): void {
    this.ended = true;
    this.failure = error;
  }

  private endEpoch(): void {
    this.losses.push(this.epochLoss);
    this.stoppedEarly = this.stopping.stopsAfter(this.epochLoss);
    this.ended = this.stoppedEarly || this.losses.length === this.request.settings.epochs;
    if (this.ended) this.stopping.finish();
    this.epochLoss = 0;
    this.from = 0;
  }
}

/** Refuses mini-batches that show fewer samples than `fewest`, before anything is learned. */
function requireRows({ starts, count }: EncodedAnswers, batchSize: number, fewest: number): void {
  for (let from = 0; from < count; from += batchSize) {
    const rows = starts[Math.min(from + batchSize, count)]! - starts[from]!;
    if (rows < fewest) refuse("fit", `mini-batches of at least ${fewest} samples, for batch normalisation of one value per channel and sample`, rows, `observation ${from} of ${count}`);
  }
}

function check({ epochs, learningRate, patience = 5, fidelity }: FitSettings): void {
  if (fidelity !== "paper" && fidelity !== "corrected") refuse("fit", "a fidelity of paper or corrected", fidelity);
  if (!Number.isInteger(epochs) || epochs < 1) refuse("fit", "at least one epoch", epochs);
  if (!(learningRate > 0 && learningRate < Infinity)) refuse("fit", "a finite learning rate above 0", learningRate);
  if (!(Number.isInteger(patience) || patience === Infinity) || patience < 1) refuse("fit", "a patience of at least one epoch", patience);
}
