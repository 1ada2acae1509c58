import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The checkout that this file belongs to. */
export const root = realpathSync(fileURLToPath(new URL("../../..", import.meta.url))).replace(/\/$/, "");
