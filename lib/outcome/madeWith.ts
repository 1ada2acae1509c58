import { version } from "../../package.json";
import { backend } from "../model/backend";
import type { OutcomeHeader } from "./record";

/** What computes the records on this machine, for a header. */
export function madeWith(): Pick<OutcomeHeader, "versions" | "backend"> {
  const { name, tensorflow, tfjs } = backend();
  return { versions: { almq: version, tensorflow, tfjs, node: process.versions.node }, backend: name };
}
