import type { Dataset } from "../dataset";
import type { FileSet } from "../fileSet";
import { readNpyClasses } from "../reader/readNpyClasses";
import type { DatasetEntry } from "./datasetEntry";

/** What sets one dataset of NumPy files, one per class, apart from another. */
export interface NpyClassesDataset extends Pick<DatasetEntry, "name" | "title" | "licence" | "citation" | "classes" | "standIn"> {
  /** In the order of the classes: the file, and the folder its images are in originally. */
  readonly folders: Readonly<Record<string, string>>;
  readonly dropSingleChannel: boolean;
  /** Images in all, as far as known. */
  readonly count: number;
  /** Where the original images are. */
  readonly kaggle: string;
  /** Where the paper's authors publish the NumPy files. */
  readonly prepared: string;
}

/** The registry's entry of a dataset of colour images of 224 × 224 in NumPy files. Nobody publishes checksums of these: a set is opened as it is. */
export function npyClassesEntry({ folders, dropSingleChannel, count, kaggle, prepared, ...about }: NpyClassesDataset): DatasetEntry {
  const files = Object.keys(folders);
  return {
    ...about,
    preparation: { folders, dropSingleChannel },
    shape: [224, 224, 3],
    counts: { pool: count, test: 0 },
    layouts: [files],
    downloads: [],
    byHand: `Put ${files.join(", ")} there, from ${prepared}; or take the images from ${kaggle} and run npm run datasets -- ${about.name} --from FOLDER`,
    open: (folder) => openNpyClasses(folder, files, about),
  };
}

function openNpyClasses(folder: FileSet, files: readonly string[], { name, title, classes }: Pick<DatasetEntry, "name" | "title" | "classes">): Dataset {
  const data = readNpyClasses(files.map((file) => folder.open(file)));
  return { name, source: `${title} (${data.samples.count} images, unverified: no checksum is published)`, standIn: false, classes, ...data };
}
