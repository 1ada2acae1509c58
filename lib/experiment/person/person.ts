import { showLive, type LiveDisplay } from "../../figure/show";
import type { Ended, OpenOutcome, OpenRecord } from "../../loop/runOutcome";
import type { MeasuredCost } from "../../loop/measuredCosts";
import type { Classifier } from "../../model/classifier";
import type { Oracle } from "../../oracle/oracle";
import { answerFile } from "../../oracle/person/answerFile";
import { startDesk } from "../../oracle/person/desk";
import { startPersonServer, type PersonServer } from "../../oracle/person/personServer";
import { requireClasses } from "../../oracle/person/requireClasses";
import type { SampleViews } from "../../oracle/person/sampleView";
import { poolChecksum } from "../../oracle/poolChecksum";
import { jupyterFrame } from "./jupyterFrame";
import { personRun, type PersonRunOptions } from "./personRun";

/** A session in which a person answers. */
export interface PersonOptions extends PersonRunOptions {
  /** How a sample is shown, e.g. `sampleImages(samples)`. */
  readonly views: SampleViews;
  /** Default "almq asks". */
  readonly title?: string;
  /** File of the answers: a session with the same file goes on where it was. Default: nowhere. */
  readonly answers?: string;
  /** Default 0: any free one. */
  readonly port?: number;
  /** Milliseconds in which the last answer of a batch can be taken back. Default 1,500. */
  readonly grace?: number;
  /** Who answers when nobody has opened the page after some seconds. Default: it waits. */
  readonly absent?: { readonly oracle: Oracle; readonly seconds: number };
}

/** A session that goes on in the background: other cells stay usable. */
export interface PersonSession {
  /** Resolves when the page is open to be looked at, with its address. */
  readonly opened: Promise<string>;
  /** All that was asked and learned, once it has ended, of itself or by `stop()`. */
  readonly ended: Promise<PersonOutcome>;
  /** Records so far. */
  readonly records: readonly OpenRecord[];
  /** The model as it is now. */
  readonly classifier: Classifier;
  readonly costs: readonly MeasuredCost[];
  /** Shows the frame again, below this cell: after a reload of the page. */
  show(): void;
  /** Ends the session; the answers are kept. */
  stop(): Promise<PersonOutcome>;
}

/** What a session leaves. */
export interface PersonOutcome {
  /** Absent when it was stopped. */
  readonly outcome?: OpenOutcome;
  readonly records: readonly OpenRecord[];
  /** `"person"`, or `"absent"` where the one named for that case answered. */
  readonly by: "person" | "absent";
  readonly stopped: boolean;
}

/**
 * Lets a person answer: shows a frame with one question at a time below the cell, learns after every batch, and goes on
 * until the budget is spent. Does not wait: `await session.ended` does.
 *
 * @throws {InputError} at once when it cannot be as described
 * @example
 * // not run: it waits for a person
 * const digits = await loadDataset("handwriting", { standIn: true });
 * const views = sampleImages(digits.samples, { range: [16, 0] }); // ink on paper
 * const session = person({ pool: digits.samples, classes: digits.classes, views, answers: "answers.jsonl" });
 */
export function person(options: PersonOptions): PersonSession {
  const { classes, views, title = "almq asks", absent } = options;
  requireClasses("person", classes);
  const file = answerFile(options.answers, { classes, samples: options.pool.count, pool: poolChecksum(options.pool) });
  const desk = startDesk(classes.length, file, options.grace ?? 1500);
  const displays: LiveDisplay[] = [];
  let by: PersonOutcome["by"] = "person";
  let server: PersonServer | undefined;
  const oracle: Oracle = { ask: async (questions) => ((await present()) ? desk : absent!.oracle).ask(questions) };
  const run = personRun(options, oracle, desk);

  const opening = startPersonServer({ title, classes, desk, views, progress: run.progress, ...(options.port !== undefined && { port: options.port }) });
  const opened = opening.then((started) => (server = started).address);
  const display = (): void => {
    const shown = showLive("<p>Opening the questions…</p>", "almq asks");
    displays.push(shown);
    opened.then((address) => shown.change(jupyterFrame(address), `Questions at ${address}`), () => {});
  };
  display();
  const ended = follow();
  ended.catch(() => {});

  return {
    opened,
    ended,
    records: run.records,
    classifier: run.classifier,
    get costs() {
      return run.costs;
    },
    show: display,
    stop() {
      desk.end("Stopped. The answers given so far are kept.");
      return ended;
    },
  };

  /** Whether a person answers: she may take her time, unless someone is named to answer for her. */
  async function present(): Promise<boolean> {
    await opened;
    if (absent === undefined) return true;
    if (by === "absent") return false;
    let timer: NodeJS.Timeout | undefined;
    const waited = new Promise<"absent">((resolve) => (timer = setTimeout(resolve, absent.seconds * 1000, "absent")));
    by = await Promise.race([server!.opened.then(() => "person" as const), waited]);
    clearTimeout(timer);
    return by === "person";
  }

  async function follow(): Promise<PersonOutcome> {
    let outcome: Ended<OpenOutcome> | undefined;
    let words = "";
    try {
      await opened;
      outcome = await run.start();
      words = `${run.answered.length} questions answered${by === "absent" ? ", by known labels: nobody opened the page" : ""}: ${outcome.stopped.because}.`;
    } catch (error) {
      if (!(error instanceof Error && error.name === "Stopped")) {
        words = `It ended with an error: ${String(error)}`;
        throw error;
      }
      words = error.message;
    } finally {
      desk.end(words);
      // Pages are told before their server goes, and no notebook keeps a frame whose key is dead.
      await new Promise((resolve) => setTimeout(resolve, 300));
      await server?.close();
      file.close();
      for (const shown of displays) shown.change(`<p>${words.replace(/[<&]/g, " ")}</p>`, words);
    }
    return { ...(outcome && { outcome }), records: run.records, by, stopped: outcome === undefined };
  }
}
