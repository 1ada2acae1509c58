import { refuse } from "../../runtime/refuse";
import { animal } from "./animal";
import { cifar10 } from "./cifar10";
import type { DatasetEntry } from "./datasetEntry";
import { fashionMnist } from "./fashionMnist";
import { handwriting } from "./handwriting";
import { har } from "./har";
import { mnist } from "./mnist";
import { tumor } from "./tumor";

/** The datasets that open with one call. */
export const registry = { handwriting, har, mnist, "fashion-mnist": fashionMnist, cifar10, animal, tumor } as const satisfies Record<string, DatasetEntry>;

/** The name of a dataset in the registry. */
export type DatasetName = keyof typeof registry;

/**
 * What almq knows about a dataset: licence, citation, shape, classes, files.
 *
 * @throws {InputError} when the registry has no such dataset
 */
export function datasetEntry(name: string, caller = "datasetEntry"): DatasetEntry {
  if (!Object.hasOwn(registry, name)) refuse(caller, `one of ${Object.keys(registry).join(", ")}`, name);
  return registry[name as DatasetName];
}
