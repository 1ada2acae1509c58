import type { Dataset } from "../dataset";
import type { FileSet } from "../fileSet";
import { indicesByClass } from "../indicesByClass";
import { harClasses, readHar } from "../reader/readHar";
import { harStandIn } from "../standIn/harStandIn";
import type { DatasetEntry } from "./datasetEntry";

const tables = ["train/X_train.txt", "train/y_train.txt", "test/X_test.txt", "test/y_test.txt"];
/** Windows per class, as published: no other file has these by chance. */
const publishedCounts = [[1226, 1073, 986, 1286, 1374, 1407], [496, 471, 420, 491, 532, 537]];
const title = "UCI human activity recognition";

/** Movements of a telephone at the waist, as 561 features. */
export const har: DatasetEntry = {
  name: "har",
  title,
  licence: "CC BY 4.0",
  citation:
    "D. Anguita, A. Ghio, L. Oneto, X. Parra, J. L. Reyes-Ortiz: A public domain dataset for human activity recognition using smartphones, ESANN 2013; UCI Machine Learning Repository, doi 10.24432/C54S4K",
  shape: [561],
  classes: harClasses,
  counts: { pool: 7352, test: 2947 },
  layouts: [tables, tables.map((name) => `UCI HAR Dataset/${name}`)],
  downloads: [
    {
      file: "har.zip",
      addresses: ["https://archive.ics.uci.edu/static/public/240/human+activity+recognition+using+smartphones.zip"],
      bytes: 61_005_872,
      sha256: "c00b803081a5c797cd5e4b83700a9810b38d53d9d84e01917e090e1fdbc81031",
      archive: { kind: "zip", take: Object.fromEntries([...tables, "features.txt", "activity_labels.txt"].map((name) => [`UCI HAR Dataset/${name}`, name])) },
    },
  ],
  open: openHar,
  standIn: { title: "movements made up by almq (a stand-in for UCI's human activity recognition)", size: 800, files: harStandIn },
};

function openHar(files: FileSet): Dataset {
  const data = readHar(files);
  const found = [data.labels, data.test.labels].map((labels) => indicesByClass(labels).map((indices) => indices.length));
  const real = JSON.stringify(found) === JSON.stringify(publishedCounts);
  const source = real ? title : `files in the format of UCI HAR (${data.samples.count} windows, not the published set)`;
  return { name: "har", source, standIn: false, classes: harClasses, ...data };
}
