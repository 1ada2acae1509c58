import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { environment } from "./jupyter.mjs";
import { pipAdvice } from "./pythonEnvironment.mjs";
import { cleanPython } from "./python.mjs";
import { SetUpError } from "./setUpError.mjs";

export const libraryVersion = "2.21.0";
export const gpuRequirements = "lib/runtime/setup/requirements-gpu.txt";

/** Takes out of a wheel what the addon needs: the two libraries, the headers of the C interface, the licences. */
const unpack = `
import sys, zipfile
wheel, target, *wanted = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    archive.extractall(target, [n for n in archive.namelist() if any(w in n for w in wanted)])
`;
const wanted = ["tensorflow/libtensorflow_", "include/tensorflow/c/", "include/tensorflow/core/platform/ctstring", "include/tsl/platform/ctstring", "include/xla/tsl/c/", "THIRD_PARTY_NOTICES", "LICENSE"];

/**
 * Fetches TensorFlow's C library from the Python package index into a folder:
 * `tensorflow/` with the libraries and headers, and for a graphics card `nvidia/` beside it.
 *
 * @param {import("./step.mjs").Workplace} workplace
 * @param {string} folder
 * @param {"cpu" | "gpu"} engine
 */
export async function fetchLibrary({ root, run }, folder, engine) {
  const python = join(environment(root), "bin/python");
  const options = { cwd: root, env: cleanPython(process.env), install: pipAdvice };
  const pip = (/** @type {string[]} */ ...args) => run(python, ["-m", "pip", ...args], options);
  const wheels = join(folder, "wheels");
  mkdirSync(wheels);
  // The C library is the same for every Python: 3.11's wheel serves them all.
  await pip("download", "--quiet", "--no-deps", "--only-binary=:all:", "--python-version", "3.11", "-d", wheels, `${wheelName(engine)}==${libraryVersion}`);
  const wheel = readdirSync(wheels).find((name) => name.endsWith(".whl")) ?? "";
  await run(python, ["-c", unpack, join(wheels, wheel), folder, ...wanted], { ...options, install: "make room on the disk (1 GB), then try again" });
  rmSync(wheels, { recursive: true });
  if (engine === "gpu") await pip("install", "--quiet", "--no-deps", "--no-compile", "--target", folder, "-r", gpuRequirements);
}

/**
 * The wheel that holds the library: a small one where there is a choice.
 *
 * @param {"cpu" | "gpu"} engine
 */
function wheelName(engine) {
  const here = `${process.platform} ${process.arch}`;
  if (engine === "gpu" && here !== "linux x64")
    throw new SetUpError({ tried: `CUDA on ${here}`, because: "NVIDIA's packages are for Linux on x86-64", install: "nothing: ALMQ_TENSORFLOW=cpu is the choice here" });
  return engine === "cpu" && here === "linux x64" ? "tensorflow-cpu" : "tensorflow";
}
