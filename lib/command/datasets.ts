/** `npm run datasets -- NAME`: brings a dataset here, checks it, and says what it is. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checksum } from "../dataset/download/fetchFile";
import type { DownloadProgress } from "../dataset/download/download";
import { filesOnDisk, type FileSet } from "../dataset/fileSet";
import type { DatasetEntry } from "../dataset/registry/datasetEntry";
import { downloadFolder, findFiles, standInMark } from "../dataset/registry/datasetFolder";
import { installDataset, openDataset } from "../dataset/registry/loadDataset";
import { datasetEntry, registry } from "../dataset/registry/registry";
import { writeStandIn } from "../dataset/registry/writeStandIn";
import { prepareImages } from "../dataset/registry/prepareImages";
import { randomSource } from "../random/randomSource";
import { progressLine } from "../runtime/progressLine";
import { refuse } from "../runtime/refuse";
import { runCommand } from "./runCommand";

const usage = `npm run datasets                        the datasets almq knows, and which are here
npm run datasets -- NAME                download one, check it, say what it is
npm run datasets -- NAME --from FOLDER  animal, tumor: make the files from the folder of original images
npm run datasets -- NAME --stand-in N   draw N samples in the same file format instead
    --into FOLDER   where the files go: by default datasets/NAME (a stand-in to datasets/stand-in/NAME: use it with ALMQ_DATA=datasets/stand-in)
    --seed S        what the stand-in is drawn with (default 1)`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { "stand-in": { type: "string" }, from: { type: "string" }, into: { type: "string" }, seed: { type: "string", default: "1" } },
  });
  if (positionals.length > 1) refuse("datasets", "one name at a time", positionals.join(" "));
  const [name] = positionals;
  if (name === undefined) return list();
  const entry = datasetEntry(name, "datasets");
  if (values.from !== undefined) return prepare(entry, values.from, values.into ?? downloadFolder(name));
  if (values["stand-in"] === undefined) return bring(entry, values.into);
  const folder = values.into ?? join(downloadFolder("stand-in"), name);
  writeStandIn(entry, folder, Number(values["stand-in"]), randomSource(values.seed));
  await describe(entry, filesOnDisk(folder));
}

function list(): void {
  for (const entry of Object.values<DatasetEntry>(registry)) {
    const files = findFiles(entry);
    const { title } = files?.has(standInMark) ? entry.standIn : entry;
    console.log(`${entry.name.padEnd(14)} ${title}: ${files?.place ?? "not here"}`);
  }
  console.log(`\n${usage}`);
}

async function bring(entry: DatasetEntry, into: string | undefined): Promise<void> {
  if (into !== undefined || findFiles(entry) === undefined) await installDataset(entry, showProgress(), into);
  const files = into === undefined ? findFiles(entry) : filesOnDisk(into);
  if (files === undefined) refuse("datasets", `the files of ${entry.name}`, "none");
  await describe(entry, files);
}

/** Makes the files of a dataset from original images. */
async function prepare(entry: DatasetEntry, from: string, folder: string): Promise<void> {
  if (entry.preparation === undefined) refuse("datasets", "a dataset that is made from images (animal, tumor)", entry.name);
  const line = progressLine(`prepare ${entry.name}`);
  const results = await prepareImages(from, entry.preparation, folder, (done, total) => line.show(done / total, `${done} of ${total} images`));
  line.end();
  for (const { file, images, dropped } of results) console.log(`  ${file}: ${images} images${dropped > 0 ? `, ${dropped} of a single channel left out` : ""}`);
  await describe(entry, filesOnDisk(folder));
}

/** Says what the data is, after reading all of it. */
async function describe(entry: DatasetEntry, files: FileSet): Promise<void> {
  const dataset = await openDataset(entry, files);
  const test = dataset.test === undefined ? "" : ` and ${dataset.test.samples.count} to test on`;
  console.log(`${entry.name}: ${dataset.source}`);
  console.log(`  where     ${files.place}`);
  console.log(`  samples   ${dataset.samples.count}${test}, each ${dataset.samples.shape.join(" × ")}`);
  console.log(`  classes   ${dataset.classes.join(", ")}`);
  console.log(dataset.standIn ? `  stands in for ${entry.title}; not for publication` : `  licence   ${entry.licence}\n  cite      ${entry.citation}`);
  const layout = entry.layouts.find((names) => names.every((name) => files.has(name))) ?? [];
  for (const name of layout) console.log(`  SHA-256   ${await checksum(join(files.place, name))}  ${name}`);
}

/** One bar per file and step. */
function showProgress(): (progress: DownloadProgress) => void {
  let line = progressLine("");
  let shown = "";
  return ({ file, step, done, total }) => {
    const title = `${step} ${file}`;
    if (title !== shown) line = progressLine(title);
    shown = title;
    line.show(done / total, `${(done / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`);
    if (done === total) line.end();
  };
}

runCommand(main, usage);
