import { refuse } from "../../runtime/refuse";
import { allBytes, type ByteSource } from "../byteSource";
import type { Dataset, Samples } from "../dataset";
import type { FileSet } from "../fileSet";
import { floatSamples } from "../floatSamples";
import { decimal } from "./decimal";
import { growingNumbers } from "./growingNumbers";

/** The six activities, in the order of their labels 1 to 6. */
export const harClasses: readonly string[] = ["walking", "walking upstairs", "walking downstairs", "sitting", "standing", "laying"];

const features = 561;
const caller = "readHar";
/** Largest table read: the real one has 66 MB. */
const limit = 512 * 2 ** 20;
/** In bytes: the real ones have 9,000. */
const longestLine = 2 ** 16;

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
  const values = growingNumbers(Float32Array);
  eachLine(file, (text, line) => {
    const cells = text.match(/\S+/g) ?? [];
    if (cells.length !== features) refuse(caller, `${features} numbers`, cells.length, `${file.name} line ${line}`);
    cells.forEach((cell, column) => {
      const value = decimal(cell);
      values.append(Number.isNaN(value) ? refuse(caller, "a finite number", cell, `${file.name} line ${line}, column ${column + 1}`) : value);
    });
  });
  return floatSamples(values.all(), [features]);
}

function readLabels(file: ByteSource): Int32Array {
  const labels = growingNumbers(Int32Array);
  eachLine(file, (text, line) => {
    const label = decimal(text);
    if (!(Number.isInteger(label) && label >= 1 && label <= harClasses.length))
      refuse(caller, `a label from 1 to ${harClasses.length}`, text.trim() === "" ? "an empty line" : text.trim(), `${file.name} line ${line}`);
    labels.append(label - 1);
  });
  return labels.all();
}

/** Hands over the lines up to the last that is not empty, one by one: a list of lines may be many times larger than the file. */
function eachLine(file: ByteSource, use: (text: string, line: number) => void): void {
  const all = Buffer.from(allBytes(file, limit, caller).buffer);
  let end = all.length;
  while (end > 0 && all[end - 1]! <= 32) end--;
  if (end === 0) refuse(caller, "at least one line", "an empty file", file.name);
  const bytes = all.subarray(0, end);
  for (let start = 0, line = 1; start < end; line++) {
    const found = bytes.indexOf("\n", start);
    const stop = found < 0 ? end : found;
    if (stop - start > longestLine) refuse(caller, `lines of at most ${longestLine} bytes`, stop - start, `${file.name} line ${line}`);
    use(bytes.toString("latin1", start, stop), line);
    start = stop + 1;
  }
}
