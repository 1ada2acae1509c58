/**
 * Runs a command's `main`; where it fails, says why in one sentence and sets the exit status.
 * Bad input and bad flags are the user's to mend; anything else shows where it happened.
 */
export function runCommand(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    console.error(isUsersOwn(error) ? error.message : error);
    process.exitCode = 1;
  });
}

function isUsersOwn(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  return error.name === "InputError" || (code?.startsWith("ERR_PARSE_ARGS") ?? false);
}
