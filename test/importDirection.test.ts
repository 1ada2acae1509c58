import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { test } from "node:test";
import { preProcessFile } from "typescript";

/** The rooms of `lib/`, in the order the data flows. A room imports only from itself and from those before it. */
const rooms = [
  "runtime", "random", "dataset", "probability", "model", "question", "acquisition", "selection",
  "oracle", "training", "loop", "outcome", "figure", "experiment", "index.ts", "command",
]; // prettier-ignore

const lib = join(process.cwd(), "lib");
const sources = (readdirSync(lib, { recursive: true }) as string[])
  .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))
  .map((path) => ({ path, text: readFileSync(join(lib, path), "utf8") }));

interface Source {
  /** From `lib/`, e.g. `"acquisition/entropy.ts"`. */
  readonly path: string;
  readonly text: string;
}

/** What a file imports, types included: paths from `lib/` for its own files, names for packages. */
function importsOf({ path, text }: Source): string[] {
  const asked = preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  const resolved = [...text.matchAll(/\bresolve(?:d)?\("([^"]+)"\)/g)].map(([, name]) => name!); // found without an import
  return [...asked, ...resolved].map((name) => {
    if (name === "almq") return "index.ts";
    if (/^[./]*package\.json$/.test(name)) return "package.json";
    return name.startsWith(".") ? posix.join(posix.dirname(path), name) : name;
  });
}

/** Every arrow that points forward, as a sentence. */
function forwardArrows(files: readonly Source[]): string[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter((target) => isOwn(target) && rank(target) > rank(file.path))
      .map((target) => `lib/${file.path} imports lib/${target}`),
  );
}

/** Every import of a package by a file that may not know it, as a sentence. */
function strangers(files: readonly Source[]): string[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter((target) => mayImport.some(([what, who]) => what.test(target) && !who.test(file.path)))
      .map((target) => `lib/${file.path} imports ${target}`),
  );
}

/** What only some may import, and who they are. */
const mayImport: readonly (readonly [what: RegExp, who: RegExp])[] = [
  [/^runtime\/tensorflow$/, /^(model|training)\/|^outcome\/tracker\/tensorBoard\.ts$/], // its summary writer is TensorFlow's
  [/^@tensorflow\//, /^runtime\/tensorflow\.ts$/],
  [/^tslab/, /^figure\/show\.ts$/],
];

/** Folders of one room that import from themselves by way of others. */
function circles(files: readonly Source[]): string[] {
  const folderOf = (path: string) => path.split("/").slice(0, -1).slice(0, 2).join("/");
  const arrows = files.flatMap((file) => importsOf(file).map((target) => [folderOf(file.path), folderOf(target)] as const));
  const inner = arrows.filter(([from, to]) => from !== to && from.includes("/") && to.includes("/") && from.split("/")[0] === to.split("/")[0]);
  const reached = (from: string, seen = new Set<string>()): Set<string> => {
    for (const [start, to] of inner) if (start === from && !seen.has(to)) reached(to, seen.add(to));
    return seen;
  };
  return [...new Set(inner.map(([from]) => from))].filter((folder) => reached(folder).has(folder));
}

const isOwn = (target: string) => rooms.includes(target) || rooms.includes(target.split("/")[0]!) || target === "index" || target.startsWith("..");

/** A room's place in the order; outside `lib/` nothing may be reached, so that comes last. */
function rank(path: string): number {
  const room = path.split("/")[0]!;
  const place = rooms.indexOf(room === "index" ? "index.ts" : room);
  return place < 0 ? rooms.length : place;
}

test("lib/ has no room that the order of rooms does not name", () => {
  const present = readdirSync(lib);
  assert.deepEqual(present.filter((name) => !rooms.includes(name)), []);
  assert.ok(present.includes("acquisition") && present.includes("index.ts"));
});

test("lib/ imports only backwards along the flow of the data", () => {
  assert.ok(sources.length > 20);
  assert.deepEqual(forwardArrows(sources), []);
});

test("lib/ has no room whose folders import from each other in a circle", () => {
  assert.deepEqual(circles(sources), []);
  const [a, b] = [{ path: "dataset/pool/a.ts", text: 'import { b } from "../reader/b";' }, { path: "dataset/reader/b.ts", text: 'import { c } from "../standIn/c";' }];
  assert.deepEqual(circles([a, b]), []);
  const c = { path: "dataset/standIn/deep/c.ts", text: 'import { a } from "../../pool/a";' };
  assert.deepEqual(circles([a, b, c]), ["dataset/pool", "dataset/reader", "dataset/standIn"]);
});

test("lib/ keeps TensorFlow in model/, training/ and TensorBoard's tracker, and tslab in figure/show.ts", () => {
  assert.deepEqual(strangers(sources), []);
});

test("this test sees an arrow that points forward, whatever its form", () => {
  const arrows = (path: string, text: string) => forwardArrows([{ path, text }]);
  assert.deepEqual(arrows("random/shuffle.ts", 'import { a } from "../model/dense";'), ["lib/random/shuffle.ts imports lib/model/dense"]);
  assert.equal(arrows("random/shuffle.ts", 'import type { A } from "../../lib/loop/run";').length, 1);
  assert.equal(arrows("question/offer.ts", 'export { a } from "../acquisition/bald";').length, 1);
  assert.equal(arrows("dataset/csv.ts", 'const a = await import("../outcome/record");').length, 1);
  assert.equal(arrows("dataset/csv.ts", 'const a: import("../outcome/record").A = 1;').length, 1);
  assert.equal(arrows("figure/show.ts", 'const a = require("../experiment/study");').length, 1);
  assert.equal(arrows("loop/run.ts", 'import { entropy } from "almq";').length, 1);
  assert.equal(arrows("loop/run.ts", 'import { x } from "../../test/x";').length, 1);
  assert.deepEqual(arrows("loop/run.ts", 'import { a } from "../model/dense"; import { b } from "./budget"; import c from "csv-parse/sync";'), []);
});

test("this test sees TensorFlow and tslab where they do not belong", () => {
  const found = (path: string, text: string) => strangers([{ path, text }]).length;
  assert.equal(found("figure/palette.ts", 'import * as tslab from "tslab";'), 1);
  assert.equal(found("outcome/record.ts", 'const x = require.resolve("tslab/dist/jupyter");'), 1);
  assert.equal(found("acquisition/bald.ts", 'import { tf } from "../runtime/tensorflow";'), 1);
  assert.equal(found("model/dense.ts", 'import * as tf from "@tensorflow/tfjs-node";'), 1);
  assert.equal(found("model/dense.ts", 'import { tf } from "../runtime/tensorflow";'), 0);
  assert.equal(found("figure/show.ts", 'import * as tslab from "tslab";'), 0);
});
