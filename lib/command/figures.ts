/** `npm run figures`: draws the paper's figures from `outcomes`, as SVG, PNG and one page to look at. */
import path from "node:path";
import { parseArgs } from "node:util";
import { figureToSvg } from "../figure/figureToSvg";
import { svgToPng } from "../figure/figureToPng";
import { galleryHtml, type GalleryEntry } from "../figure/gallery";
import { paperFigure, paperFigureNames, type PaperFigureName } from "../figure/paperFigures";
import { outcomesFolder } from "../outcome/published";
import { writeWhole } from "../outcome/writeWhole";
import { projectFolder } from "../runtime/projectFolder";
import { refuse } from "../runtime/refuse";

const usage = `npm run figures -- [3 4 5 S4 S5] [--fidelity paper|corrected] [--palette paper|colourblind]
                       [--outcomes FOLDER] [--out FOLDER] [--show]`;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      fidelity: { type: "string", default: "paper" },
      palette: { type: "string", default: "paper" },
      outcomes: { type: "string", default: outcomesFolder },
      out: { type: "string", default: path.join(projectFolder, ".build", "figures") },
      show: { type: "boolean", default: false },
    },
  });
  const { fidelity, palette, outcomes } = values;
  if (fidelity !== "paper" && fidelity !== "corrected") refuse("figures", "a fidelity of paper or corrected", fidelity);
  if (palette !== "paper" && palette !== "colourblind") refuse("figures", "a palette of paper or colourblind", palette);
  const unknown = positionals.find((name) => !(paperFigureNames as readonly string[]).includes(name));
  if (unknown !== undefined) refuse("figures", usage, unknown);
  const names = positionals.length > 0 ? (positionals as PaperFigureName[]) : paperFigureNames;
  const folder = path.resolve(values.out);
  const entries: GalleryEntry[] = [];
  for (const name of names) {
    const { figure, caption, table, losses } = paperFigure(name, { fidelity, palette, outcomes: path.resolve(outcomes) });
    const svg = await figureToSvg(figure);
    writeWhole(path.join(folder, `figure-${name}.svg`), svg);
    writeWhole(path.join(folder, `figure-${name}.png`), await svgToPng(svg, 2));
    entries.push({ title: `Figure ${name}`, figure, svg, caption, table });
    for (const loss of losses) console.warn(loss);
    console.log(`Figure ${name}. ${caption}`);
  }
  const page = path.join(folder, "index.html");
  writeWhole(page, galleryHtml("Efficient human-in-the-loop active learning: the figures, drawn again", entries));
  console.log(`${path.relative(process.cwd(), page)} written`);
  if (values.show) await openInBrowser(entries);
}

/** One browser tab per figure; the process ends when the last one is closed. The page loads plotly.js from the network. */
async function openInBrowser(entries: readonly GalleryEntry[]): Promise<void> {
  const { plot } = await import("nodeplotlib");
  for (const { figure } of entries) plot(figure.data as Parameters<typeof plot>[0], figure.layout as Parameters<typeof plot>[1]);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error && error.name === "InputError" ? error.message : error);
  process.exitCode = 1;
});
