import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../runtime/projectFolder";

/** Where Label Studio is, and with which user's token. */
export interface LabelStudioAccess {
  readonly url: string;
  readonly token: string;
}

/**
 * The Label Studio that `npm run label-studio` has started; undefined where it does not run.
 *
 * @param file where it says so; default in this checkout
 */
export async function localLabelStudio(file = process.env.ALMQ_LABEL_STUDIO ?? join(projectFolder, ".label-studio", "almq.json")): Promise<LabelStudioAccess | undefined> {
  if (!existsSync(file)) return undefined;
  const { url, token } = JSON.parse(readFileSync(file, "utf8")) as LabelStudioAccess;
  const runs = await fetch(`${url}/health`, { signal: AbortSignal.timeout(10_000) }).then((reply) => reply.ok, () => false);
  return runs ? { url, token } : undefined;
}
