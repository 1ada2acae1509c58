import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { galleryHtml, paperFigure, paperFigureNames, paperOutcomes, randomSource, switchable, writeOutcome, type Figure, type PaperFigureName } from "almq";
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
    equal(figure.layout.title && (figure.layout.title as { text: string }).text, `Figure ${name}`);
    equal(JSON.stringify(figure.layout).split("published points only, 30 replicates").length - 1, 2, "in both panels");
    match(caption, /^Left: .* only: almq has no results of this study yet\. Right: .*/);
  }
});

test("paperFigure(\"3\") shows almq's results beside the published points, panel by panel", () => {
  const { figure, caption, table, losses } = paperFigure("3", { outcomes });
  matchSnapshot("figures/paper-figure-3", figure);
  match(caption, /numbers made up for a test, 3 replicates computed by almq as the paper's released code does it/);
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

test("switchable(figures) shows the first and has a button for each", () => {
  const figures = (["paper", "corrected"] as const).map((label) => ({ label, figure: paperFigure("5", { fidelity: label }).figure }));
  const both = switchable([figures[0]!, figures[1]!]);
  const half = both.data.length / 2;
  ok(both.data.every((trace, i) => trace.visible === i < half));
  const [menu] = both.layout.updatemenus as [{ buttons: { label: string; args: [{ visible: boolean[] }] }[] }];
  deepEqual(menu.buttons.map(({ label }) => label), ["paper", "corrected"]); // prettier-ignore
  ok(menu.buttons[1]!.args[0].visible.every((visible, i) => visible === i >= half));
  equal(switchable([figures[0]!]), figures[0]!.figure);
});

test("galleryHtml(title, entries) is one page that loads nothing", () => {
  const figure: Figure = { data: [{ type: "scatter", name: "</script>", x: [1], y: [2] }], layout: {} };
  const page = galleryHtml("A & B", [{ title: "One", figure, svg: "<svg></svg>", caption: "x < y", table: [{ method: "ALMQ" }] }]);
  for (const words of ["<title>A &amp; B</title>", "x &lt; y", "<td>ALMQ</td>", "<svg></svg>", "\\u003c/script>"]) ok(page.includes(words), words);
  ok(!/<(script|link|img)[^>]+(src|href)=/.test(page.replace(/<script>\/\*\*[\s\S]*?<\/script>/, "")));
});

const resultFiles = process.env.ALMQ_PAPER_OUTCOMES ?? "";
const skip = existsSync(join(resultFiles, "Handwriting_result")) ? false : "set ALMQ_PAPER_OUTCOMES to a folder of the paper's result files";

test("paperFigure(name) of the paper's own result files agrees with the published points, point by point, panel by panel", { skip }, () => {
  const imported = join(folder, "imported");
  for (const [study, source] of [["handwriting", "Handwriting_result"], ["mnist", "MNIST_result"]] as const) { // prettier-ignore
    const files = readdirSync(join(resultFiles, source)).sort().map((name) => ({ name, bytes: readFileSync(join(resultFiles, source, name)) })); // prettier-ignore
    for (const outcome of paperOutcomes(study, files)) writeOutcome(join(imported, study, "paper"), outcome);
  }
  for (const [name, pairs] of [["3", 8], ["4", 14], ["S4", 6]] as const) { // prettier-ignore
    const { data } = paperFigure(name, { outcomes: imported }).figure;
    let compared = 0;
    for (const drawn of data) {
      const published = data.find((one) => one.name === `${String(drawn.name)}, published` && one.xaxis === drawn.xaxis);
      if (published === undefined) continue;
      compared++;
      deepEqual(drawn.x, published.x);
      (drawn.y as number[]).forEach((y, i) => ok(Math.abs(y - (published.y as number[])[i]!) <= 2e-6, `${name} ${String(drawn.name)} ${y}`));
    }
    equal(compared, pairs);
  }
});
