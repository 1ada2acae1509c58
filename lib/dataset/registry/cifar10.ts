import type { Dataset } from "../dataset";
import type { FileSet } from "../fileSet";
import { gunzipped } from "../reader/gunzip";
import { readCifar10 } from "../reader/readCifar10";
import { cifarClasses, cifarStandIn } from "../standIn/cifarStandIn";
import type { DatasetEntry } from "./datasetEntry";
import { hasDigest } from "./hasDigest";

/** SHA-256 of the batches, as published; the last is the test set. */
const batches: Readonly<Record<string, string>> = {
  "data_batch_1.bin": "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
  "data_batch_2.bin": "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
  "data_batch_3.bin": "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
  "data_batch_4.bin": "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
  "data_batch_5.bin": "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
  "test_batch.bin": "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b",
};
const names = Object.keys(batches);

/** Small colour photographs. */
export const cifar10: DatasetEntry = {
  name: "cifar10",
  title: "CIFAR-10",
  licence: "none stated; published for research",
  citation: "A. Krizhevsky: Learning multiple layers of features from tiny images, technical report, University of Toronto, 2009",
  shape: [32, 32, 3],
  classes: cifarClasses,
  counts: { pool: 50_000, test: 10_000 },
  layouts: [names, names.map((name) => `${name}.gz`), ["data_batch_1.bin.gz", "test_batch.bin.gz"], ["data_batch_1.bin", "test_batch.bin"]],
  downloads: [
    {
      file: "cifar-10-binary.tar.gz",
      addresses: ["https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"],
      bytes: 170_052_171,
      sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
      archive: { kind: "tar.gz", take: Object.fromEntries(names.map((name) => [`cifar-10-batches-bin/${name}`, name])), sha256: batches },
    },
  ],
  open: openCifar10,
  standIn: { title: "scenes drawn by almq (a stand-in for CIFAR-10)", size: 1000, files: cifarStandIn },
};

/** All batches that are there: a part of the set is opened too, and called a part. */
export function openCifar10(files: FileSet, published = batches): Dataset {
  const names = Object.keys(published);
  const here = names.map((name) => (files.has(name) ? name : `${name}.gz`)).filter((name) => files.has(name));
  const opened = here.map((name) => gunzipped(files.open(name), "loadDataset"));
  const real = here.length === names.length && opened.every((file, i) => hasDigest(file, published[names[i]!]));
  const train = readCifar10(opened.slice(0, -1));
  const source = real ? "CIFAR-10" : `files in the format of CIFAR-10 (${train.samples.count} images, not the published set)`;
  return { name: "cifar10", source, standIn: false, classes: cifarClasses, ...train, test: readCifar10(opened.slice(-1)) };
}
