import type { Question } from "../../question/question";
import type { AnswerFile } from "../person/answerFile";
import type { SampleViews } from "../person/sampleView";
import { questionKey } from "../questionKey";
import { questionTask } from "./questionTask";
import type { StudioProject, StudioTask } from "./studioProject";
import { jointReply, personalReplies, personOf } from "./taskReply";

/** The questions of a project, reconciled with what is in Label Studio: people answer, take away and come back there. */
export interface StudioQuestions {
  /** Whether a sample is shown in one of them. */
  show(sample: number): boolean;
  /** Reads back what was answered while nobody listened. */
  readBack(): Promise<void>;
  /** Puts the questions that are not there yet; open ones that nobody wants any more are taken away. */
  put(questions: readonly Question[]): Promise<void>;
  /** Looks for answers to open questions and keeps those that are complete; a question that was taken away is put again. */
  look(questions: readonly Question[]): Promise<void>;
}

export interface StudioQuestionsOptions {
  readonly project: StudioProject;
  /** Keeps the answers. */
  readonly file: AnswerFile;
  readonly classes: readonly string[];
  readonly views: SampleViews;
  readonly sampleAddress: (sample: number) => string;
  /** People who answer each question. */
  readonly people: number;
  /** Seconds an answer can take at most. */
  readonly longest: number;
  /** Called for everyone who answered an open question. */
  readonly answeredBy: (person: string) => void;
}

/**
 * Keeps a project's questions as a run wants them. Whatever fails can be called again: nothing is put twice, nothing lost.
 */
export function studioQuestions({ project, file, classes, views, sampleAddress, people, longest, answeredBy }: StudioQuestionsOptions): StudioQuestions {
  const tasks = new Map<string, readonly StudioTask[]>(); // by question: a lost connection may have put one there twice
  const answered = new Map<number, { by: string; at: number }>(); // by annotation
  let doubtful = false; // whether something was asked of Label Studio that may have been done or not

  return {
    show: (sample) => [...tasks.values()].some(([task]) => task!.question.samples.includes(sample)),
    async readBack() {
      notice(await project.exported());
      keepAnswered([...tasks.keys()]);
    },
    put,
    async look(questions) {
      const keys = questions.map(questionKey);
      const ids = keys.flatMap((key) => (tasks.get(key) ?? []).map(({ id }) => id));
      const found = await project.tasks(ids);
      const there = new Set(found.map(({ id }) => id));
      for (const key of keys) replace(key, (tasks.get(key) ?? []).filter(({ id }) => there.has(id)));
      notice(found);
      keepAnswered(keys);
      if (!keys.every((key) => tasks.has(key))) await put(questions.filter(isOpen));
    },
  };

  async function put(questions: readonly Question[]): Promise<void> {
    if (doubtful) notice(await project.exported());
    doubtful = true;
    await removeSpare(new Set(questions.map(questionKey)));
    for (const { id, question, data } of questions.flatMap((each) => tasks.get(questionKey(each)) ?? []))
      if (data.html !== task(question).data.html) await project.rewrite(id, task(question)); // the server's port is another one now
    notice(await project.put(questions.filter((question) => !tasks.has(questionKey(question))).map(task)));
    doubtful = false;
  }

  /** Takes away what nobody has answered and nobody needs to. */
  async function removeSpare(wanted: ReadonlySet<string>): Promise<void> {
    for (const [key, same] of [...tasks]) {
      const spare = (wanted.has(key) ? same.slice(1) : same).filter(({ annotations }) => annotations.length === 0);
      await project.remove(spare.map(({ id }) => id));
      replace(key, same.filter((each) => !spare.includes(each)));
    }
  }

  function task(question: Question) {
    return questionTask(question, classes, views, sampleAddress);
  }

  function isOpen(question: Question): boolean {
    return file.recall(question) === undefined;
  }

  function replace(key: string, same: readonly StudioTask[]): void {
    if (same.length > 0) tasks.set(key, same);
    else tasks.delete(key);
  }

  function notice(found: readonly StudioTask[]): void {
    for (const each of found) {
      const key = questionKey(each.question);
      tasks.set(key, [...(tasks.get(key) ?? []).filter(({ id }) => id !== each.id), each].sort((a, b) => a.id - b.id));
      for (const annotation of each.annotations) answered.set(annotation.id, { by: personOf(annotation), at: Date.parse(annotation.created_at) });
    }
  }

  function keepAnswered(keys: readonly string[]): void {
    for (const key of keys) {
      const [first, ...others] = tasks.get(key) ?? [];
      if (first === undefined || !isOpen(first.question)) continue;
      const annotations = [first, ...others].flatMap((each) => each.annotations);
      const replies = personalReplies(first.question, annotations, classes, lastSeen(first), longest, `task ${first.id} of project ${project.id}`);
      for (const { by } of replies) answeredBy(by);
      if (replies.length < people) continue;
      const counted = replies.slice(0, people);
      file.keep(first.question, jointReply(counted), { task: first.id, ...(people > 1 && { people: counted }) });
    }
  }

  /** When the task was there and the person who answered it free, in milliseconds. */
  function lastSeen({ created_at }: StudioTask) {
    return (by: string, before: number): number => Math.max(Date.parse(created_at), ...[...answered.values()].filter((other) => other.by === by && other.at < before).map(({ at }) => at));
  }
}
