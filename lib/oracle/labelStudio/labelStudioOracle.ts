import type { Samples } from "../../dataset/dataset";
import type { Question } from "../../question/question";
import { refuse } from "../../runtime/refuse";
import type { Oracle, Reply } from "../oracle";
import { answerFile } from "../person/answerFile";
import { Stopped } from "../person/desk";
import { requireClasses } from "../person/requireClasses";
import type { SampleViews } from "../person/sampleView";
import { poolChecksum } from "../poolChecksum";
import { labelStudioApi, Unreachable } from "./labelStudioApi";
import { studioProject } from "./studioProject";
import { studioQuestions } from "./studioQuestions";
import { startStudioServer } from "./studioServer";

/** Who is asked in Label Studio, and about what. */
export interface LabelStudioOptions {
  /** Where Label Studio is, e.g. `http://127.0.0.1:8080`; on this machine, for it is called back at 127.0.0.1. */
  readonly url: string;
  /** A user's token: a legacy one or a personal access token. */
  readonly token: string;
  readonly classes: readonly string[];
  readonly pool: Samples;
  /** How a sample is shown, e.g. `sampleImages(samples)`. */
  readonly views: SampleViews;
  /** Of the project, 3 to 50 characters; a run with the same title, classes and pool goes on in it. Default "almq asks". */
  readonly title?: string;
  /** File that keeps the answers, too: they outlive the project. Default: Label Studio alone keeps them. */
  readonly answers?: string;
  /** People who answer each question, ≥ 1; more than one vote. Default 1. */
  readonly people?: number;
  /** Seconds an answer can take at most: more is taken for a break, and counts as so much. Default 120. */
  readonly longest?: number;
  /** Seconds that a person waits in Label Studio for the next question, less than its WEBHOOK_TIMEOUT. Default 18. */
  readonly hold?: number;
  /** Seconds that Label Studio may be away before the run fails. Default 600. */
  readonly patience?: number;
  /** Seconds between two looks for answers that nobody told of, > 0: Label Studio tells of each once, or not at all. Default 5. */
  readonly pulse?: number;
  /** Where samples are shown from and answers are heard of; default 0: any free one. */
  readonly port?: number;
}

/** People in Label Studio, as an oracle. */
export interface LabelStudioOracle extends Oracle {
  /** Where people answer. */
  readonly address: string;
  readonly project: number;
  /** Lets go: whoever waits for an answer is refused; what was answered is kept. */
  close(): Promise<void>;
}

/**
 * Asks people in Label Studio. Questions are put into one project when they are asked, whatever their kind. Label Studio
 * tells of every answer and waits: the last one of a batch is acknowledged when the model has learned from it and the next
 * questions are there, so the next question on the screen already knows the answer.
 *
 * At the start everything answered is read back, so that a run with the same seed goes on where it was; an answer that
 * Label Studio stored twice counts once. A skip is "cannot tell". Label Studio may go away and come back meanwhile.
 *
 * @throws {InputError} when the token is refused, the project is deleted meanwhile, or an answer is none to its question
 * @example
 * // not run: it needs Label Studio, see `npm run label-studio`
 * const { samples: pool, classes } = await loadDataset("handwriting", { standIn: true });
 * const views = sampleImages(pool, { range: [16, 0] }); // ink on paper
 * const oracle = await labelStudioOracle({ url: "http://127.0.0.1:8080", token: "a user's token", pool, classes, views });
 * const { records } = await personRun({ pool, classes }, oracle).start();
 * await oracle.close();
 */
export async function labelStudioOracle(options: LabelStudioOptions): Promise<LabelStudioOracle> {
  const { classes, pool, views, title = "almq asks", people = 1, longest = 120, hold = 18, patience = 600, pulse = 5, port = 0 } = options;
  requireClasses("labelStudio", classes);
  if (title.length < 3 || title.length > 50) refuse("labelStudio", "a title of 3 to 50 characters", title);
  if (!Number.isInteger(people) || people < 1) refuse("labelStudio", "at least one person", people);
  if (!(pulse > 0)) refuse("labelStudio", "a pulse above 0 seconds", pulse);
  const api = labelStudioApi(options.url, options.token);
  const subject = { classes, samples: pool.count, pool: poolChecksum(pool) };
  const file = answerFile(options.answers, subject);
  const atWork = { now: new Set<string>(), before: new Set<string>() }; // who answered of this batch, and of the one before
  let waiting: (() => void)[] = []; // people who have answered and wait for the next question
  let nudge = (): void => {};
  let failed = false;
  let closed = false;

  const project = await studioProject(api, { title, people, subject }).catch(dismiss);
  const questions = studioQuestions({ project, file, classes, views, sampleAddress: (sample) => server.sampleAddress(sample), people, longest, answeredBy: (person) => atWork.now.add(person) });
  const server = await startStudioServer({ token: options.token, views, port, asked: questions.show, onAnswer: heard }).catch(dismiss);
  await begin().catch((error: unknown) => server.close().then(() => dismiss(error)));

  return {
    address: project.address,
    project: project.id,
    async ask(batch) {
      failed = false;
      try {
        return await answers(batch);
      } catch (error) {
        failed = true; // nobody is to wait for a question that will not come
        letGo();
        throw error;
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      nudge();
      letGo();
      await project.untell().catch(() => {}); // it may be gone
      await server.close();
      file.close();
    },
  };

  async function begin(): Promise<void> {
    await questions.readBack();
    await project.tell(server.address, server.secret);
  }

  async function answers(batch: readonly Question[]): Promise<Reply[]> {
    const missing = () => batch.filter((question) => file.recall(question) === undefined);
    if (missing().length > 0) {
      await reached(() => questions.put(missing()));
      letGo();
      Object.assign(atWork, { now: new Set(), before: atWork.now });
    }
    while (missing().length > 0) {
      const nudged = new Promise<void>((resolve) => (nudge = resolve)); // before the look: what comes in meanwhile is not overheard
      const before = missing().length;
      await reached(() => questions.look(missing()));
      if (missing().length >= new Set([...atWork.now, ...atWork.before]).size) letGo();
      if (missing().length === before) await soon(nudged, pulse);
    }
    return batch.map((question) => file.recall(question)!);
  }

  /** Somebody answered: she waits until there is a next question. */
  async function heard(action: string): Promise<void> {
    nudge();
    if (action !== "ANNOTATION_CREATED" || closed || failed) return;
    await soon(new Promise<void>((resolve) => waiting.push(resolve)), hold);
  }

  function letGo(): void {
    for (const go of waiting.splice(0)) go();
  }

  /** Tries again while Label Studio is away. */
  async function reached<T>(act: () => Promise<T>): Promise<T> {
    for (const began = performance.now(); ; await soon(new Promise<void>((resolve) => (nudge = resolve)), Math.min(1, pulse))) {
      if (closed) throw new Stopped("Stopped. The answers given so far are kept.");
      try {
        return await act();
      } catch (error) {
        if (!(error instanceof Unreachable) || performance.now() - began > patience * 1000) throw error;
      }
    }
  }

  function dismiss(error: unknown): never {
    file.close();
    throw error;
  }
}

/** Waits for something, but no longer than so many seconds. */
async function soon(something: Promise<void>, seconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([something, new Promise<void>((resolve) => (timer = setTimeout(resolve, seconds * 1000)))]);
  clearTimeout(timer);
}
