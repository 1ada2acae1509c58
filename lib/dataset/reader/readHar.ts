import { refuse } from "../../runtime/refuse";
import { allBytes, type ByteSource } from "../byteSource";
import type { Dataset, Samples } from "../dataset";
import type { FileSet } from "../fileSet";
import { floatSamples } from "../floatSamples";

/** The six activities, in the order of their labels 1 to 6. */
export const harClasses: readonly string[] = ["walking", "walking upstairs", "walking downstairs", "sitting", "standing", "laying"];

const features = 561;
const caller = "readHar";
/** Largest table read: the real one has 66 MB. */
const limit = 512 * 2 ** 20;

/**
 * Reads the UCI HAR folder: 561 features of each window, training and test set, as text.
 *
 * @param files holds `train/X_train.txt`, `train/y_train.txt`, `test/X_test.txt` and `test/y_test.txt`, at the top or in `UCI HAR Dataset/`
 * @returns samples of shape [561], unscaled; class = label − 1; the given test set
 * @throws {InputError} naming file, line and column of the first value that is wrong
 * @see UCI Machine Learning Repository, doi 10.24432/C54S4K
 */
export function readHar(files: FileSet): Pick<Dataset, "samples" | "labels"> & Required<Pick<Dataset, "test">> {
  const folder = files.has("train/X_train.txt") ? "" : "UCI HAR Dataset/";
  const part = (name: "train" | "test") => {
    const samples = readTable(files.open(`${folder}${name}/X_${name}.txt`));
    const labels = readLabels(files.open(`${folder}${name}/y_${name}.txt`));
    if (labels.length !== samples.count) refuse(caller, `${samples.count} labels`, labels.length, `y_${name}.txt`);
    return { samples, labels };
  };
  return { ...part("train"), test: part("test") };
}

function readTable(file: ByteSource): Samples {
  const rows = lines(file);
  const values = new Float32Array(rows.length * features);
  rows.forEach((row, line) => {
    const cells = row.trim().split(/\s+/);
    if (cells.length !== features) refuse(caller, `${features} numbers`, cells.length, `${file.name} line ${line + 1}`);
    cells.forEach((cell, column) => {
      const value = Number(cell);
      if (!Number.isFinite(Math.fround(value))) refuse(caller, "a finite number", cell, `${file.name} line ${line + 1}, column ${column + 1}`);
      values[line * features + column] = value;
    });
  });
  return floatSamples(values, [features]);
}

function readLabels(file: ByteSource): Int32Array {
  return Int32Array.from(lines(file), (row, line) => {
    const label = Number(row);
    if (!(Number.isInteger(label) && label >= 1 && label <= harClasses.length))
      refuse(caller, `a label from 1 to ${harClasses.length}`, row.trim(), `${file.name} line ${line + 1}`);
    return label - 1;
  });
}

function lines(file: ByteSource): string[] {
  const rows = Buffer.from(allBytes(file, limit, caller)).toString("latin1").split("\n");
  while (rows.at(-1)?.trim() === "") rows.pop();
  if (rows.length === 0) refuse(caller, "at least one line", "an empty file", file.name);
  return rows;
}
