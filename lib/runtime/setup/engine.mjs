import { existsSync } from "node:fs";
import { SetUpError } from "./setUpError.mjs";

/**
 * What does the arithmetic: TensorFlow compiled for the processor or for an NVIDIA card, or tfjs in plain JavaScript.
 *
 * @typedef {"cpu" | "gpu" | "plain"} Engine
 */

/**
 * The engine that ALMQ_TENSORFLOW names, or the fastest one for this machine.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Engine}
 */
export function wantedEngine(env = process.env) {
  const asked = env.ALMQ_TENSORFLOW;
  if (asked === "cpu" || asked === "gpu" || asked === "plain") return asked;
  if (asked) throw new SetUpError({ tried: `ALMQ_TENSORFLOW=${asked}`, because: "there is no such choice", install: "set it to cpu, gpu or plain, or leave it out" });
  const card = existsSync("/dev/nvidia0") || existsSync("/usr/lib/wsl/lib/libcuda.so.1");
  return card && process.platform === "linux" && process.arch === "x64" ? "gpu" : "cpu";
}
