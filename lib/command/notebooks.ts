/** `npm run notebooks`: type-checks and executes every notebook, and keeps what it shows without the noise of the run. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findFiles } from "../dataset/registry/datasetFolder";
import { datasetEntry } from "../dataset/registry/registry";
import { writeWhole } from "../outcome/writeWhole";
import { projectFolder } from "../runtime/projectFolder";
import { refuse } from "../runtime/refuse";
import { execute, inParallel, kernelsAtOnce } from "./notebooks/execute";
import { faultText, notebookText, readNotebooks, type Fault, type NotebookFile } from "./notebooks/notebook";
import { outputDifferences, type Tolerance } from "./notebooks/outputDifference";
import { outputFaults } from "./notebooks/outputFaults";
import { judgeSolutions, withSolutions } from "./notebooks/solutions";
import { typeFaults } from "./notebooks/typeFaults";
import { withoutNoise } from "./notebooks/withoutNoise";
import { runCommand } from "./runCommand";

const usage = `npm run notebooks -- [WORDS IN THEIR PATHS] [--check] [--tolerance SHARE] [--folder FOLDER]`;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: "boolean", default: false },
      tolerance: { type: "string", default: "0.05" },
      folder: { type: "string", default: "notebooks" },
    },
  });
  const share = Number(values.tolerance);
  if (!(share >= 0 && share < 1)) refuse("notebooks", "a tolerance from 0 to below 1", values.tolerance);
  const notebooks = readNotebooks(projectFolder, values.folder, positionals);
  if (notebooks.length === 0) refuse("notebooks", usage, positionals.join(" "));
  const tolerance = { relative: share, absolute: 0.4 * share };
  const faulty = new Set<string>();
  const tell = (file: NotebookFile, faults: readonly Fault[]) => {
    for (const fault of faults) console.error(`✗ ${faultText(fault, file.notebook)}`);
    if (faults.length > 0) faulty.add(file.path);
  };

  const wrongTypes = typeFaults(notebooks, projectFolder);
  for (const file of notebooks) tell(file, wrongTypes.filter(({ path }) => path === file.path));
  await inParallel(notebooks.filter(({ path }) => !faulty.has(path)), kernelsAtOnce(), async (file) => {
    const { faults, said } = await renewed(file, tolerance, values.check);
    tell(file, faults);
    if (faults.length === 0) console.log(`✓ ${file.path}: ${said}`);
  });
  console.log(`${notebooks.length - faulty.size} of ${notebooks.length} notebooks in order`);
  if (faulty.size > 0) process.exitCode = 1;
}

/** Runs a notebook; keeps what it shows when that is sound and new, or, in a check, finds fault with what is new. */
async function renewed(file: NotebookFile, tolerance: Tolerance, check: boolean): Promise<{ faults: Fault[]; said: string }> {
  const execution = await execute(file, withSolutions(file.notebook), projectFolder);
  if ("failure" in execution) return { faults: [{ path: file.path, message: execution.failure }], said: "" };
  const { executed, faults } = judgeSolutions(file, execution.notebook);
  faults.push(...outputFaults({ path: file.path, notebook: executed }));
  if (faults.length > 0) return { faults, said: "" };
  const fresh = withoutNoise(executed, projectFolder);
  const absent = (file.notebook.metadata.almq?.data ?? []).find((name) => findFiles(datasetEntry(name)) === undefined);
  const seconds = `${execution.seconds.toFixed(0)} s${absent === undefined ? "" : `, not compared: ${absent} is not on this machine`}`;
  const differences = absent === undefined ? outputDifferences(file, fresh, tolerance) : [];
  if (check) return { faults: [...differences, ...noise(file)], said: seconds };
  const kept = differences.length > 0 ? notebookText(fresh) : quiet(file);
  if (kept !== file.text) writeWhole(join(projectFolder, file.path), kept);
  return { faults: [], said: kept === file.text ? seconds : `${seconds}, written anew` };
}

const quiet = ({ notebook }: NotebookFile) => notebookText(withoutNoise(notebook, projectFolder));

function noise(file: NotebookFile): Fault[] {
  return quiet(file) === file.text ? [] : [{ path: file.path, message: "holds marks of the run that made it: `npm run notebooks` takes them off" }];
}

runCommand(main, usage);
