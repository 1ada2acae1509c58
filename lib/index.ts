/** almq: active learning with multiple questions. The public API, in the order the data flows. */
export { InputError } from "./runtime/refuse";
export { randomSource, type RandomSource } from "./random/randomSource";
export { drawWithoutReplacement, permutation, shuffle } from "./random/shuffle";
export { weightedChoice } from "./random/weightedChoice";
export type { Dataset, Samples } from "./dataset/dataset";
export { probabilities, type Probabilities, type ProbabilityInput } from "./probability/probabilities";
export { meanOverDraws } from "./probability/meanOverDraws";
export { softmax } from "./probability/softmax";
export type { Classifier, Embedding, Prediction } from "./model/classifier";
export { labeled, type Answer, type AnsweredQuestion, type Question } from "./question/question";
export { allOffer, anyOffer, classOffer, offerName, type Offer } from "./question/offer";
export { answerLoss, answerProbability, evidence, type Evidence } from "./question/answerProbability";
export type { Fidelity, FitReport, FitRequest, FitSettings, Trainer } from "./training/fitSettings";
export { runName, type Metrics, type OutcomeHeader, type OutcomeRecord, type OutcomeSettings, type ReplicateOutcome, type RunOutcome } from "./outcome/record";
