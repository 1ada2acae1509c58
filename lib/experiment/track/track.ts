import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { replicateFile, replicateFiles, requireFolder, wholeOutcomes } from "../../outcome/outcomeFolder";
import type { ReplicateOutcome } from "../../outcome/record";
import type { Tracker } from "../../outcome/tracker/tracker";
import { refuse } from "../../runtime/refuse";
import { trackStudy } from "./trackStudy";

/** What is shown where. */
export interface TrackOptions {
  /** A folder of replicates, or one of such folders. */
  readonly folder: string;
  readonly trackers: readonly Tracker[];
  /** Goes on with what the folder gets, until aborted or, where `replicates` is set, until so many of each study are shown. Default: once. */
  readonly follow?: { readonly signal: AbortSignal; readonly replicates?: number };
  /** Hears what was told. */
  readonly onWord?: (word: string) => void;
  /** Hears what could not be told, and which files are left out because they were cut. */
  readonly onWarning?: (warning: string) => void;
}

/** Milliseconds between two looks into the folders. */
const pace = 2_000;

/**
 * Shows the records of studies in trackers, once or as they come. A tracker that is down is warned of and caught up with
 * later: at the next look, or by the next call. Nothing is told twice.
 *
 * @returns whether every tracker has everything
 * @throws {InputError} when there is no such folder, or what lies in it is not as it should be
 */
export async function track({ folder, trackers, follow, onWord = () => {}, onWarning = () => {} }: TrackOptions): Promise<boolean> {
  requireFolder("track", "a folder of outcomes", folder);
  if (follow === undefined && studyFolders(folder).length === 0) refuse("track", "a folder with replicates", "none", folder);
  const shown = new Map(trackers.map((tracker) => [tracker, new Map<string, string>()])); // what each was shown of a folder
  const down = new Set<Tracker>();
  const cut = new Set<string>(); // files that were warned of
  for (;;) {
    const studies = studyFolders(folder);
    for (const place of studies) for (const tracker of trackers) await show(place, tracker);
    const whole = (place: string) => trackers.every((tracker) => shown.get(tracker)!.get(place) === contents(place));
    const all = studies.every(whole);
    if (follow === undefined || follow.signal.aborted) return all;
    const enough = follow.replicates;
    if (enough !== undefined && all && studies.length > 0 && studies.every((place) => filesIn(place).length >= enough)) return true;
    await pause(pace, undefined, { signal: follow.signal }).catch(() => {});
    if (follow.signal.aborted) return all;
  }

  async function show(place: string, tracker: Tracker): Promise<void> {
    const now = contents(place);
    if (shown.get(tracker)!.get(place) === now) return;
    const outcomes = wholeOutcomes(place);
    warnOfCut(place, outcomes);
    try {
      const told = await trackStudy(outcomes, tracker);
      if (told > 0 || down.has(tracker) || !shown.get(tracker)!.has(place)) onWord(`${tracker.name}: ${outcomes.length} replicate${outcomes.length === 1 ? "" : "s"} of ${place}, ${told === 0 ? "nothing" : `${told} runs of them`} new`);
      down.delete(tracker);
      shown.get(tracker)!.set(place, now);
    } catch (error) {
      if (!down.has(tracker)) onWarning(`${tracker.name} could not be told of ${place} (${(error as Error).message}): ${follow === undefined ? "the same command catches up later" : "it is caught up with when it can be"}`);
      down.add(tracker);
    }
  }

  function warnOfCut(place: string, whole: readonly ReplicateOutcome[]): void {
    const shownFiles = new Set(whole.map(({ header }) => replicateFile(header.replicate)));
    for (const path of filesIn(place).filter((file) => !shownFiles.has(file)).map((file) => join(place, file))) {
      if (!cut.has(path)) onWarning(`${path} was cut and is not shown until it is whole`);
      cut.add(path);
    }
  }
}

/** The folders with replicates: the folder itself, or those in it. */
function studyFolders(folder: string): string[] {
  const inner = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name)); // prettier-ignore
  return [folder, ...inner].filter((place) => filesIn(place).length > 0);
}

function filesIn(folder: string): string[] {
  return existsSync(folder) ? replicateFiles(folder) : [];
}

/** Another word when a replicate came, or was done again. */
function contents(folder: string): string {
  return filesIn(folder).map((name) => `${name} ${statSync(join(folder, name)).mtimeMs}`).join();
}
