import { replicateProcess, type ReplicateProcess, type ReplicateTask } from "../replicateProcess";

/** Processes that are kept between jobs: one that has loaded a study's data takes the study's next replicate too. */
export interface ProcessPool {
  run(task: ReplicateTask, replicate: number, onShare: (share: number) => void): Promise<string | undefined>;
  /** Ends every process. */
  end(): Promise<void>;
}

/** Makes a pool for so many jobs at once, each in a process of its own. */
export function processPool(workers: number): ProcessPool {
  const idle: { readonly key: string; readonly running: ReplicateProcess }[] = [];
  return {
    async run(task, replicate, onShare) {
      const key = JSON.stringify(task);
      const known = idle.findIndex((one) => one.key === key);
      const [taken] = known >= 0 ? idle.splice(known, 1) : [];
      if (taken === undefined) await idle.shift()?.running.end(); // it was another study's
      const running = taken?.running ?? replicateProcess(task, workers);
      try {
        const record = await running.run(replicate, onShare);
        idle.push({ key, running });
        return record;
      } catch (error) {
        await running.end();
        throw error;
      }
    },
    async end() {
      await Promise.all(idle.splice(0).map(({ running }) => running.end()));
    },
  };
}
