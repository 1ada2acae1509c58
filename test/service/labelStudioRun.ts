/** `node labelStudioRun.js URL ANSWERS`: a run whose answers come from Label Studio, until it ends. */
import { writeFileSync } from "node:fs";
import { labelStudioOracle, personRun } from "almq";
import { digitSession } from "../experiment/person/session";

async function main(url: string, answers: string): Promise<void> {
  const { options } = await digitSession();
  const { pool, classes, views } = options;
  const oracle = await labelStudioOracle({ url, token: process.env.LABEL_STUDIO_TOKEN!, pool, classes, views, answers });
  console.log(`project ${oracle.project}`);
  const { records } = await personRun(options, oracle).start();
  writeFileSync(`${answers}.records`, JSON.stringify(records));
  await oracle.close();
}

void main(process.argv[2]!, process.argv[3]!);
