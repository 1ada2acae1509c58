import { textWidth } from "./fontMetrics";

/** A rectangle, y downwards. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is asked of an element of an SVG. */
export interface SvgElement {
  readonly tagName: string;
  readonly textContent: string | null;
  readonly children: Iterable<SvgElement>;
  readonly childNodes: Iterable<{ readonly nodeType: number; readonly nodeValue: string | null }>;
  readonly parentElement: SvgElement | null;
  readonly style?: { getPropertyValue(property: string): string };
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<SvgElement>;
}

const nothing: Box = { x: 0, y: 0, width: 0, height: 0 };
/** Of the font's size: how far letters reach above the line they stand on, how high a line is, how far lines are apart. */
const [ascent, lineHeight, lineDistance] = [0.93, 1.17, 1.3];

/** The space that an SVG element takes, as a browser would measure it: text by its font, groups by their members. */
export function svgBox(element: SvgElement): Box {
  const tag = element.tagName.toLowerCase();
  if (tag === "text") return textBox(element);
  if (tag === "tspan") return { ...nothing, y: -ascent * fontSize(element), width: lineWidth(element), height: lineHeight * fontSize(element) };
  if (tag === "rect" || tag === "image") {
    const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => attribute(element, name));
    return { x: x!, y: y!, width: width!, height: height! };
  }
  const members = [...element.children].map((child) => moved(svgBox(child), child.getAttribute("transform")));
  return around(members.filter(({ width, height }) => width > 0 || height > 0));
}

/** Length of a text element's longest line. */
export function lineWidth(element: SvgElement): number {
  let width = 0;
  for (const node of element.childNodes) {
    if (node.nodeType === 3) width += textWidth(node.nodeValue ?? "", fontSize(element), /bold|[6-9]00/.test(inherited(element, "font-weight") ?? ""));
    else if (node.nodeType === 1) width += lineWidth(node as unknown as SvgElement);
  }
  return width;
}

function textBox(element: SvgElement): Box {
  if (!element.textContent) return nothing;
  const size = fontSize(element);
  const lines = [...element.querySelectorAll("tspan.line")];
  const width = Math.max(...(lines.length > 0 ? lines : [element]).map(lineWidth));
  const anchor = inherited(element, "text-anchor");
  const left = attribute(element, "x") - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0);
  return { x: left, y: attribute(element, "y") - ascent * size, width, height: size * (lineHeight + lineDistance * Math.max(0, lines.length - 1)) };
}

function fontSize(element: SvgElement): number {
  const text = inherited(element, "font-size") ?? "12px";
  const value = parseFloat(text);
  const relative = text.endsWith("%") ? value / 100 : text.endsWith("em") ? value : undefined;
  return relative === undefined ? value : relative * (element.parentElement === null ? 12 : fontSize(element.parentElement));
}

function inherited(element: SvgElement, property: string): string | undefined {
  for (let at: SvgElement | null = element; at !== null; at = at.parentElement) {
    const value = at.style?.getPropertyValue(property) || at.getAttribute(property);
    if (value) return value;
  }
  return undefined;
}

function attribute(element: SvgElement, name: string): number {
  return parseFloat(element.getAttribute(name) ?? "0") || 0;
}

/** The box of an element where it stands on the page: moved and turned by its own and its ancestors' transforms. */
export function pageBox(element: SvgElement): Box {
  let box = svgBox(element);
  for (let at: SvgElement | null = element; at !== null; at = at.parentElement) box = moved(box, at.getAttribute("transform"));
  return box;
}

/** The box around a box that is moved and turned: the steps of a transform apply from its last to its first. */
function moved(box: Box, transform: string | null): Box {
  if (!transform || (box.width === 0 && box.height === 0)) return box;
  let corners = [box.x, box.x + box.width].flatMap((x) => [box.y, box.y + box.height].map((y) => ({ x, y })));
  for (const [, step, list] of [...transform.matchAll(/(translate|rotate|scale)\(([^)]*)\)/g)].reverse()) {
    const [first = 0, second, third = 0] = list!.split(/[\s,]+/).map(Number);
    corners = corners.map(({ x, y }) => {
      if (step === "translate") return { x: x + first, y: y + (second ?? 0) };
      if (step === "scale") return { x: x * first, y: y * (second ?? first) };
      const [centreX, centreY, angle] = [second ?? 0, third, (first * Math.PI) / 180];
      const [dx, dy] = [x - centreX, y - centreY];
      return { x: centreX + dx * Math.cos(angle) - dy * Math.sin(angle), y: centreY + dx * Math.sin(angle) + dy * Math.cos(angle) };
    });
  }
  return around(corners.map(({ x, y }) => ({ x, y, width: 0, height: 0 })));
}

/** The smallest box around boxes. */
function around(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return nothing;
  const left = Math.min(...boxes.map(({ x }) => x));
  const top = Math.min(...boxes.map(({ y }) => y));
  return { x: left, y: top, width: Math.max(...boxes.map((box) => box.x + box.width)) - left, height: Math.max(...boxes.map((box) => box.y + box.height)) - top };
}
