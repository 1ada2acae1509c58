import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const { scripts } = JSON.parse(readFileSync(join(process.cwd(), "package.json"), "utf8")) as { scripts: Record<string, string> };
const commands = Object.values(scripts).flatMap((script) => /^node lib\/runtime\/setup\/run\.mjs (\w+)$/.exec(script)?.[1] ?? []);

for (const command of commands)
  test(`npm run ${command} -- --help names every flag that it takes`, () => {
    const { status, stdout } = spawnSync(process.execPath, [join(__dirname, `../../lib/command/${command}.js`), "--help"], { encoding: "utf8", timeout: 60_000 });
    assert.equal(status, 0);
    assert.ok(stdout.includes(`npm run ${command}`), stdout);
    const source = readFileSync(join(process.cwd(), "lib/command", `${command}.ts`), "utf8");
    const flags = [...source.matchAll(/([\w-]+)"?: \{ type: "(?:string|boolean)"/g)].map(([, flag]) => `--${flag}`);
    for (const flag of flags) assert.ok(stdout.includes(flag), flag);
  });
