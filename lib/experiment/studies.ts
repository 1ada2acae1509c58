import { refuse } from "../runtime/refuse";
import { handwriting } from "./handwriting";
import { har } from "./har";
import { mnist } from "./mnist";
import type { Study } from "./study";

/** Every study almq can run, by name. */
export const studies: Readonly<Record<string, Study>> = { handwriting, har, mnist };

/**
 * A study by its name.
 *
 * @throws {InputError} listing the names there are
 */
export function studyNamed(name: string): Study {
  return Object.hasOwn(studies, name) ? studies[name]! : refuse("studyNamed", `one of ${Object.keys(studies).join(", ")}`, name);
}
