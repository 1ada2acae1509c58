import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { Checkpoint } from "../loop/checkpoint";
import { refuse } from "../runtime/refuse";
import { requireSame } from "../runtime/requireSame";
import { writeWhole } from "./writeWhole";

/**
 * A checkpoint in a file: one line with a checksum, one of what the work is, one with its state; plain values, `Float32Array`
 * and `Int32Array`. It is always whole: what is written takes the place of what was there at once.
 *
 * A run that is to outlive its process needs nothing but `activeLearning({ …, checkpoint: checkpointFile("my-run") })`.
 *
 * @param of whatever the state belongs to, in plain values; work that is anything else does not go on from it
 * @throws {InputError} when it is read, and was damaged or belongs to other work; when it cannot be written
 */
export function checkpointFile<State>(path: string, of: object = {}): Checkpoint<State> {
  return {
    read() {
      if (!existsSync(path)) return undefined;
      const [first = "", ...rest] = readFileSync(path, "utf8").split("\n");
      if (first !== firstLine(rest.join("\n"))) refuse("checkpointFile", "a whole checkpoint", "a damaged one", `${path}; without it the work begins again`);
      requireSame("checkpointFile", "a checkpoint of the same work", JSON.parse(JSON.stringify(of)) as object, JSON.parse(rest[0]!) as object, `${path}; without it the work begins again`);
      return JSON.parse(rest[1]!, revived) as State;
    },
    write(state) {
      const text = `${JSON.stringify(of)}\n${JSON.stringify(state, plain)}`;
      writeWhole(path, `${firstLine(text)}\n${text}`);
    },
  };
}

function firstLine(text: string): string {
  return `almq checkpoint 1 ${createHash("sha256").update(text).digest("hex")}`;
}

const arrays = { float32: Float32Array, int32: Int32Array } as const;

/** Typed arrays as their bytes, which keeps every bit. */
function plain(_: string, value: unknown): unknown {
  for (const [name, Type] of Object.entries(arrays))
    if (value instanceof Type) return { [name]: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64") };
  return value;
}

function revived(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const [[name, bytes] = ["", ""], ...others] = Object.entries(value) as [string, unknown][];
  if (others.length > 0 || typeof bytes !== "string" || !Object.hasOwn(arrays, name)) return value;
  return new arrays[name as keyof typeof arrays](Uint8Array.from(Buffer.from(bytes, "base64")).buffer);
}
