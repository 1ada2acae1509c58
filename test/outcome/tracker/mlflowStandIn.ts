import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

interface Run {
  readonly info: { run_id: string; experiment_id: string; start_time: number; artifact_uri: string; status: string };
  readonly data: { readonly tags: { readonly key: string; readonly value: string }[] };
  readonly params: Map<string, string>;
  readonly points: Set<string>;
}
interface Asked {
  readonly name?: string;
  readonly run_id?: string;
  readonly run_name?: string;
  readonly experiment_id?: string;
  readonly start_time?: number;
  readonly status?: string;
  readonly filter?: string;
  readonly tags?: Run["data"]["tags"];
  readonly params?: { readonly key: string; readonly value: string }[];
  readonly metrics?: { readonly key: string; readonly value: number; readonly step: number; readonly timestamp: number }[];
}

/** A server that takes what MLflow takes, as far as almq asks it, and may lose a request or an answer. For tests only. */
export async function startMlflowStandIn() {
  let runs: Run[] = [];
  let experiments = new Map<string, string>();
  let files = new Map<string, string>();
  let [requests, largest, authorization] = [0, 0, ""];
  let failure: { readonly at: number; readonly when: "before" | "after" } | undefined;
  const server = createServer((request, reply) => {
    void read(request).then((body) => {
      authorization = request.headers.authorization ?? "";
      const lost = failure?.at === ++requests ? failure : undefined;
      if (lost?.when === "before") return request.socket.destroy();
      const { status, content } = answer(request.url!, body);
      if (lost?.when === "after") return request.socket.destroy();
      reply.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(content));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  function answer(url: string, body: Buffer): { status: number; content: object } {
    const [, path = "", query = ""] = /^\/api\/2\.0\/([^?]*)\??(.*)$/.exec(url) ?? [];
    if (path.startsWith("mlflow-artifacts/")) {
      files.set(path, body.toString());
      return { status: 200, content: {} };
    }
    const asked = (body.length > 0 ? JSON.parse(body.toString()) : {}) as Asked;
    const run = runs.find(({ info }) => info.run_id === asked.run_id);
    switch (path.replace("mlflow/", "")) {
      case "experiments/get-by-name": {
        const id = experiments.get(new URLSearchParams(query).get("experiment_name")!);
        return id === undefined ? { status: 404, content: { error_code: "RESOURCE_DOES_NOT_EXIST" } } : { status: 200, content: { experiment: { experiment_id: id } } };
      }
      case "experiments/create":
        experiments.set(asked.name!, String(experiments.size + 1));
        return { status: 200, content: { experiment_id: String(experiments.size) } };
      case "runs/search": {
        const wanted = /almq\.study` = '([^']*)'/.exec(asked.filter!)![1];
        return { status: 200, content: { runs: runs.filter(({ data }) => data.tags.some(({ key, value }) => key === "almq.study" && value === wanted)).map(({ info, data }) => ({ info, data })) } };
      }
      case "runs/create": {
        const id = `run${runs.length}`;
        runs.push({ info: { run_id: id, experiment_id: asked.experiment_id!, start_time: asked.start_time!, artifact_uri: `mlflow-artifacts:/1/${id}/artifacts`, status: "RUNNING" }, data: { tags: asked.tags! }, params: new Map(), points: new Set() });
        return { status: 200, content: { run: { info: runs.at(-1)!.info, data: runs.at(-1)!.data } } };
      }
      case "runs/update":
        run!.info.status = asked.status!;
        return { status: 200, content: {} };
      case "runs/log-batch":
        for (const { key, value } of asked.params ?? []) {
          if ((run!.params.get(key) ?? value) !== value) return { status: 400, content: { message: "a parameter cannot change" } };
          run!.params.set(key, value);
        }
        largest = Math.max(largest, asked.metrics?.length ?? 0);
        for (const { key, value, step, timestamp } of asked.metrics ?? []) run!.points.add(`${key} ${value} ${step} ${timestamp}`); // the very same again is no other
        return { status: 200, content: {} };
      default:
        return { status: 404, content: { message: "no such thing" } };
    }
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** All that it holds, without what depends on the hour. */
    contents: () => ({
      runs: runs.map(({ info, data, params, points }) => ({ status: info.status, tags: data.tags, params: [...params].sort(), points: [...points].map((point) => point.replace(/ \d+$/, "")).sort() })),
      files: [...files],
    }),
    requests: () => requests,
    largestBatch: () => largest,
    authorization: () => authorization,
    empty() {
      [runs, experiments, files, requests] = [[], new Map(), new Map(), 0];
    },
    failAt(at: number, when: "before" | "after") {
      failure = { at, when };
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
