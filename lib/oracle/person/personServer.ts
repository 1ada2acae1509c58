import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { AddressInfo } from "node:net";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Answer } from "../../question/question";
import { InputError, refuse } from "../../runtime/refuse";
import { NotKept } from "./answerFile";
import type { Desk } from "./desk";
import type { PageSeconds } from "./pageSeconds";
import { pageText } from "./pageText";
import type { Progress } from "./progress";
import { questionWords } from "./questionWords";
import type { SampleViews } from "./sampleView";

/** What a page shows, and to whom it is open. */
export interface PersonServerOptions {
  readonly title: string;
  readonly classes: readonly string[];
  readonly desk: Desk;
  readonly views: SampleViews;
  readonly progress: () => Progress;
  /** Default 0: any free one. */
  readonly port?: number;
}

/** A page on this machine's own address, open to whoever has the key. */
export interface PersonServer {
  readonly port: number;
  readonly key: string;
  /** With the key behind the #, which browsers never send. */
  readonly address: string;
  /** Resolves when the first page with the key has asked for a question. */
  readonly opened: Promise<void>;
  close(): Promise<void>;
}

/** Longest wait for a change, seconds: proxies and browsers give up later. */
const longPoll = 25;

/**
 * Serves the page, the question on the desk, and the samples in it; takes answers.
 *
 * @throws {InputError} when the port is in use
 */
export async function startPersonServer(options: PersonServerOptions): Promise<PersonServer> {
  const { default: fastify } = await import("fastify");
  const key = randomBytes(24).toString("hex");
  const run = randomBytes(6).toString("hex");
  const app = fastify({
    bodyLimit: 16_384,
    forceCloseConnections: true,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  app.removeContentTypeParser("text/plain");
  guard(app, key);
  let sawPage = (): void => {};
  const opened = new Promise<void>((resolve) => (sawPage = resolve));
  addPage(app);
  addDesk(app, options, run, () => sawPage());
  try {
    await app.listen({ host: "127.0.0.1", port: options.port ?? 0 });
  } catch (error) {
    await app.close();
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") refuse("person", "a free port", "one in use", String(options.port));
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  return { port, key, address: `http://127.0.0.1:${port}/#key=${key}`, opened, close: () => app.close() };
}

/** Lets nothing in but requests for this machine's address, from its own page, with the key. */
function guard(app: FastifyInstance, key: string): void {
  const { policy } = pageText();
  app.addHook("onRequest", async (request, reply) => {
    reply.headers({
      "content-security-policy": policy,
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
      "cross-origin-resource-policy": request.url === "/ping" ? "cross-origin" : "same-origin",
    });
    const { port } = app.server.address() as AddressInfo;
    const { host = "", origin } = request.headers;
    // A Jupyter proxy passes on the name it was called by. The header can be forged, so it opens this door only.
    const proxied = request.headers["x-forwarded-context"] !== undefined;
    if (!proxied && host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return deny(reply, 421, "not the name of this server");
    if (request.method === "OPTIONS") return deny(reply, 403, "other origins are not served");
    if (origin !== undefined && origin !== `http://${host}` && !(proxied && origin === `https://${host}`)) return deny(reply, 403, "other origins are not served");
    if (request.method === "GET" && (request.url === "/" || request.url === "/ping")) return;
    if (!sameText(request.headers["x-almq-token"], key)) return deny(reply, 401, "the key is missing or wrong");
  });
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, _request, reply) => {
    if (error instanceof NotKept) return reply.code(507).send({ message: `This is not kept: ${error.message}. Make room, then answer again; all answers before it are kept.` });
    if (error instanceof InputError) return reply.code(400).send({ message: error.message });
    return reply.code(error.statusCode ?? 500).send({ message: error.message });
  });
}

function addPage(app: FastifyInstance): void {
  const { html } = pageText();
  app.get("/", (_request, reply) => reply.type("text/html; charset=utf-8").send(html));
  app.get("/ping", (_request, reply) => reply.type("text/plain").send("almq"));
}

function addDesk(app: FastifyInstance, { title, classes, desk, views, progress }: PersonServerOptions, run: string, sawPage: () => void): void {
  const state = (after: number) => {
    const { question, next, answered, ...sheet } = desk.sheet;
    const learned = progress();
    return {
      run,
      title,
      ...sheet,
      ...(after === 0 && { classes }),
      ...(question && {
        question: { id: question.id, kind: question.question.kind, samples: question.question.samples, words: questionWords(question.question, classes), place: question.place, of: question.of },
      }),
      ...(next && { next: next.samples }),
      progress: { ...learned, answered: Math.max(answered, learned.answered) },
    };
  };

  app.get<{ Querystring: { after?: string } }>("/state", async (request) => {
    const after = Number(request.query.after ?? 0);
    if (!Number.isInteger(after) || after < 0) refuse("state", "a version", String(request.query.after));
    sawPage();
    if (after > 0) await desk.changed(after, longPoll);
    return state(after);
  });

  app.get<{ Params: { index: string } }>("/sample/:index", (request, reply) => {
    const { index } = request.params;
    if (!/^\d{1,9}$/.test(index)) return deny(reply, 400, "a sample's number is expected");
    const { question, next } = desk.sheet;
    const open = [...(question?.question.samples ?? []), ...(next?.samples ?? [])];
    if (!open.includes(Number(index))) return deny(reply, 404, "that sample is not asked about");
    const view = views(Number(index));
    return view.kind === "image" ? reply.type(view.type).send(Buffer.from(view.bytes)) : reply.send(view);
  });

  app.post<{ Body: PageSeconds & { id: string; answer: Answer } }>("/answer", { schema: { body: bodyOf({ ...timing, answer: answerSchema }, ["id", "answer", "seconds"]) } }, (request, reply) => {
    const { id, answer, ...seconds } = request.body;
    return desk.answer(id, answer, seconds) ? reply.send(state(1)) : deny(reply, 409, "that question is not open");
  });

  app.post<{ Body: PageSeconds & { id: string } }>("/seconds", { schema: { body: bodyOf(timing, ["id", "seconds"]) } }, (request, reply) => {
    const { id, ...seconds } = request.body;
    desk.addSeconds(id, seconds);
    return reply.send({});
  });

  app.post("/undo", { schema: { body: bodyOf({}, []) } }, (_request, reply) => (desk.undo() ? reply.send(state(1)) : deny(reply, 409, "there is nothing to take back")));

  app.post<{ Body: { stop: boolean } }>("/decide", { schema: { body: bodyOf({ stop: { type: "boolean" } }, ["stop"]) } }, (request, reply) =>
    desk.decide(request.body.stop) ? reply.send(state(1)) : deny(reply, 409, "nothing was offered"),
  );
}

const duration = { type: "number", minimum: 0, maximum: 1e7 };
const timing = { id: { type: "string", maxLength: 20 }, seconds: duration, load: duration, hidden: duration, idle: duration };
const answerSchema = { anyOf: [{ type: "integer", minimum: 0 }, { enum: ["yes", "no", "cannot tell"] }] };

function bodyOf(properties: Record<string, object>, required: readonly string[]) {
  return { type: "object", properties, required, additionalProperties: false };
}

function deny(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply.code(status).send({ message });
}

/** Compares in a time that does not tell how much of the key was right. */
function sameText(given: FastifyRequest["headers"][string], key: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return typeof given === "string" && timingSafeEqual(digest(given), digest(key));
}
