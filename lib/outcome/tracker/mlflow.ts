import { refuse } from "../../runtime/refuse";
import type { MetricRow, RunStart, TrackedRun, Tracker } from "./tracker";
import { mlflowRequest, type MlflowRequest } from "./mlflowRequest";

/** Metrics that MLflow takes in one request, and parameters. */
const most = { metrics: 1_000, params: 100 };

/** A run as MLflow knows it. */
interface MlflowRun {
  readonly id: string;
  readonly experiment: string;
  /** Milliseconds; what is told of the run is dated by it, so that told again it is the same. */
  readonly begun: number;
  readonly artifacts: string;
  readonly finished: boolean;
}

/**
 * MLflow, over its REST interface: an experiment per study, a run for the study and below it one for each method of each replicate.
 * Points that are told twice are one point to MLflow when their time is the same; records keep no times, so the time of a
 * point is its run's beginning and its step in milliseconds. One process at a time may tell of a study.
 *
 * @param url of the server, e.g. `"http://localhost:5000"`; a name and password in it are sent along
 * @throws {InputError} unless it is the address of a web server
 * @see https://mlflow.org/docs/latest/rest-api.html
 */
export function mlflowTracker(url: string): Tracker {
  const request = mlflowRequest(url);
  const known = new Map<string, MlflowRun>();
  return {
    name: `MLflow at ${request.shown}`,
    async finished(study) {
      known.clear();
      const experiment = await experimentOf(request, study);
      for (const [key, run] of await runsOf(request, experiment, study)) known.set(key, run);
      return new Set([...known].flatMap(([key, { finished }]) => (finished ? [key] : [])));
    },
    async start(run) {
      const found = known.get(run.key) ?? (await create(request, run, known.get(run.parent ?? "")));
      known.set(run.key, found);
      if (found.finished) await request("POST", "runs/update", { run_id: found.id, status: "RUNNING" });
      const params = Object.entries(run.params).map(([key, value]) => ({ key, value: String(value) }));
      for (let at = 0; at < params.length; at += most.params) await request("POST", "runs/log-batch", { run_id: found.id, params: params.slice(at, at + most.params) });
      return tracked(request, found);
    },
  };
}

function tracked(request: MlflowRequest, { id, begun, artifacts }: MlflowRun): TrackedRun {
  return {
    async metrics(rows: readonly MetricRow[]) {
      const metrics = rows.flatMap(({ step, values }) => Object.entries(values).map(([key, value]) => ({ key, value, step, timestamp: begun + step })));
      for (let at = 0; at < metrics.length; at += most.metrics) await request("POST", "runs/log-batch", { run_id: id, metrics: metrics.slice(at, at + most.metrics) });
    },
    async file(name, bytes, type) {
      if (!/^[\w-]+(\.[\w-]+)+$/.test(name)) refuse("mlflowTracker", "the plain name of a file", name);
      await request.put(`${artifacts}/${name}`, bytes, type);
    },
    async end() {
      await request("POST", "runs/update", { run_id: id, status: "FINISHED", end_time: Date.now() });
    },
  };
}

/** The experiment of a study: `handwriting-paper-0123456789ab` belongs to `almq-handwriting`. */
async function experimentOf(request: MlflowRequest, study: string): Promise<string> {
  const name = `almq-${study.replace(/-(paper|corrected)-[0-9a-f]+$/, "")}`;
  const found = await request<{ experiment: { experiment_id: string } }>("GET", "experiments/get-by-name", { experiment_name: name }, [404]);
  if (found !== undefined) return found.experiment.experiment_id;
  return (await request<{ experiment_id: string }>("POST", "experiments/create", { name }))!.experiment_id;
}

async function runsOf(request: MlflowRequest, experiment: string, study: string): Promise<Map<string, MlflowRun>> {
  const runs = new Map<string, MlflowRun>();
  for (let token = ""; ; ) {
    const page = await request<{ runs?: RunJson[]; next_page_token?: string }>("POST", "runs/search", {
      experiment_ids: [experiment],
      filter: `tags.\`almq.study\` = '${study}'`,
      max_results: 1_000,
      ...(token !== "" && { page_token: token }),
    });
    for (const run of page?.runs ?? []) runs.set(run.data.tags.find(({ key }) => key === "almq.key")?.value ?? "", readRun(run));
    if ((token = page?.next_page_token ?? "") === "") return runs;
  }
}

async function create(request: MlflowRequest, { key, name, parent }: RunStart, study: MlflowRun | undefined): Promise<MlflowRun> {
  if (parent !== undefined && study === undefined) refuse("mlflowTracker", "the study to be begun before what belongs to it", key);
  const root = parent ?? key;
  const tags = { "almq.key": key, "almq.study": root, ...(study !== undefined && { "mlflow.parentRunId": study.id }) };
  const made = await request<{ run: RunJson }>("POST", "runs/create", {
    experiment_id: study?.experiment ?? (await experimentOf(request, root)),
    run_name: name,
    start_time: Date.now(),
    tags: Object.entries(tags).map(([tag, value]) => ({ key: tag, value })),
  });
  return readRun(made!.run);
}

interface RunJson {
  readonly info: { readonly run_id: string; readonly experiment_id: string; readonly start_time: number; readonly artifact_uri: string; readonly status: string };
  readonly data: { readonly tags: readonly { readonly key: string; readonly value: string }[] };
}

function readRun({ info }: RunJson): MlflowRun {
  return { id: info.run_id, experiment: info.experiment_id, begun: Number(info.start_time), artifacts: info.artifact_uri, finished: info.status === "FINISHED" };
}
