import { gainTv } from "../../acquisition/question/gainTv";
import { gainTvCriterion } from "../../acquisition/question/gainTvCriterion";
import { questionBald, questionBaldCriterion } from "../../acquisition/question/questionBald";
import type { Probabilities } from "../../probability/probabilities";
import { answerLoss, answerProbability } from "../../question/answerProbability";
import { requireQuestion, type Answer, type Question } from "../../question/question";
import { randomSource } from "../../random/randomSource";
import { explore } from "../../selection/exploration";
import { exchange } from "../../selection/exchange";
import { screen } from "../../selection/screening";
import { balancedBatchSize } from "../../training/balancedBatchSize";
import { refuse } from "../../runtime/refuse";
import { sameList, sameNumber, type Check, type Section } from "./check";
import { has, integer, integers, number, oneOf, read, table, type Place, type Reader } from "./place";

const yesNoKinds = ["all", "any"] as const;

function questionOf(row: Place, kind: "all" | "any"): Question & { kind: "all" | "any" } {
  return { kind, class: read(row, "class", integer), samples: read(row, "samples", integers) };
}

/** Rows of one group of samples and one class; fields `all` and `any` are values of the two questions about them. */
function ofBothQuestions(value: (p: Probabilities, question: Question & { kind: "all" | "any" }, row: Place) => number, input: "draws" | "mean" = "draws"): Section {
  return function* (row, shared) {
    const p = input === "mean" ? shared.mean() : shared.probabilities();
    for (const kind of yesNoKinds)
      if (has(row, kind)) {
        const question = questionOf(row, kind);
        requireQuestion("conformance", question, p);
        yield sameNumber(`${row.path}.${kind}`, read(row, kind, number), value(p, question, row));
      }
  };
}

/** 1 for yes and 0 for no. */
const yesOrNo: Reader<"yes" | "no"> = (place) => (place.value === 1 ? "yes" : place.value === 0 ? "no" : refuse("conformance", "1 for yes or 0 for no", place.value, place.path));

/** Training loss of an answer, 1 for yes and 0 for no. */
function lossOf(mean: Probabilities, question: Question, answer: Answer): number {
  const about = question.kind === "class" ? (answer as number) : question.class;
  return answerLoss(answerProbability(question, answer, question.samples.map((sample) => mean.values[sample * mean.classes + about]!)));
}

const classLosses: Section = function* (row, shared) {
  const question: Question = { kind: "class", samples: [read(row, "sample", integer)] };
  const label = read(row, "label", integer);
  requireQuestion("conformance", question, shared.mean());
  if (label < 0 || label >= shared.mean().classes) refuse("conformance", `a label from 0 to ${shared.mean().classes - 1}`, label, row.path);
  yield sameNumber(`${row.path}.loss`, read(row, "loss", number), lossOf(shared.mean(), question, label));
};

/** The best sample to fill a question's open place with. Where two are equally good to rounding, either will do. */
const gainTvExchange: Section = function* (row, shared) {
  const p = shared.probabilities();
  const everyone = Array.from({ length: p.samples }, (_, i) => i);
  const open = { kind: read(row, "question", oneOf(yesNoKinds)), class: read(row, "class", integer), kept: read(row, "kept", integers) };
  requireQuestion("conformance", { ...open, samples: open.kept.length === 0 ? [0] : open.kept }, p);
  const criterion = gainTvCriterion({ quantile: read(row, "q", number) });
  const best = criterion.best(p, open, everyone, -Infinity, (sample) => sample) ?? refuse("conformance", "a sample left to exchange", "none", row.path);
  const expected = read(row, "best_exchange", integer);
  if (expected < 0 || expected >= p.samples) refuse("conformance", `a sample from 0 to ${p.samples - 1}`, expected, row.path);
  const tie = sameNumber("", criterion.values(p, open, [expected])[0]!, best.value).agrees;
  yield sameList(`${row.path}.best_exchange`, [expected], [tie ? expected : best.sample]);
  yield sameNumber(`${row.path}.value`, read(row, "value", number), best.value);
};

/** A whole exchange among everyone. */
const wholeExchange: Section = function* (row, shared) {
  const p = shared.probabilities();
  const everyone = Array.from({ length: p.samples }, (_, i) => i);
  const start = questionOf(row, read(row, "question", oneOf(yesNoKinds)));
  const criterion =
    read(row, "criterion", oneOf(["gain_tv", "bald_exact"] as const)) === "gain_tv" ? gainTvCriterion({ quantile: read(row, "q", number) }) : questionBaldCriterion();
  const { question, value } = exchange(p, start, criterion, everyone, read(row, "mode", oneOf(["paper", "full"] as const)), randomSource("conformance"));
  yield sameList(`${row.path}.exchanged`, read(row, "exchanged", integers), question.samples);
  yield sameNumber(`${row.path}.value`, read(row, "value", number), value);
};

const screening: Section = function* (row, shared) {
  const mean = shared.mean();
  const everyone = Array.from({ length: mean.samples }, (_, i) => i);
  const kind = read(row, "question", oneOf(["class", "all", "any"] as const));
  const about = kind === "class" ? 0 : read(row, "class", integer);
  const kept = screen(mean, { kind, threshold: read(row, "threshold", number) }, about, everyone);
  yield sameList(`${row.path}.kept`, read(row, "kept", integers), kept);
};

const exploration: Section = function* (each) {
  const logits = read(each, "logits", table);
  const settings = {
    rate: read(each, "explore_rate", number),
    initialQuantile: read(each, "initial_quantile", number),
    radii: read(each, "radius_steps", integer),
  };
  const found = explore(Float32Array.from(logits.flat()), logits[0]?.length ?? 0, read(each, "asked", integers), settings, randomSource(1));
  yield sameList(`${each.path}.kept`, read(each, "kept", integers), found.kept);
  yield sameNumber(`${each.path}.radius`, read(each, "radius", number), found.radius);
};

const batchSize: Section = function* (row): Iterable<Check> {
  yield sameList(`${row.path}.used`, [read(row, "used", integer)], [balancedBatchSize(read(row, "requested", integer), read(row, "observations", integer))]);
};

/** Sections about questions: what they are worth, which are left, what an answer teaches. */
export const questionSections: Record<string, Section> = {
  gain_tv: ofBothQuestions((p, question, row) => gainTv(p, question, { quantile: read(row, "q", number) })),
  gain_tv_mean: ofBothQuestions((p, question) => gainTv(p, question, { quantile: "mean" })),
  gain_tv_exchange: gainTvExchange,
  exchange: wholeExchange,
  bald: ofBothQuestions((p, question) => questionBald(p, question, { smoothing: 1e-5 })),
  bald_exact: ofBothQuestions((p, question) => questionBald(p, question)),
  screening,
  losses: ofBothQuestions((mean, question, row) => lossOf(mean, question, read(row, "answer", yesOrNo)), "mean"),
  class_losses: classLosses,
  exploration,
  batch_size: batchSize,
};
