import { replicateThread, type ReplicateThread, type ThreadTask } from "../replicateThread";

/** Threads that are kept between jobs: one that has loaded a study's data takes the study's next replicate too. */
export interface ThreadPool {
  run(task: ThreadTask, replicate: number, onShare: (share: number) => void): Promise<string | undefined>;
  /** Ends every thread. */
  end(): Promise<void>;
}

/** Makes a pool; it has as many threads as jobs at once. */
export function threadPool(): ThreadPool {
  const idle: { readonly key: string; readonly thread: ReplicateThread }[] = [];
  return {
    async run(task, replicate, onShare) {
      const key = JSON.stringify(task);
      const known = idle.findIndex((one) => one.key === key);
      const [taken] = known >= 0 ? idle.splice(known, 1) : [];
      if (taken === undefined) await idle.shift()?.thread.end(); // it was another study's
      const thread = taken?.thread ?? replicateThread(task);
      try {
        const record = await thread.run(replicate, onShare);
        idle.push({ key, thread });
        return record;
      } catch (error) {
        await thread.end();
        throw error;
      }
    },
    async end() {
      await Promise.all(idle.splice(0).map(({ thread }) => thread.end()));
    },
  };
}
