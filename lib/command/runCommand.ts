import { systemReason } from "../runtime/systemReason";

/**
 * Runs a command's `main`; where it fails, says why in one sentence and sets the exit status.
 * Bad input, bad flags and files that cannot be had are the user's to mend; anything else shows where it happened.
 *
 * @param help shown in place of it where `--help` or `-h` is asked for
 */
export function runCommand(main: () => void | Promise<void>, help: string): void {
  if (process.argv.slice(2).some((word) => word === "--help" || word === "-h")) return console.log(help);
  Promise.resolve().then(main).catch((error: unknown) => {
    console.error(sentence(error) ?? error);
    process.exitCode = 1;
  });
}

function sentence(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = "", syscall, path } = error as NodeJS.ErrnoException;
  if (syscall !== undefined && path !== undefined) return `${path}: ${systemReason(error)}`;
  return error.name === "InputError" || code.startsWith("ERR_PARSE_ARGS") ? error.message : undefined;
}
