import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { requireAnswer, requireQuestion, type Question } from "../../question/question";
import { InputError, refuse } from "../../runtime/refuse";
import { systemReason } from "../../runtime/systemReason";
import { makeFolder } from "../../runtime/writableFolder";
import type { Reply } from "../oracle";
import { questionKey } from "../questionKey";

/** What the answers are about: they are not mixed with those to other questions. */
export interface AnswerSubject {
  readonly classes: readonly string[];
  /** Samples in the pool. */
  readonly samples: number;
  /** Tells two pools or runs apart, e.g. a checksum; default none. */
  readonly pool?: string;
}

/** Thrown when an answer could not be written: it does not stand, and can be given again. */
export class NotKept extends InputError {}

/** The answers given so far, on disk before anything is made of them. */
export interface AnswerFile {
  /** The reply to a question that was answered and not undone. */
  recall(question: Question): Reply | undefined;
  /** Answers that stand. */
  readonly count: number;
  /**
   * Writes an answer, and whatever else is known about it.
   *
   * @throws {NotKept} when it could not be written, e.g. on a full disk
   */
  keep(question: Question, reply: Reply, more?: object): void;
  /** Takes the answer to a question back. */
  undo(question: Question): void;
  close(): void;
}

/**
 * Keeps answers in a file of JSON lines: one that says what they are about, one per answer, one per answer taken back.
 * A line that was cut when the power went is left out.
 *
 * @param path default: nowhere; they are gone with the process
 * @throws {InputError} when the file is about other classes or another pool, or a line of it is broken
 */
export function answerFile(path: string | undefined, subject: AnswerSubject): AnswerFile {
  const answers = new Map<string, Reply>();
  const lines = path === undefined ? undefined : openLines(path, subject, (line, number) => learn(line, `${path}, line ${number}`));

  function learn(line: unknown, where: string): void {
    const { question, answer, undone, seconds, by } = line as { question?: Question; undone?: Question } & Partial<Reply>;
    const asked = question ?? undone;
    if (asked === undefined) return refuse("answerFile", "a question", "none", where);
    requireQuestion("answerFile", asked, { samples: subject.samples, classes: subject.classes.length });
    if (undone !== undefined) return void answers.delete(questionKey(undone));
    if (answer === undefined) return refuse("answerFile", "an answer", "none", where);
    requireAnswer("answerFile", asked, answer, subject.classes.length);
    answers.set(questionKey(asked), { answer, ...(seconds !== undefined && { seconds }), ...(by !== undefined && { by }) });
  }

  return {
    recall: (question) => answers.get(questionKey(question)),
    get count() {
      return answers.size;
    },
    keep(question, reply, more) {
      lines?.append({ question, ...reply, ...more, at: new Date().toISOString() });
      answers.set(questionKey(question), reply);
    },
    undo(question) {
      lines?.append({ undone: question, at: new Date().toISOString() });
      answers.delete(questionKey(question));
    },
    close: () => lines?.close(),
  };
}

/** Opens a file of JSON lines: reads what is there, cuts off a torn end, and is ready for more. */
function openLines(path: string, subject: AnswerSubject, read: (line: unknown, number: number) => void) {
  makeFolder(dirname(path), "answerFile");
  const text = existsSync(path) ? readText(path) : "";
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const [first, ...rest] = whole.split("\n").slice(0, -1);
  const opening = JSON.stringify({ almq: 1, ...subject });
  if (first === undefined && !opening.startsWith(text)) refuse("answerFile", "answers kept by almq", "another file", path);
  if (first !== undefined) requireSubject(parse(first, `${path}, line 1`), subject, path);
  rest.forEach((line, i) => read(parse(line, `${path}, line ${i + 2}`), i + 2));

  const file = openFile(path);
  ftruncateSync(file, Buffer.byteLength(whole));
  const append = (line: string): void => {
    const bytes = Buffer.from(`${line}\n`);
    const end = fstatSync(file).size; // another process may have written to it
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } catch (error) {
      ftruncateSync(file, end); // half a line must not spoil the next one
      throw new NotKept(`answerFile: expected room for an answer, got ${systemReason(error)} at ${path}`);
    }
  };
  if (first === undefined) append(opening);
  return { append: (line: unknown) => append(JSON.stringify(line)), close: () => closeSync(file) };
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    return refuse("answerFile", "a file that can be read", systemReason(error), path);
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, "a+");
  } catch (error) {
    return refuse("answerFile", "a file that can be written", systemReason(error), path);
  }
}

function parse(line: string, where: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return refuse("answerFile", "a line of JSON", line.slice(0, 40), where);
  }
}

function requireSubject(found: unknown, subject: AnswerSubject, path: string): void {
  const where = `${path}: to go on, bring back what it was begun with; to begin anew, name another place for the answers`;
  const { almq, classes, samples, pool } = (found ?? {}) as Partial<AnswerSubject> & { almq?: unknown };
  if (almq !== 1) refuse("answerFile", "answers kept by almq", "another file", path);
  if (JSON.stringify(classes) !== JSON.stringify(subject.classes)) refuse("answerFile", `answers about the classes ${subject.classes.join(", ")}`, (classes ?? []).join(", "), where);
  if (samples !== subject.samples || pool !== subject.pool) refuse("answerFile", `answers about this pool of ${subject.samples} samples`, `another pool of ${samples}`, where);
}
