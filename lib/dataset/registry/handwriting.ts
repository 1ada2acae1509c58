import { handwritingClasses, readHandwriting } from "../reader/readHandwriting";
import { handwritingStandIn } from "../standIn/handwritingStandIn";
import type { DatasetEntry } from "./datasetEntry";

const uciFiles = ["optdigits.tra", "optdigits.tes"];

/** Handwritten digits as 8 × 8 counts. */
export const handwriting: DatasetEntry = {
  name: "handwriting",
  title: "UCI handwritten digits",
  licence: "CC BY 4.0",
  citation: "E. Alpaydin, C. Kaynak: Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998, doi 10.24432/C50P49",
  shape: [64],
  classes: handwritingClasses,
  counts: { pool: 5620, test: 0 },
  layouts: [["data.csv"], uciFiles],
  downloads: [
    {
      file: "optdigits.zip",
      addresses: ["https://archive.ics.uci.edu/static/public/80/optical+recognition+of+handwritten+digits.zip"],
      bytes: 591_292,
      sha256: "0d7b054fea010270e9b3f06411c654c5e59547732ad626381980baffe0a23fb0",
      archive: {
        kind: "zip",
        take: Object.fromEntries(uciFiles.map((name) => [name, name])),
        sha256: {
          "optdigits.tra": "e1b683cc211604fe8fd8c4417e6a69f31380e0c61d4af22e93cc21e9257ffedd",
          "optdigits.tes": "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8",
        },
      },
    },
  ],
  open: (files) => readHandwriting(files.has("data.csv") ? files.open("data.csv") : uciFiles.map((name) => files.open(name))),
  standIn: { title: "digits drawn by almq (a stand-in for UCI's)", size: 2000, files: handwritingStandIn },
};
