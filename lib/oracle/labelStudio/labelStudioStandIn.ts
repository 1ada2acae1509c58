import type { Answer, Question } from "../../question/question";
import type { Oracle } from "../oracle";
import { labelStudioApi, Missing, Unreachable, type LabelStudioApi } from "./labelStudioApi";
import { questionTasks, type StudioTask } from "./studioProject";

/** Where somebody answers in place of people. */
export interface StandInOptions {
  readonly url: string;
  readonly token: string;
  /** Number of the project. */
  readonly project: number;
  readonly classes: readonly string[];
  /** Samples in the pool. */
  readonly samples: number;
  /** Seconds that people have to give a first answer; then it begins. Default 0. */
  readonly after?: number;
  /** Whether it answers also where others have begun. Default false. */
  readonly goOn?: boolean;
}

/** Somebody who answers in place of people. */
export interface StandIn {
  /** Answers it gave. */
  readonly answers: number;
  stop(): Promise<void>;
}

/**
 * Lets an oracle answer in Label Studio in place of people, over the network, for runs by themselves. It answers nothing
 * when people have begun.
 */
export function labelStudioStandIn(options: StandInOptions, oracle: Oracle): StandIn {
  const { token, url, project, after = 0, goOn = false } = options;
  const api = labelStudioApi(url, token);
  const given = new Set<number>();
  const began = performance.now();
  let stopped = false;
  const done = work();
  return {
    get answers() {
      return given.size;
    },
    async stop() {
      stopped = true;
      await done;
    },
  };

  async function work(): Promise<void> {
    for (; !stopped; await new Promise((resolve) => setTimeout(resolve, 200))) {
      const waited = performance.now() - began >= after * 1000;
      if (!waited) continue;
      const listed = await api.send("GET", `tasks?project=${project}&fields=all&page_size=10000`).catch(away);
      const tasks = questionTasks((listed as { tasks?: unknown[] }).tasks ?? [], options);
      if (!goOn && given.size === 0 && tasks.some(({ annotations }) => annotations.length > 0)) return; // people have begun
      for (const task of tasks) if (!stopped && task.annotations.length === 0 && !given.has(task.id)) await give(task);
    }
  }

  async function give({ id, question }: StudioTask): Promise<void> {
    const [reply] = await oracle.ask([question]);
    given.add(id);
    // The reply comes when the model has learned: with it come the next questions.
    await postAnswer(api, project, id, question, reply!.answer, options.classes, reply!.seconds).catch(away);
  }
}

function postAnswer(api: LabelStudioApi, project: number, task: number, question: Question, answer: Answer, classes: readonly string[], seconds?: number): Promise<unknown> {
  const choice = question.kind === "class" ? classes[answer as number] : answer;
  const skipped = answer === "cannot tell";
  const result = skipped ? [] : [{ from_name: "answer", to_name: "samples", type: "choices", value: { choices: [choice] } }];
  return api.send("POST", `tasks/${task}/annotations/?project=${project}`, { result, was_cancelled: skipped, ...(seconds !== undefined && { lead_time: seconds }) });
}

/** Label Studio may go away, and the project too: then there is nothing to answer. */
function away(error: unknown): object {
  if (error instanceof Unreachable || error instanceof Missing) return {};
  throw error;
}
