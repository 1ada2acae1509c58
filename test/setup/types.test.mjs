import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";

test("the set-up's own code, which nobody compiles, has the right types", () => {
  const files = ["lib/runtime/setup", "test/setup"].flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith(".mjs")).map((name) => join(folder, name)));
  const program = ts.createProgram(files, {
    ...{ allowJs: true, checkJs: true, noEmit: true, strict: true, skipLibCheck: true, noUnusedLocals: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true },
    ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16, types: ["node"] },
  });
  const faults = ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
    return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
  assert.deepEqual(faults, []);
  assert.ok(files.length > 20);
});
