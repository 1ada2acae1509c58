import { equal, match } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { outcomeColumns } from "almq";
import { projectFolder } from "../../lib/runtime/projectFolder";

const page = readFileSync(join(projectFolder, "outcomes", "README.md"), "utf8");

/** A Python with pandas: the one that was named, that of the services' tests, JupyterLab's, or the machine's. */
const python = [process.env.ALMQ_PYTHON, ...[".venv-servers", ".venv"].map((folder) => join(projectFolder, folder, "bin", "python")), "python3"].find(
  (path) => path !== undefined && spawnSync(path, ["-c", "import pandas"]).status === 0,
);

test("outcomes/README.md says what is in every column of a file of records", () => {
  const described = [...page.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, names]) => names!.match(/\w+/g)!);
  for (const column of outcomeColumns) equal(described.filter((name) => name === column).length, 1, column);
});

test("outcomes/README.md reads records with pandas as it says", { skip: python === undefined && "no Python with pandas" }, () => {
  const [, code] = /^```python\n([^]*?)^```/m.exec(page)!;
  const { status, stdout, stderr } = spawnSync(python!, ["-c", code!], { cwd: projectFolder, encoding: "utf8" });
  equal(status, 0, stderr);
  match(stdout, /^100 run\n/);
  match(stdout, /^ALMQ\+EE +0\.94\d+$/m);
});
