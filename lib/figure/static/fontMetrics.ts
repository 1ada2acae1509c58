import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The fonts that pictures are drawn with: shipped with the project, the same on every machine. */
export const fontFiles = (): string[] => ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf"].map(fontFile);

/** DejaVu Sans where it is installed; Verdana has the same widths. */
export const fontFamily = "DejaVu Sans, Verdana, Arial, sans-serif";

/** Width of a text in one line, in the unit of `size`, without kerning. */
export function textWidth(text: string, size: number, bold = false): number {
  const advance = (widths[bold ? "bold" : "regular"] ??= readWidths(fontFile(bold ? "DejaVuSans-Bold.ttf" : "DejaVuSans.ttf")));
  let width = 0;
  for (const character of text) width += advance(character.codePointAt(0)!);
  return width * size;
}

const widths: { regular?: (code: number) => number; bold?: (code: number) => number } = {};

function fontFile(name: string): string {
  return join(dirname(require.resolve("dejavu-fonts-ttf/package.json")), "ttf", name);
}

/**
 * Reads how far each character of a TrueType font advances, in ems.
 *
 * @see OpenType specification: tables head, hhea, hmtx, and cmap format 4
 */
function readWidths(path: string): (code: number) => number {
  const font = readFileSync(path);
  const table = (tag: string): number => {
    for (let at = 12; at < 12 + 16 * font.readUInt16BE(4); at += 16) if (font.toString("latin1", at, at + 4) === tag) return font.readUInt32BE(at + 8);
    throw new Error(`${path} has no table ${tag}`);
  };
  const em = font.readUInt16BE(table("head") + 18);
  const metrics = font.readUInt16BE(table("hhea") + 34);
  const advances = table("hmtx");
  const glyph = glyphOf(font, table("cmap"));
  return (code) => font.readUInt16BE(advances + 4 * Math.min(glyph(code), metrics - 1)) / em;
}

/** Character to glyph, by segments of neighbouring characters (cmap format 4). */
function glyphOf(font: Buffer, cmap: number): (code: number) => number {
  const subtables = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, i) => cmap + font.readUInt32BE(cmap + 8 + 8 * i));
  const start = subtables.find((at) => font.readUInt16BE(at) === 4)!;
  const twice = font.readUInt16BE(start + 6); // two bytes per segment
  const [ends, firsts] = [start + 14, start + 16 + twice];
  const [deltas, ranges] = [firsts + twice, firsts + 2 * twice];
  return (code) => {
    for (let segment = 0; segment < twice; segment += 2) {
      if (code > font.readUInt16BE(ends + segment)) continue;
      const first = font.readUInt16BE(firsts + segment);
      if (code < first) return 0;
      const delta = font.readInt16BE(deltas + segment);
      const offset = font.readUInt16BE(ranges + segment);
      if (offset === 0) return (code + delta) & 0xffff;
      const found = font.readUInt16BE(ranges + segment + offset + 2 * (code - first));
      return found === 0 ? 0 : (found + delta) & 0xffff;
    }
    return 0;
  };
}
