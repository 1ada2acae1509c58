import { whole, type Fault, type NotebookFile, type Output } from "./notebook";

/** What is wrong with the outputs of a notebook that was executed: errors, failed assertions, displays that need a browser. */
export function outputFaults({ path, notebook }: Pick<NotebookFile, "path" | "notebook">): Fault[] {
  const live = notebook.metadata.almq?.live === true;
  return notebook.cells.flatMap(({ outputs = [] }, cell) =>
    outputs.flatMap((output) => {
      const message = errorOf(output) ?? (live ? undefined : unseen(output));
      return message === undefined ? [] : [{ path, cell, message }];
    }),
  );
}

/** The kernel reports errors, and `console.assert` a claim that fails, on the standard error stream. */
function errorOf({ output_type, name, text, ename = "", evalue = "" }: Output): string | undefined {
  if (output_type === "error") return `${ename}: ${evalue}`;
  return output_type === "stream" && name === "stderr" ? whole(text).trim() : undefined;
}

function unseen({ data }: Output): string | undefined {
  if (data === undefined) return undefined;
  const types = Object.keys(data);
  const page = data["text/html"] as Output["text"];
  const needsBrowser = types.some((type) => type.startsWith("application/vnd.")) || /<(script|iframe)\b/i.test(whole(page));
  const pictured = types.some((type) => type.startsWith("image/"));
  return needsBrowser && !pictured ? `a display without a static picture (${types.join(", ")}): where no script runs, nothing is seen` : undefined;
}
