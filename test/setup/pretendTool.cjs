// A program that pretends to be npm, Python, a compiler or Jupyter: it leaves the files that the real one would.
const fs = require("node:fs");
const path = require("node:path");

const [folder, called, ...args] = process.argv.slice(2);
const behaviour = JSON.parse(fs.readFileSync(path.join(folder, "behaviour.json"), "utf8"));
const write = (file, text, mode = 0o644) => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text, { mode });
};
const program = (file, name) => write(file, `#!/bin/sh\nexec "${process.execPath}" "${__filename}" "${folder}" ${name} "$@"\n`, 0o755);
const after = (option) => args[args.indexOf(option) + 1];

/** Notes that a program was called; fails or hangs in the middle of its work if it is to. */
function begin(name, half) {
  fs.appendFileSync(path.join(folder, "calls.log"), `${name}\n`);
  if (behaviour.fails?.[name] !== undefined) {
    console.error(behaviour.fails[name]);
    process.exit(2);
  }
  if (behaviour.hangs !== name) return true;
  half();
  fs.writeFileSync(path.join(folder, "hanging"), String(process.pid));
  setInterval(() => half(), 50); // an orphan that works on
  return false;
}

const work = {
  npm() {
    const modules = path.resolve("node_modules");
    fs.rmSync(modules, { recursive: true, force: true });
    if (!begin("npm", () => write(path.join(modules, "one/half"), ""))) return;
    write(path.join(modules, "one/package.json"), "{}");
    write(path.join(modules, ".bin/tsc"), "");
    program(path.join(modules, "typescript/tsc.sh"), "tsc");
    write(path.join(modules, "typescript/bin/tsc"), `process.argv.splice(2, 0, ${JSON.stringify(folder)}, "tsc"); require(${JSON.stringify(__filename)});`);
    for (const name of ["tfjs_backend.cc", "tfjs_binding.cc"]) write(path.join(modules, "@tensorflow/tfjs-node-gpu/binding", name), name);
    write(path.join(modules, "@tensorflow/tfjs-node-gpu/scripts/install.js"), 'console.error("no way to the server"); process.exit(1);');
    write(path.join(modules, ".package-lock.json"), "{}");
  },

  python3() {
    const version = process.env.PRETEND_VERSION ?? behaviour.python ?? "3.11.7";
    if (args[0] === "-I") return console.log(version);
    if (args[0] === "-c" && args[1].includes("ensurepip")) return console.log(JSON.stringify({ path: "/pretended/python", version, lacks: behaviour.lacks ?? [] }));
    if (args[0] === "-c") {
      if (begin("unpack", () => {})) for (const part of ["cc", "framework"]) write(path.join(args[3], `tensorflow/libtensorflow_${part}.so.2`), part);
    } else if (args[1] === "venv") {
      if (!begin("venv", () => write(path.join(args[2], "pyvenv.cfg"), ""))) return;
      write(path.join(args[2], "pyvenv.cfg"), `version = ${version}`);
      write(path.join(args[2], "bin/python"), `#!/bin/sh\nPRETEND_VERSION=${version} exec "${process.execPath}" "${__filename}" "${folder}" python3 "$@"\n`, 0o755);
    } else if (args[2] === "install" && args.at(-1).startsWith("label-studio")) {
      begin("pip install label-studio", () => {});
    } else if (args[2] === "install") {
      if (!begin("pip install", () => write(".venv/bin/half", ""))) return;
      for (const name of ["jupyter-lab", "jupyter-execute"]) program(path.resolve(`.venv/bin/${name}`), name);
    } else if (begin("pip download", () => write(path.join(after("-d"), "half.whl"), ""))) write(path.join(after("-d"), "tensorflow.whl"), "");
  },

  "c++"() {
    if (args[0] === "--version") return;
    if (begin("c++", () => write(after("-o"), "half"))) write(after("-o"), 'exports.isUsingGpuDevice = () => false; exports.TF_Version = "2.21.0";');
  },

  tsc() {
    const sources = ["lib", "test"].flatMap((top) => fs.readdirSync(top, { recursive: true }).map((file) => `${top}/${file}`)).filter((file) => file.endsWith(".ts"));
    if (!begin("tsc", () => write(".build/lib/one.js", "half"))) return;
    for (const file of sources) write(`.build/${file.replace(/\.ts$/, ".js")}`, fs.readFileSync(file, "utf8"));
  },

  "jupyter-lab"() {
    console.log(`jupyter-lab ${args.join(" ")}`);
  },

  "jupyter-execute"() {
    begin("jupyter-execute", () => {});
    write(args.find((arg) => arg.startsWith("--output=")).slice("--output=".length), JSON.stringify(behaviour.executed ?? { cells: [] }));
  },
};

work[called]();
