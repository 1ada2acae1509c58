import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { refuse } from "../runtime/refuse";
import type { QuestionCount } from "./questionCounts";
import { writeWhole } from "./writeWhole";

/** The columns of a `questions.csv`. */
export const questionColumns = [
  "dataset", "method", "exploration", "question", "replicates", "asked_mean", "asked_sd", "yes_share",
  "asked_first_third", "asked_second_third", "asked_last_third",
]; // prettier-ignore

/** Writes question counts: the columns of `questionColumns`, counts with 3 decimals, shares with 4. */
export function writeQuestions(path: string, counts: readonly QuestionCount[]): void {
  const rows = counts.map(({ dataset, method, exploration, question, replicates, asked, askedSd, yesShare, askedByThird }) => [
    dataset, method, exploration ? "on" : "off", question, replicates, asked.toFixed(3), askedSd?.toFixed(3) ?? "", yesShare?.toFixed(4) ?? "",
    ...askedByThird.map((third) => third.toFixed(3)),
  ]); // prettier-ignore
  writeWhole(path, `${[questionColumns, ...rows].map((row) => row.join(",")).join("\n")}\n`);
}

/**
 * Reads a `questions.csv`.
 *
 * @throws {InputError} naming the line that is not as it should be
 */
export function readQuestions(path: string): QuestionCount[] {
  const [columns = [], ...rows] = parse(readFileSync(path)) as string[][];
  if (columns.join() !== questionColumns.join()) refuse("readQuestions", `the columns ${questionColumns.join()}`, columns.join(), path);
  return rows.map((row, i) => {
    const number = (text: string) => (text !== "" && Number.isFinite(Number(text)) ? Number(text) : refuse("readQuestions", "a number", text, `${path}, line ${i + 2}`));
    const [dataset, method, exploration, question, replicates, asked, askedSd, yesShare, first, second, last] = row as [string, string, string, string, string, string, string, string, string, string, string];
    return {
      dataset,
      method,
      exploration: exploration === "on",
      question,
      replicates: number(replicates),
      asked: number(asked),
      ...(askedSd === "" ? {} : { askedSd: number(askedSd) }),
      ...(yesShare === "" ? {} : { yesShare: number(yesShare) }),
      askedByThird: [number(first), number(second), number(last)],
    };
  });
}
