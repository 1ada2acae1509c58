import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import type { Question } from "almq";

/** What goes wrong with one request: nothing, it is not done, done without a reply, half replied to, or done late. */
export type Fault = "none" | "refused" | "lost before" | "lost after" | "half" | "late";

interface Annotation {
  readonly id: number;
  readonly completed_by: number;
  readonly result: unknown;
  readonly was_cancelled: boolean;
  readonly lead_time: number;
  readonly created_at: string;
}

export interface Task {
  readonly id: number;
  data: object;
  readonly meta: { readonly almq: Question };
  readonly annotations: Annotation[];
  readonly created_at: string;
}

/** What of Label Studio's interface almq uses, in memory, with faults at will. The real one is asked in test/service. */
export interface StudioDouble {
  readonly url: string;
  readonly tasks: Map<number, Task>;
  /** The fault of the next requests, in their order; then none. */
  faults: Fault[];
  /** Stores an answer; nobody is told of it. */
  answer(task: number, choice: string | null): Annotation;
  /** Tells almq what happened, as a webhook does. @returns when it has replied */
  tell(action?: string): Promise<void>;
}

export async function studioDouble(context: TestContext): Promise<StudioDouble> {
  const tasks = new Map<number, Task>();
  const projects: { id: number; title: string; description: string; maximum_annotations: number }[] = [];
  let webhooks: { id: number; url: string; headers: Record<string, string> }[] = [];
  let last = 0;
  const now = () => new Date().toISOString();

  const routes: [RegExp, (id: number, body: never) => unknown][] = [
    [/^GET projects\/\?/, () => ({ results: projects })],
    [/^POST projects\/$/, (_, body: (typeof projects)[number]) => (projects.push({ ...body, id: ++last }), projects.at(-1))],
    [/^GET projects\/\d+\/export/, () => [...tasks.values()]],
    [/^POST projects\/\d+\/import/, (_, body: Pick<Task, "data" | "meta">[]) => ({ task_ids: body.map((task) => (tasks.set(++last, { ...task, id: last, annotations: [], created_at: now() }), last)) })],
    [/^GET tasks\/(\d+)\//, (id) => tasks.get(id)],
    [/^PATCH tasks\/(\d+)\//, (id, { data }: Task) => tasks.has(id) && Object.assign(tasks.get(id)!, { data })],
    [/^POST dm\/actions\?id=delete_tasks/, (_, { selectedItems }: { selectedItems: { included: number[] } }) => selectedItems.included.map((id) => tasks.delete(id))],
    [/^GET webhooks\//, () => webhooks],
    [/^POST webhooks\//, (_, body: (typeof webhooks)[number]) => (webhooks.push({ ...body, id: ++last }), body)],
    [/^DELETE webhooks\/(\d+)/, (id) => (webhooks = webhooks.filter((each) => each.id !== id))],
  ];

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const part of request) text += String(part);
    const fault = double.faults.shift() ?? "none";
    if (fault === "lost before") return void request.socket.destroy();
    if (fault === "refused") return void response.writeHead(500).end();
    if (fault === "late") await new Promise((resolve) => setTimeout(resolve, 60));
    const path = `${request.method} ${request.url!.replace("/api/", "")}`;
    const route = routes.find(([pattern]) => pattern.test(path))!;
    const told = route[1](Number(route[0].exec(path)![1]), (text === "" ? undefined : JSON.parse(text)) as never);
    if (fault === "lost after") return void request.socket.destroy();
    const reply = JSON.stringify(told ?? { detail: "not there" });
    response.writeHead(told ? 200 : 404, { "content-length": Buffer.byteLength(reply) });
    if (fault === "half") response.write(reply.slice(0, reply.length / 2), () => request.socket.destroy());
    else response.end(reply);
  }

  const server = createServer((request, response) => void serve(request, response)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  context.after(() => (server.closeAllConnections(), server.close()));
  const double: StudioDouble = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tasks,
    faults: [],
    answer(task, choice) {
      const result = choice === null ? [] : [{ from_name: "answer", value: { choices: [choice] } }];
      const annotation = { id: ++last, completed_by: 1, result, was_cancelled: choice === null, lead_time: 1, created_at: now() };
      tasks.get(task)!.annotations.push(annotation);
      return annotation;
    },
    async tell(action = "ANNOTATION_CREATED") {
      for (const { url, headers } of webhooks) await fetch(url, { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify({ action }) }).catch(() => {});
    },
  };
  return double;
}
