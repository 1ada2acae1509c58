import type { Samples } from "../../dataset/dataset";
import type { Question } from "../../question/question";
import { refuse } from "../../runtime/refuse";
import type { Oracle } from "../oracle";
import { answerFile } from "../person/answerFile";
import { Stopped } from "../person/desk";
import { requireClasses } from "../person/requireClasses";
import type { SampleViews } from "../person/sampleView";
import { poolChecksum } from "../poolChecksum";
import { questionKey } from "../questionKey";
import { labelStudioApi, Unreachable } from "./labelStudioApi";
import { questionTask } from "./questionTask";
import { startStudioServer } from "./studioServer";
import { studioProject, type StudioTask } from "./studioProject";
import { jointReply, personalReplies, personOf } from "./taskReply";

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

/** Seconds between two looks, for answers that nobody told of: Label Studio tells each answer once. */
const pulse = 5;

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
  const { classes, pool, views, title = "almq asks", people = 1, longest = 120, hold = 18, patience = 600, port = 0 } = options;
  requireClasses("labelStudio", classes);
  if (title.length < 3 || title.length > 50) refuse("labelStudio", "a title of 3 to 50 characters", title);
  if (!Number.isInteger(people) || people < 1) refuse("labelStudio", "at least one person", people);
  const api = labelStudioApi(options.url, options.token);
  const subject = { classes, samples: pool.count, pool: poolChecksum(pool) };
  const file = answerFile(options.answers, subject);
  const tasks = new Map<string, StudioTask[]>(); // by question: a lost connection may have put one there twice
  const answered = new Map<number, { by: string; at: number }>(); // by annotation
  const atWork = { now: new Set<string>(), before: new Set<string>() }; // who answered of this batch, and of the one before
  let waiting: (() => void)[] = []; // people who have answered and wait for the next question
  let nudge = (): void => {};
  let doubtful = false;
  let closed = false;

  const server = await startStudioServer({ token: options.token, views, port, asked: (sample) => [...tasks.values()].some(([task]) => task!.question.samples.includes(sample)), onAnswer: heard });
  const project = await studioProject(api, { title, people, subject }).catch(dismiss);
  await begin().catch(dismiss);

  return {
    address: project.address,
    project: project.id,
    async ask(questions) {
      const missing = () => questions.filter((question) => file.recall(question) === undefined);
      if (missing().length > 0) {
        await reached(() => put(missing()));
        letGo();
        Object.assign(atWork, { now: new Set(), before: atWork.now });
      }
      while (missing().length > 0) {
        const nudged = new Promise<void>((resolve) => (nudge = resolve));
        const told = await reached(() => look(missing()));
        if (missing().length >= new Set([...atWork.now, ...atWork.before]).size) letGo();
        if (missing().length > 0 && !told) await soon(nudged, pulse);
      }
      return questions.map((question) => file.recall(question)!);
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

  /** Reads back what was answered while nobody listened. */
  async function begin(): Promise<void> {
    notice(await project.exported());
    keepAnswered([...tasks.keys()]);
    await project.tell(server.address, server.secret);
  }

  /** Puts the questions that are not there yet; open ones that nobody wants any more are taken away. */
  async function put(questions: readonly Question[]): Promise<void> {
    if (doubtful) notice(await project.exported());
    doubtful = false;
    const wanted = new Set(questions.map(questionKey));
    for (const [key, same] of [...tasks]) {
      if (file.recall(same[0]!.question) !== undefined) continue;
      const spare = (wanted.has(key) ? same.slice(1) : same).filter(({ annotations }) => annotations.length === 0);
      await project.remove(spare.map(({ id }) => id));
      const left = same.filter((each) => !spare.includes(each));
      if (left.length > 0) tasks.set(key, left);
      else tasks.delete(key);
    }
    for (const { id, question, data } of questions.flatMap((each) => tasks.get(questionKey(each)) ?? []))
      if (data.html !== task(question).data.html) await project.rewrite(id, task(question)); // the server's port is another one now
    notice(await project.put(questions.filter((question) => !tasks.has(questionKey(question))).map(task)));
  }

  function task(question: Question) {
    return questionTask(question, classes, views, server.sampleAddress);
  }

  /** Looks for answers; one whose task was taken away is put again. */
  async function look(questions: readonly Question[]): Promise<boolean> {
    const keys = questions.map(questionKey);
    const ids = keys.flatMap((key) => (tasks.get(key) ?? []).map(({ id }) => id));
    const found = await project.tasks(ids);
    if (found.length < ids.length) {
      for (const key of keys) tasks.delete(key);
      await put(questions);
    }
    notice(found);
    return keepAnswered(keys) > 0;
  }

  function notice(found: readonly StudioTask[]): void {
    for (const each of found) {
      const key = questionKey(each.question);
      tasks.set(key, [...(tasks.get(key) ?? []).filter(({ id }) => id !== each.id), each].sort((a, b) => a.id - b.id));
      for (const annotation of each.annotations) answered.set(annotation.id, { by: personOf(annotation), at: Date.parse(annotation.created_at) });
    }
  }

  /** Keeps the answers that are complete. */
  function keepAnswered(keys: readonly string[]): number {
    let kept = 0;
    for (const key of keys) {
      const same = tasks.get(key);
      if (same === undefined || file.recall(same[0]!.question) !== undefined) continue;
      const { question, created_at, id } = same[0]!;
      const since = (by: string, before: number) => Math.max(Date.parse(created_at), ...[...answered.values()].filter((other) => other.by === by && other.at < before).map(({ at }) => at));
      const replies = personalReplies(question, same.flatMap(({ annotations }) => annotations), classes, since, longest, `task ${id} of project ${project.id}`);
      for (const { by } of replies) atWork.now.add(by);
      if (replies.length < people) continue;
      const counted = replies.slice(0, people);
      file.keep(question, jointReply(counted), { task: id, ...(people > 1 && { people: counted }) });
      kept++;
    }
    return kept;
  }

  /** Somebody answered: she waits until there is a next question. */
  async function heard(action: string): Promise<void> {
    nudge();
    if (action !== "ANNOTATION_CREATED" || closed) return;
    await soon(new Promise<void>((resolve) => waiting.push(resolve)), hold);
  }

  function letGo(): void {
    for (const go of waiting.splice(0)) go();
  }

  /** Tries again while Label Studio is away. */
  async function reached<T>(act: () => Promise<T>): Promise<T> {
    for (const began = performance.now(); ; await soon(new Promise<void>((resolve) => (nudge = resolve)), 1)) {
      if (closed) throw new Stopped("Stopped. The answers given so far are kept.");
      try {
        return await act();
      } catch (error) {
        doubtful = true; // what was asked for may have been done all the same
        if (!(error instanceof Unreachable) || performance.now() - began > patience * 1000) throw error;
      }
    }
  }

  async function dismiss(error: unknown): Promise<never> {
    await server.close();
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
