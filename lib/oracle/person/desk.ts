import { requireAnswer, type Answer, type Question } from "../../question/question";
import type { Oracle } from "../oracle";
import type { AnswerFile } from "./answerFile";
import { totalSeconds, type PageSeconds } from "./pageSeconds";

/** Where a session stands. */
export type Phase = "preparing" | "asking" | "learning" | "offering" | "ended";

/** What is on the desk. */
export interface Sheet {
  /** Grows with every change. */
  readonly version: number;
  readonly phase: Phase;
  /** The question to answer now. */
  readonly question?: { readonly id: string; readonly question: Question; readonly place: number; readonly of: number };
  /** The one after it, so that its samples can be fetched ahead. */
  readonly next?: Question;
  /** Whether the last answer can be taken back. */
  readonly canUndo: boolean;
  /** Answers that stand, those of this batch too. */
  readonly answered: number;
  /** Words at the end, or why it is offered to stop. */
  readonly message?: string;
}

/** A desk between a loop that asks and a person who answers, one question at a time. */
export interface Desk extends Oracle {
  readonly sheet: Sheet;
  /** Resolves when the sheet's version is above `version`, or after `seconds`. */
  changed(version: number, seconds: number): Promise<void>;
  /** Adds seconds that a page measured before it was closed. */
  addSeconds(id: string, seconds: PageSeconds): void;
  /** @returns false when that question is not the one on the desk */
  answer(id: string, answer: Answer, seconds: PageSeconds): boolean;
  /** @returns false when there is nothing to take back */
  undo(): boolean;
  /** Asks the person whether to stop; she decides. */
  offerToStop(message: string): Promise<boolean>;
  /** @returns false when nothing was offered */
  decide(stop: boolean): boolean;
  /** Clears the desk; whoever waits for an answer is refused. */
  end(message: string): void;
}

/**
 * A desk whose answers are kept in a file first; what the file already knows is not asked again.
 *
 * @param grace milliseconds in which the last answer of a batch can be taken back
 */
export function startDesk(classes: number, file: AnswerFile, grace: number, now: () => number = () => performance.now()): Desk {
  let version = 1;
  let phase: Phase = "preparing";
  let message: string | undefined;
  let open: Question[] = [];
  let place = 0;
  let asked = 0; // questions of earlier batches
  let served: number | undefined; // when the question on the desk was first looked at
  let parts: PageSeconds[] = [];
  let commit: { timer?: NodeJS.Timeout; done: () => void; failed: (reason: Error) => void } | undefined;
  let decided: ((stop: boolean) => void) | undefined;
  let waiting: (() => void)[] = [];

  const id = () => `q${asked + place + 1}`;
  const change = (): void => {
    version++;
    for (const wake of waiting.splice(0)) wake();
  };
  const turnTo = (to: number): void => {
    place = to;
    served = undefined;
    parts = [];
    if (place === open.length) commit!.timer = setTimeout(() => commit?.done(), grace);
    else clearTimeout(commit?.timer);
    phase = place === open.length ? "learning" : "asking";
    change();
  };

  return {
    get sheet() {
      const question = phase === "asking" ? open[place] : undefined;
      if (question !== undefined) served ??= now();
      return {
        version,
        phase,
        canUndo: commit !== undefined && place > 0,
        answered: file.count,
        ...(question && { question: { id: id(), question, place, of: open.length } }),
        ...(question && open[place + 1] && { next: open[place + 1]! }),
        ...(message !== undefined && { message }),
      };
    },

    async ask(questions) {
      if (phase === "ended") throw new Stopped(message ?? "stopped");
      open = questions.filter((question) => file.recall(question) === undefined);
      if (open.length > 0) {
        const answered = new Promise<void>((done, failed) => (commit = { done, failed }));
        turnTo(0);
        await answered.finally(() => {
          clearTimeout(commit?.timer);
          commit = undefined;
        });
        asked += open.length;
        open = [];
        place = 0;
      }
      if (phase !== "learning") phase = "learning";
      change();
      return questions.map((question) => file.recall(question)!);
    },

    changed(since, seconds) {
      if (version > since) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(wake, seconds * 1000);
        function wake(): void {
          clearTimeout(timer);
          waiting = waiting.filter((each) => each !== wake);
          resolve();
        }
        waiting.push(wake);
      });
    },

    addSeconds(of, seconds) {
      if (phase === "asking" && of === id()) parts.push(seconds);
    },

    answer(of, answer, seconds) {
      const question = open[place];
      if (phase !== "asking" || of !== id() || question === undefined) return false;
      requireAnswer("answer", question, answer, classes);
      const { seconds: worked, ...rest } = totalSeconds([...parts, seconds], (now() - (served ?? now())) / 1000);
      file.keep(question, { answer, seconds: worked }, rest);
      turnTo(place + 1);
      return true;
    },

    undo() {
      if (commit === undefined || place === 0) return false;
      file.undo(open[place - 1]!);
      turnTo(place - 1);
      return true;
    },

    offerToStop(words) {
      phase = "offering";
      message = words;
      change();
      return new Promise((resolve) => {
        decided = (stop) => {
          decided = undefined;
          message = undefined;
          phase = "learning";
          change();
          resolve(stop);
        };
      });
    },

    decide(stop) {
      if (decided === undefined) return false;
      decided(stop);
      return true;
    },

    end(words) {
      commit?.failed(new Stopped(words));
      decided?.(true);
      phase = "ended";
      message = words;
      change();
    },
  };
}

/** Thrown to a loop whose person has left. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}
