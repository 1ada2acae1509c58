import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { galleryHtml, paperFigure, paperFigureNames, randomSource, switchable, switchablePaperFigure, writeOutcome, type Figure, type PaperFigureName } from "almq";
import { syntheticReplicate } from "../outcome/syntheticStudy";
import { matchSnapshot } from "../snapshot/matchSnapshot";

const folder = mkdtempSync(join(tmpdir(), "almq-figures-"));
after(() => rmSync(folder, { recursive: true }));
const nothing = join(folder, "nothing here");
mkdirSync(nothing);
const outcomes = join(folder, "outcomes");
for (const number of [1, 2, 3]) writeOutcome(join(outcomes, "handwriting", "paper"), syntheticReplicate(number, randomSource(number), { study: "handwriting" }));

test("paperFigure(name) draws published points alone where almq has no results, and says so", () => {
  for (const name of paperFigureNames) {
    const { figure, caption } = paperFigure(name, { outcomes: nothing });
    match((figure.layout.title as { text: string }).text, new RegExp(`^Figure ${name}: `));
    equal(JSON.stringify(figure.layout).split("published points only, 30 replicates").length - 1, 2, "in both panels");
    match(caption, /^Left: .* only: almq has no results of this study yet\. Right: .*/);
  }
});

test("paperFigure(\"3\") shows almq's results beside the published points, panel by panel", () => {
  const { figure, caption, table, losses } = paperFigure("3", { outcomes });
  matchSnapshot("figures/paper-figure-3", figure);
  match(caption, /numbers made up for a test, 3 replicates of ALMQ, RA only, computed by almq as the paper's released code does it/);
  deepEqual(losses, []);
  const almq = table.find(({ dataset, method, EE }) => dataset === "handwriting" && method === "ALMQ" && EE === "on")!;
  equal(almq.replicates, 3);
  ok(Math.abs(almq.difference! - (almq.almq! - almq.published!)) < 1e-12);
});

test("paperFigure(name) reports what was cut off in a file, and refuses other names", () => {
  const cut = join(folder, "cut");
  const path = writeOutcome(join(cut, "handwriting", "paper"), syntheticReplicate(1, randomSource(1), { study: "handwriting" }));
  writeFileSync(path, readFileSync(path, "utf8").slice(0, -9));
  match(paperFigure("S4", { outcomes: cut }).losses[0]!, /replicate-01\.csv: the last line was cut/);
  throws(() => paperFigure("6" as PaperFigureName), /paperFigure: expected 3, 4, 5, S4, S5, got 6/);
});

test("paperFigure(name) of a run that was cut counts it as far as it goes, and says so", () => {
  const own = join(folder, "cut run");
  for (const number of [0, 1]) writeOutcome(join(own, "handwriting", "paper"), syntheticReplicate(number, randomSource(number), { study: "handwriting" }));
  const path = join(own, "handwriting", "paper", "replicate-01.csv");
  writeFileSync(path, readFileSync(path, "utf8").split("\n").filter((row) => !/^RA,(7|8|9|10),/.test(row)).join("\n")); // prettier-ignore
  const { caption, table, losses } = paperFigure("3", { outcomes: own });
  match(caption, /1 to 2 replicates of ALMQ, RA only, .* as open markers\. Cut short, and counted as far as they come: runs of RA in 1 of 2 replicates\./);
  const row = (method: string) => table.find((one) => one.dataset === "handwriting" && one.method === method)!;
  deepEqual([row("ALMQ").replicates, row("RA").replicates, row("RA").budget], [2, 1, 10]);
  match(losses[0]!, /RA breaks off at 6 of its budget of 10 \(1 of 3 points missing\)/);
});

test("switchable(figures) shows the first and has a button for each", () => {
  const figures = (["paper", "corrected"] as const).map((label) => ({ label, figure: paperFigure("5", { fidelity: label }).figure }));
  const both = switchable([figures[0]!, figures[1]!]);
  const half = both.data.length / 2;
  ok(both.data.every((trace, i) => trace.visible === i < half));
  const [menu] = both.layout.updatemenus as [{ buttons: { label: string; args: [{ visible: boolean[] }] }[] }];
  deepEqual(menu.buttons.map(({ label }) => label), ["paper", "corrected"]); // prettier-ignore
  ok(menu.buttons[1]!.args[0].visible.every((visible, i) => visible === i >= half));
  equal(switchable([figures[0]!]), figures[0]!.figure);
  const second = switchable([figures[0]!, figures[1]!], "corrected");
  ok(second.data.every((trace, i) => trace.visible === i >= half));
  throws(() => switchable([figures[0]!], "both"), /switchable: expected one of paper, got both/);
});

test("switchablePaperFigure(name) has a button for each fidelity, a caption for each, and one table", () => {
  const own = join(folder, "two fidelities");
  for (const fidelity of ["paper", "corrected"] as const)
    for (const number of [1, 2]) writeOutcome(join(own, "handwriting", fidelity), syntheticReplicate(number, randomSource(`${fidelity} ${number}`), { study: "handwriting", fidelity }));
  const { figure, caption, table, paper, corrected } = switchablePaperFigure("3", { outcomes: own });
  const [menu] = figure.layout.updatemenus as [{ buttons: { args: [unknown, { annotations: { text: string }[] }] }[] }];
  match(menu.buttons[1]!.args[1].annotations[0]!.text, /numbers made up for a test, corrected<br>/);
  match(caption, /^Button “paper”\. Left: .* as the paper's released code does it .* Button “corrected”\. Left: .* as the paper describes it /);
  const row = table.find(({ dataset, method, EE }) => dataset === "handwriting" && method === "ALMQ" && EE === "on")!;
  const finals = [paper, corrected].map((one) => one.table.find(({ dataset, method, EE }) => dataset === "handwriting" && method === "ALMQ" && EE === "on")!.almq);
  deepEqual([row.paper, row.corrected, row["paper replicates"]], [...finals, 2]);
  ok(row.paper !== row.corrected && Math.abs(row["paper − published"]! - (row.paper! - row.published!)) < 1e-12);
  equal(table.find(({ dataset }) => dataset === "har")!.paper, undefined);
  const alone = switchablePaperFigure("5", { outcomes: nothing, fidelity: "corrected" });
  match(alone.caption, /^Left: .* almq has no results of this study yet\./);
});

test("paperFigure(\"4\") of a study that is not done says which methods, how many replicates and how much budget there are", () => {
  const own = join(folder, "not done");
  const both = (number: number) => {
    const made = syntheticReplicate(number, randomSource(number), { study: "mnist" });
    return { ...made, runs: [...made.runs, { ...made.runs[0]!, exploration: false }] };
  };
  writeOutcome(join(own, "mnist", "paper"), both(0));
  const { figure, caption, table } = paperFigure("4", { outcomes: own });
  match(caption, /^Left: mean test accuracy on numbers made up for a test, 1 replicate of ALMQ, RA only, computed by almq as the paper's released code does it \(lines\), and the paper's published points \(30 replicates\) as open markers\. These runs begin with 150 labels and spend 10; the paper's begin with 100 and spend 200\./);
  match(caption, /Right: .*, 1 replicate of ALMQ only, /);
  const drawn = (name: string, axis: string) => figure.data.filter((trace) => trace.name === name && trace.xaxis === axis);
  deepEqual([drawn("ALMQ", "x").length, drawn("RA", "x").length, drawn("BALD", "x").length, drawn("BALD, published", "x").length, drawn("ALMQ", "x2").length], [1, 1, 0, 1, 1]);
  equal(drawn("ALMQ", "x")[0]!.error_y, undefined, "one replicate has no bars");
  equal(table.find(({ method, EE }) => method === "ALMQ" && EE === "on")!.sd, undefined);
  writeOutcome(join(own, "mnist", "paper"), { ...both(1), runs: both(1).runs.slice(0, 1) });
  match(paperFigure("4", { outcomes: own }).caption, /1 to 2 replicates of ALMQ, RA only,/);
});

test("galleryHtml(title, entries) is one page that loads nothing", () => {
  const figure: Figure = { data: [{ type: "scatter", name: "</script>", x: [1], y: [2] }], layout: {} };
  const page = galleryHtml("A & B", [{ title: "One", figure, svg: "<svg></svg>", caption: "x < y", table: [{ method: "ALMQ" }] }]);
  for (const words of ["<title>A &amp; B</title>", "x &lt; y", "<td>ALMQ</td>", "<svg></svg>", "\\u003c/script>"]) ok(page.includes(words), words);
  ok(!/<(script|link|img)[^>]+(src|href)=/.test(page.replace(/<script>\/\*\*[\s\S]*?<\/script>/, "")));
});
