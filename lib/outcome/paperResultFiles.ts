import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { refuse } from "../runtime/refuse";
import { writeWhole } from "./writeWhole";

/** The folder of the results in the paper's repository, at one commit. */
const published = "https://raw.githubusercontent.com/Yiran-Huang/Active-Learning-with-Multiple-Questions/474053fd91e7f50b094b722afbbca768ea2fd7e0/Outcomes";

/** No result file is nearly as large. */
export const mostBytes = 64 * 2 ** 20;

/** SHA-256 of the files, where almq's authors have had them in hand. The repository has no result files of har. */
const files: Readonly<Record<string, string | undefined>> = {
  "Handwriting_result/result0.pkl": "b4c9a25e0d7768e7896b7947acc264b816e6b3ecbab9b2d9ebbbdc6821863ee1",
  "MNIST_result/result0.pkl": "ce398767f835aa5875569e1698a40ab72cfbf15e28923079e62b2cd3628ad165",
  "MNIST_result/result1.pkl": "8f1aac14656d91e80dfd07763e6c288dbca91e48390a484c5242a3e65339fa50",
  "MNIST_result/result2.pkl": "6afe57349549fb88bb00f834f34ff6106ee2c51b4599aad99293cb049f310f1f",
  "MNIST_result/result3.pkl": "fc3417443aeb9bddbb918f69742b967ad403ac961be27c135911f7526f9b2b60",
  "MNIST_result/result4.pkl": "2171cb8517c801e45c076224656f6a2c5aac637d48c8ac77de4c0d887211c61f",
  ...Object.fromEntries(["Animal", "Tumor"].flatMap((study) => [0, 1, 2, 3, 4].map((i) => [`${study}_result/result${i}.pkl`, undefined]))),
};

/**
 * Downloads the paper's result files into a folder; what is there already is checked, and left alone.
 *
 * @param onFile called with the name of every file before it is fetched
 * @param from where the folder `Outcomes` is published; default the paper's repository at a pinned commit
 * @throws {InputError} when a file cannot be had, is too large, or is not what was published, one that was there already included
 */
export async function downloadPaperResults(folder: string, onFile: (name: string) => void = () => {}, from = published): Promise<void> {
  for (const [name, sha256] of Object.entries(files)) {
    const path = join(folder, name);
    if (existsSync(path)) {
      requireDigest(readFileSync(path), sha256, path);
      continue;
    }
    onFile(name);
    const bytes = await fetched(`${from}/${name}`);
    requireDigest(bytes, sha256, name);
    writeWhole(path, bytes);
  }
}

function requireDigest(bytes: Uint8Array, sha256: string | undefined, where: string): void {
  const found = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== undefined && found !== sha256) refuse("downloadPaperResults", `SHA-256 ${sha256}`, found, where);
}

async function fetched(address: string): Promise<Uint8Array> {
  const response = await fetch(address).catch((error: Error) => refuse("downloadPaperResults", "an answer from the network", String(error.cause ?? error.message), address));
  if (!response.ok || response.body === null) return refuse("downloadPaperResults", "the file", `${response.status} ${response.statusText}`, address);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += (chunk as Uint8Array).length;
    if (size > mostBytes) refuse("downloadPaperResults", `at most ${mostBytes} bytes`, "more", address);
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
}
