import { refuse } from "../runtime/refuse";
import { animal } from "./animal";
import { handwriting } from "./handwriting";
import { har } from "./har";
import { mnist } from "./mnist";
import type { PanteaSetting } from "../outcome/panteaStudies";
import { panteaSettings, panteaStudies } from "./pantea";
import { quickEnd, quickStudy } from "./quickStudy";
import type { Study } from "./study";
import { tumor } from "./tumor";

/** The paper's studies, by name. */
export const studies: Readonly<Record<string, Study>> = { handwriting, har, mnist, animal, tumor };

/**
 * A study by its name: one of the paper's, one of Pantea's (see `panteaStudy`), or either made quick, by `-quick` behind its name.
 *
 * @throws {InputError} listing the names there are
 */
export function studyNamed(name: string): Study {
  if (name.endsWith(quickEnd)) return quickStudy(studyNamed(name.slice(0, -quickEnd.length)));
  if (Object.hasOwn(studies, name)) return studies[name]!;
  if (Object.hasOwn(panteaStudies, name)) return panteaStudies[name]!;
  const oneOf = (words: readonly (keyof PanteaSetting)[]) => words.map((word) => [...new Set(panteaSettings.map((setting) => setting[word].toLowerCase().replaceAll(/[^a-z0-9]/g, "")))].join("|"));
  const pantea = `pantea-${oneOf(["dataset", "model", "noise", "scenario"]).join("-")}`;
  return refuse("studyNamed", `one of ${Object.keys(studies).join(", ")}, ${pantea}`, name);
}
