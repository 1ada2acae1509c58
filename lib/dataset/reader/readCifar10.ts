import { refuse } from "../../runtime/refuse";
import { byteSamples } from "../byteSamples";
import { asByteSource, type ByteSource, type FileInput } from "../byteSource";
import { concatenate } from "../concatenate";
import type { Samples } from "../dataset";
import { gunzipped } from "./gunzip";

/** A label, then 32 × 32 bytes of red, of green, of blue. */
const record = 1 + 3 * 32 * 32;

/**
 * Reads batches of CIFAR-10 in the binary format, gzipped or not.
 *
 * @returns samples of shape [32, 32, 3], values 0 to 1, and their labels, batch after batch
 * @throws {InputError} naming file and byte when a batch is not whole, or a label is not from 0 to 9
 */
export function readCifar10(batches: readonly FileInput[]): { samples: Samples; labels: Int32Array } {
  const files = batches.map((batch) => gunzipped(asByteSource(batch), "readCifar10"));
  const labels = files.flatMap(labelsOf);
  const images = files.map((file) => byteSamples(file, { offset: 1, stride: record, count: file.size / record, shape: [32, 32, 3], order: "planar" }));
  return { samples: concatenate(images), labels: Int32Array.from(labels) };
}

function labelsOf(file: ByteSource): number[] {
  if (file.size === 0 || file.size % record !== 0) refuse("readCifar10", `whole images of ${record} bytes`, `${file.size} bytes`, file.name);
  const label = new Uint8Array(1);
  return Array.from({ length: file.size / record }, (_, i) => {
    file.read(i * record, label);
    if (label[0]! > 9) refuse("readCifar10", "a label from 0 to 9", label[0], `${file.name} byte ${i * record}`);
    return label[0]!;
  });
}
