import { createHash } from "node:crypto";
import type { Question } from "../../question/question";
import { requireQuestion } from "../../question/question";
import { InputError, refuse } from "../../runtime/refuse";
import { Missing, Unreachable, type LabelStudioApi } from "./labelStudioApi";
import type { AnswerSubject } from "../person/answerFile";
import { labelConfig, type QuestionTask } from "./questionTask";
import type { Annotation } from "./taskReply";

/** A question in Label Studio, with whatever was answered. */
export interface StudioTask {
  readonly id: number;
  readonly question: Question;
  readonly data: QuestionTask["data"];
  readonly annotations: readonly Annotation[];
  readonly created_at: string;
}

/** The project in which almq's questions are asked. */
export interface StudioProject {
  readonly id: number;
  /** Where people answer. */
  readonly address: string;
  /** All questions of the project, as Label Studio exports them; tasks that almq did not put there are left out. */
  exported(): Promise<StudioTask[]>;
  /** Some of the questions, as they stand; those that were taken away are left out. */
  tasks(ids: readonly number[]): Promise<StudioTask[]>;
  /** Puts questions at the end of the queue. */
  put(tasks: readonly QuestionTask[]): Promise<StudioTask[]>;
  rewrite(id: number, task: QuestionTask): Promise<void>;
  remove(ids: readonly number[]): Promise<void>;
  /** Lets Label Studio tell an address of every answer; an address told earlier is forgotten. */
  tell(url: string, secret: string): Promise<void>;
  /** Tells nobody any more. */
  untell(): Promise<void>;
}

/** What tells a project from others. */
export interface ProjectSettings {
  readonly title: string;
  /** People who answer each question. */
  readonly people: number;
  readonly subject: AnswerSubject;
}

interface Found {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly maximum_annotations: number;
}

const listened = ["ANNOTATION_CREATED", "ANNOTATION_UPDATED", "ANNOTATIONS_DELETED"];
const path = "/almq-webhook";

/** Finds the project with this title about this subject, or makes it. Its description tells it from others of the same title. */
export async function studioProject(api: LabelStudioApi, { title, people, subject }: ProjectSettings): Promise<StudioProject> {
  const description = `Questions asked by almq. ${createHash("sha256").update(JSON.stringify(subject)).digest("hex").slice(0, 16)}`;
  const found = (await api.send("GET", `projects/?page_size=1000&include=id,title,description,maximum_annotations&title=${encodeURIComponent(title)}`)) as { results: Found[] };
  const same = found.results.find((each) => each.title === title && each.description === description);
  const settings = { title, description, label_config: labelConfig(subject.classes.length), maximum_annotations: people, sampling: "Sequential sampling", show_skip_button: true, skip_queue: "IGNORE_SKIPPED" };
  const { id } = same ?? ((await api.send("POST", "projects/", settings)) as Found);
  if (same !== undefined && same.maximum_annotations !== people) await api.send("PATCH", `projects/${id}/`, { maximum_annotations: people });

  /** A project can be deleted while it is asked in. */
  const send = (...[method, to, body]: Parameters<LabelStudioApi["send"]>) =>
    api.send(method, to, body).catch((error: unknown) => {
      if (error instanceof Missing) refuse("labelStudio", `project ${id}`, `none (${error.message}): it may have been deleted; what was learned from is kept in the file of answers, where there is one`, api.url);
      throw error;
    });
  const readTasks = async (ids: readonly number[]): Promise<StudioTask[]> => {
    const found: unknown[] = [];
    for (const task of ids) found.push(...(await api.send("GET", `tasks/${task}/`).then((one) => [one], absent)));
    return questionTasks(found, subject);
  };
  const webhooks = async () => ((await send("GET", `webhooks/?project=${id}`)) as { id: number; url: string }[]).filter(({ url }) => url.endsWith(path));

  return {
    id,
    address: `${api.url}/projects/${id}/data`,
    async exported() {
      const all = await send("GET", `projects/${id}/export?exportType=JSON&download_all_tasks=true`);
      if (!Array.isArray(all)) throw new Unreachable(`labelStudio: expected an export, got half of one at ${api.url}`); // two at a time disturb each other
      return questionTasks(all, subject);
    },
    tasks: readTasks,
    async put(tasks) {
      if (tasks.length === 0) return [];
      const { task_ids } = (await send("POST", `projects/${id}/import?return_task_ids=true`, tasks)) as { task_ids: number[] };
      return readTasks(task_ids);
    },
    async rewrite(task, { data }) {
      await api.send("PATCH", `tasks/${task}/`, { data }).catch(absent); // it may have been taken away
    },
    async remove(ids) {
      if (ids.length > 0) await send("POST", `dm/actions?id=delete_tasks&project=${id}`, { selectedItems: { all: false, included: ids }, project: id });
    },
    async tell(address, secret) {
      for (const old of await webhooks()) await send("DELETE", `webhooks/${old.id}/`);
      await send("POST", "webhooks/", { project: id, url: address + path, send_payload: true, send_for_all_actions: false, actions: listened, headers: { "x-almq": secret } });
    },
    async untell() {
      for (const old of await webhooks()) await send("DELETE", `webhooks/${old.id}/`);
    },
  };
}

/** Those tasks that are questions about the subject. */
export function questionTasks(tasks: readonly unknown[], { classes, samples }: Pick<AnswerSubject, "classes" | "samples">): StudioTask[] {
  return (tasks as (Omit<StudioTask, "question"> & { meta?: { almq?: Question } | null })[]).flatMap(({ meta, ...task }) =>
    isQuestion(meta?.almq, { samples, classes: classes.length }) ? [{ ...task, question: meta.almq }] : [],
  );
}

function absent(error: unknown): [] {
  if (error instanceof Missing) return [];
  throw error;
}

function isQuestion(question: Question | undefined, of: { samples: number; classes: number }): question is Question {
  if (question === undefined || question === null || !["class", "all", "any"].includes(question.kind) || !Array.isArray(question.samples)) return false;
  try {
    requireQuestion("labelStudio", question, of);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
