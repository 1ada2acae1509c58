import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Checkpoint } from "../loop/checkpoint";
import { checkpointFile } from "../outcome/checkpointFile";
import { replicateFile, replicateName } from "../outcome/outcomeFolder";

/** Milliseconds of work that a crash may cost a run: rounds that are quicker are not written one by one. */
const interval = 1000;

/** Where an unfinished replicate keeps its checkpoints: `.replicate-07` beside what will be `replicate-07.csv`. */
export function unfinishedFolder(folder: string, replicate: number): string {
  return join(folder, `.${replicateName(replicate)}`);
}

/**
 * The checkpoints of a replicate, by name.
 *
 * @param of what all of them belong to
 */
export function unfinished(folder: string, replicate: number, of: object): <State>(name: string) => Checkpoint<State> {
  return <State>(name: string) => {
    const file = checkpointFile<State>(join(unfinishedFolder(folder, replicate), name), { ...of, replicate });
    let written = performance.now();
    const write = (state: State) => {
      written = performance.now();
      try {
        file.write(state);
      } catch (error) {
        if (!existsSync(join(folder, replicateFile(replicate)))) throw error; // else another process has finished it, and tidied up
      }
    };
    return { read: () => file.read(), write, due: () => performance.now() - written > interval };
  };
}

/** A replicate that is whole needs no checkpoints. */
export function removeUnfinished(folder: string, replicate: number): void {
  rmSync(unfinishedFolder(folder, replicate), { recursive: true, force: true, maxRetries: 3 });
}
