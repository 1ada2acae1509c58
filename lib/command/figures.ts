/** `npm run figures`: draws the paper's and the Pantea study's figures from `outcomes`, as SVG, PNG and one page to look at. */
import path from "node:path";
import { parseArgs } from "node:util";
import { figureToSvg } from "../figure/figureToSvg";
import { svgToPng } from "../figure/figureToPng";
import { galleryHtml, type GalleryEntry } from "../figure/gallery";
import { panteaFigures } from "../figure/pantea/panteaFigures";
import { paperFigureNames, type PaperFigureOptions } from "../figure/paperFigures";
import { switchablePaperFigure } from "../figure/switchablePaperFigure";
import { outcomesFolder } from "../outcome/published";
import { writeWhole } from "../outcome/writeWhole";
import { projectFolder } from "../runtime/projectFolder";
import { refuse } from "../runtime/refuse";
import { writableFolder } from "../runtime/writableFolder";
import { runCommand } from "./runCommand";

const usage = `npm run figures -- [3 4 5 S4 S5 pantea] [--fidelity paper|corrected] [--palette paper|colourblind]
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
  const options: PaperFigureOptions = { fidelity, palette, outcomes: path.resolve(outcomes) };
  const asked = positionals.length > 0 ? positionals : [...paperFigureNames, "pantea"];
  const folder = path.resolve(values.out);
  for (const option of ["outcomes", "out"] as const) if (values[option] === "") refuse("figures", `a folder after --${option}`, "none");
  const wanted = asked.flatMap((name) => drawn(name, options));
  writableFolder(folder, "figures");
  const entries: GalleryEntry[] = [];
  for (const loss of new Set(wanted.flatMap(({ losses = [] }) => losses))) console.warn(loss);
  for (const { name, title, figure, caption, table } of wanted) {
    const svg = await figureToSvg(figure);
    writeWhole(path.join(folder, `figure-${name}.svg`), svg);
    writeWhole(path.join(folder, `figure-${name}.png`), await svgToPng(svg, 2));
    entries.push({ title, figure, svg, caption, ...(table === undefined ? {} : { table }) });
    console.log(`${title}. ${caption}`);
  }
  const page = path.join(folder, "index.html");
  writeWhole(page, galleryHtml("The figures, drawn again", entries));
  console.log(`${path.relative(process.cwd(), page)} written`);
  if (values.show) await openInBrowser(entries);
}

interface Drawn extends Pick<GalleryEntry, "title" | "figure" | "caption" | "table"> {
  readonly name: string;
  readonly losses?: readonly string[];
}

function drawn(name: string, options: PaperFigureOptions): Drawn[] {
  if (name === "pantea") return panteaFigures(options).map((figure) => ({ ...figure, title: `Figure ${figure.name}` }));
  const known = paperFigureNames.find((one) => one === name);
  return known === undefined ? refuse("figures", usage, name) : [{ ...switchablePaperFigure(known, options), title: `Figure ${name}` }];
}

/** One browser tab per figure; the process ends when the last one is closed. The page loads plotly.js from the network. */
async function openInBrowser(entries: readonly GalleryEntry[]): Promise<void> {
  const { plot } = await import("nodeplotlib");
  for (const { figure } of entries) plot(figure.data as Parameters<typeof plot>[0], figure.layout as Parameters<typeof plot>[1]);
}

runCommand(main, usage);
