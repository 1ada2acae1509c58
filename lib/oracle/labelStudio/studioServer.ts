import { createHmac, timingSafeEqual } from "node:crypto";
import type { AddressInfo } from "node:net";
import { refuse } from "../../runtime/refuse";
import { signalImage } from "./signalImage";
import type { SampleViews } from "../person/sampleView";

/** Shows samples to Label Studio's readers, and hears from it when one has answered. Open on this machine only. */
export interface StudioServer {
  readonly address: string;
  /** The word by which Label Studio is known when it calls. */
  readonly secret: string;
  sampleAddress(sample: number): string;
  close(): Promise<void>;
}

export interface StudioServerOptions {
  readonly token: string;
  readonly views: SampleViews;
  /** Which samples may be shown. */
  readonly asked: (sample: number) => boolean;
  /** Called when somebody answered; Label Studio waits until it resolves, and the person with it. */
  readonly onAnswer: (action: string) => Promise<void>;
  readonly port: number;
}

/**
 * Starts the server. Its keys follow from the token, so that addresses in tasks stay good when it is started again.
 *
 * @throws {InputError} when the port is in use
 */
export async function startStudioServer({ token, views, asked, onAnswer, port }: StudioServerOptions): Promise<StudioServer> {
  const { default: fastify } = await import("fastify");
  const derived = (purpose: string) => createHmac("sha256", token).update(`almq ${purpose}`).digest("hex");
  const key = derived("samples").slice(0, 32);
  const secret = derived("webhook");
  const app = fastify({ bodyLimit: 4 * 1024 * 1024, forceCloseConnections: true });

  app.addHook("onRequest", async (request, reply) => {
    const { port: open } = app.server.address() as AddressInfo;
    const { host } = request.headers;
    if (host !== `127.0.0.1:${open}` && host !== `localhost:${open}`) return reply.code(421).send({ message: "not the name of this server" });
    reply.headers({ "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'", "x-content-type-options": "nosniff", "cache-control": "private, max-age=3600", "cross-origin-resource-policy": "cross-origin" });
  });
  app.get<{ Params: { key: string; index: string } }>("/:key/sample/:index", (request, reply) => {
    const { index } = request.params;
    if (!same(request.params.key, key)) return reply.code(401).send({ message: "the key is wrong" });
    if (!/^\d{1,9}$/.test(index) || !asked(Number(index))) return reply.code(404).send({ message: "that sample is not asked about" });
    const view = views(Number(index));
    if (view.kind === "image") return reply.type(view.type).send(Buffer.from(view.bytes));
    if (view.kind === "signal") return reply.type("image/svg+xml").send(signalImage(view.channels));
    return reply.code(404).send({ message: "that sample is no picture" });
  });
  app.post<{ Body: { action?: unknown } | null }>("/almq-webhook", async (request, reply) => {
    if (!same(String(request.headers["x-almq"] ?? ""), secret)) return reply.code(401).send({ message: "the secret is wrong" });
    await onAnswer(String(request.body?.action ?? ""));
    return {};
  });

  try {
    await app.listen({ host: "127.0.0.1", port });
  } catch (error) {
    await app.close();
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") refuse("labelStudio", "a free port", "one in use", String(port));
    throw error;
  }
  const address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return { address, secret, sampleAddress: (sample) => `${address}/${key}/sample/${sample}`, close: () => app.close() };
}

function same(given: string, wanted: string): boolean {
  const digest = (text: string) => createHmac("sha256", "compare").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
