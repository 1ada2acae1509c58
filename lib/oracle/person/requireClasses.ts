import { refuse } from "../../runtime/refuse";

const longest = 100;
const most = 1000;

/**
 * Refuses classes that cannot be put to a person.
 *
 * @throws {InputError} for fewer than two or more than 1,000 classes, an empty name, one of more than 100 characters, a name twice
 */
export function requireClasses(caller: string, classes: readonly string[]): void {
  if (classes.length < 2 || classes.length > most) refuse(caller, `2 to ${most} classes`, classes.length);
  classes.forEach((name, i) => {
    if (typeof name !== "string" || name.trim() === "") refuse(caller, "a name for every class", "an empty one", `class ${i}`);
    if (name.length > longest) refuse(caller, `class names of at most ${longest} characters`, name.length, `class ${i}`);
    if (classes.indexOf(name) !== i) refuse(caller, "different classes", `${name} twice`);
  });
}
