import { request } from "node:http";
import { networkInterfaces } from "node:os";
import type { Question } from "almq";
import { answerFile, type AnswerFile } from "../../../lib/oracle/person/answerFile";
import { startDesk, type Desk } from "../../../lib/oracle/person/desk";
import { startPersonServer, type PersonServer } from "../../../lib/oracle/person/personServer";
import { pngImage } from "../../../lib/oracle/person/pngImage";
import type { Progress } from "../../../lib/oracle/person/progress";

export const classes = ["cat", "dog", "<img src=x onerror=alert(1)>"];
export const questions: readonly Question[] = [
  { kind: "class", samples: [3] },
  { kind: "all", class: 1, samples: [5, 6, 7] },
  { kind: "any", class: 2, samples: [8, 9] },
];
export const noProgress: Progress = { answered: 0, spent: 0, budget: 10, points: [], expected: { right: 0, of: 0 }, kinds: [] };

export interface OpenServer {
  readonly desk: Desk;
  readonly file: AnswerFile;
  readonly server: PersonServer;
  /** Sends a request as anyone could, and gives the status and what was said. */
  send(path: string, options?: { method?: string; headers?: Record<string, string>; body?: string; key?: string | undefined }): Promise<{ status: number; headers: Record<string, unknown>; body: string }>;
  post(path: string, body: unknown): Promise<{ status: number; body: string }>;
}

/** A server with a desk, whose pool are 20 tiny grey images. */
export async function openServer({ path, grace = 20, port, now }: { path?: string; grace?: number; port?: number; now?: () => number } = {}): Promise<OpenServer> {
  const file = answerFile(path, { classes, samples: 20 });
  const desk = startDesk(classes.length, file, grace, now);
  const server = await startPersonServer({
    title: "Test",
    classes,
    desk,
    views: (sample) => ({ kind: "image", type: "image/png", bytes: pngImage(new Uint8Array(64).fill(10 * sample), 8, 8, 1) }),
    progress: () => noProgress,
    ...(port !== undefined && { port }),
  });
  const send: OpenServer["send"] = (to, { method = "GET", headers = {}, body, key = server.key } = {}) =>
    new Promise((resolve, reject) => {
      const all = { ...(key !== "" && { "x-almq-token": key }), ...(body !== undefined && { "content-length": String(Buffer.byteLength(body)) }), ...headers };
      const sent = request({ host: "127.0.0.1", port: server.port, path: to, method, headers: all, agent: false }, (reply) => {
        const parts: Buffer[] = [];
        reply.on("data", (part: Buffer) => parts.push(part));
        reply.on("end", () => resolve({ status: reply.statusCode!, headers: reply.headers, body: Buffer.concat(parts).toString() }));
      });
      sent.on("error", reject);
      sent.end(body);
    });
  const post: OpenServer["post"] = (to, body) => send(to, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  return { desk, file, server, send, post };
}

/** An address of this machine that others could reach; undefined where there is none. */
export function outsideAddress(): string | undefined {
  return Object.values(networkInterfaces()).flat().find((each) => each !== undefined && !each.internal && each.family === "IPv4")?.address;
}
