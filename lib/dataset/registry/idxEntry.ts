import { refuse } from "../../runtime/refuse";
import type { ByteSource } from "../byteSource";
import type { Dataset } from "../dataset";
import type { FileSet } from "../fileSet";
import { gunzipped } from "../reader/gunzip";
import { readIdxImages, readIdxLabels } from "../reader/readIdx";
import type { DatasetEntry } from "./datasetEntry";
import { hasDigest } from "./hasDigest";

/** A file of an MNIST-like set as it is published. */
export interface IdxFile {
  readonly name: string;
  /** Of the gzipped file. */
  readonly bytes: number;
  readonly gzipSha256: string;
  /** Of the unpacked file, where known. */
  readonly sha256?: string;
}

/** What sets one MNIST-like dataset apart from another. */
export interface IdxDataset extends Pick<DatasetEntry, "name" | "title" | "licence" | "citation" | "classes" | "standIn"> {
  /** Images and labels to train on, images and labels to test on. */
  readonly files: readonly [IdxFile, IdxFile, IdxFile, IdxFile];
  /** Folders on the network that hold the four files, gzipped; with a slash at the end. */
  readonly mirrors: readonly string[];
}

/** The registry's entry of a dataset in MNIST's four idx files, gzipped or not. */
export function idxEntry({ files, mirrors, ...about }: IdxDataset): DatasetEntry {
  const names = files.map(({ name }) => name);
  return {
    ...about,
    shape: [28, 28, 1],
    counts: { pool: 60_000, test: 10_000 },
    layouts: mixed(names),
    downloads: files.map(({ name, bytes, gzipSha256 }) => ({ file: `${name}.gz`, addresses: mirrors.map((mirror) => `${mirror}${name}.gz`), bytes, sha256: gzipSha256 })),
    open: (folder) => openIdx(folder, files, about),
  };
}

/** All ways to have the files, each of them gzipped or not. */
function mixed(names: readonly string[]): string[][] {
  return names.reduce<string[][]>((ways, name) => [`${name}.gz`, name].flatMap((file) => ways.map((way) => [...way, file])), [[]]);
}

function openIdx(folder: FileSet, files: IdxDataset["files"], { name, title, classes }: Pick<IdxDataset, "name" | "title" | "classes">): Dataset {
  const packed = files.map((file) => folder.open(folder.has(`${file.name}.gz`) ? `${file.name}.gz` : file.name));
  const unpacked = packed.map((file) => gunzipped(file, "loadDataset"));
  const real = packed.every((file, i) => hasDigest(file, files[i]!.gzipSha256)) || unpacked.every((file, i) => hasDigest(file, files[i]!.sha256));
  const [trainImages, trainLabels, testImages, testLabels] = unpacked as [ByteSource, ByteSource, ByteSource, ByteSource];
  const train = labeledImages(trainImages, trainLabels, classes.length);
  return {
    name,
    source: real ? title : `files in the format of ${title} (${train.samples.count} images, not the published set)`,
    standIn: false,
    classes,
    ...train,
    test: labeledImages(testImages, testLabels, classes.length),
  };
}

function labeledImages(images: ByteSource, names: ByteSource, classes: number): Pick<Dataset, "samples" | "labels"> {
  const samples = readIdxImages(images);
  const labels = readIdxLabels(names, classes);
  if (labels.length !== samples.count) refuse("loadDataset", `${samples.count} labels for the images of ${images.name}`, labels.length, names.name);
  return { samples, labels };
}
