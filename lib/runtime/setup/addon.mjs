import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { SetUpError } from "./setUpError.mjs";

/** The npm package whose C++ is compiled, and where in it Node.js looks for the outcome. */
export const tfjsNode = "node_modules/@tensorflow/tfjs-node-gpu";
export const addonPlace = `${tfjsNode}/lib/napi-v8/tfjs_binding.node`;
/** The addon's place beside the library. It finds the library by its own place, so that both may be moved together. */
export const addonPath = "addon/tfjs_binding.node";
export const addonSources = ["tfjs_backend.cc", "tfjs_binding.cc"].map((name) => `${tfjsNode}/binding/${name}`);

const compilerAdvice =
  "install a C++ compiler: `apt install g++` (Debian, Ubuntu), `dnf install gcc-c++` (Fedora), `xcode-select --install` (macOS)";

/**
 * The C++ compiler: the one named by CXX, or the first on the PATH.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @throws {SetUpError} when there is none
 */
export function findCompiler(env = process.env) {
  const candidates = env.CXX ? [env.CXX] : ["c++", "g++", "clang++"];
  const found = candidates.find((program) => spawnSync(program, ["--version"], { env }).status === 0);
  if (found !== undefined) return found;
  throw new SetUpError({ tried: candidates.join(", "), because: "no C++ compiler was found", install: compilerAdvice });
}

/**
 * Compiles the addon against the library in a folder, and loads it once to see that it works.
 *
 * @param {import("./step.mjs").Workplace} workplace
 * @param {string} folder
 * @param {string} compiler
 */
export async function makeAddon({ root, run }, folder, compiler) {
  const mac = process.platform === "darwin";
  const library = join(folder, "tensorflow");
  const out = join(folder, addonPath);
  mkdirSync(dirname(out), { recursive: true });
  const args = [
    ...["-std=c++17", "-O2", "-fPIC", "-shared", "-DNAPI_VERSION=8"],
    ...["node_modules/node-api-headers/include", join(library, "include"), tfjsNode].map((path) => `-I${path}`),
    ...addonSources,
    ...["cc", "framework"].map((part) => join(library, mac ? `libtensorflow_${part}.2.dylib` : `libtensorflow_${part}.so.2`)),
    ...(mac ? ["-undefined", "dynamic_lookup", "-Wl,-rpath,@loader_path/../tensorflow"] : ["-Wl,-rpath,$ORIGIN/../tensorflow"]),
    ...["-o", out],
  ];
  await run(compiler, args, { cwd: root, reasonAt: "start", install: `${compilerAdvice}; it must know C++17` });
  await tryAddon({ root, run }, out);
}

/**
 * Loads an addon in a process of its own and asks it for a device.
 *
 * @param {Pick<import("./step.mjs").Workplace, "root" | "run">} workplace
 * @param {string} path
 */
export async function tryAddon({ root, run }, path) {
  const script = "const addon = require(process.argv[1]); addon.isUsingGpuDevice(); console.log(addon.TF_Version)";
  await run(process.execPath, ["-e", script, path], {
    cwd: root,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2" },
    install: "this machine cannot run TensorFlow's library (it needs a 64-bit processor with AVX and, on Linux, glibc 2.27): go on without it, with ALMQ_TENSORFLOW=plain",
  });
}
