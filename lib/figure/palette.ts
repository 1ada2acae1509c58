/** `"paper"`: the colours of the paper, so that its readers recognise the methods. `"colourblind"`: told apart by everyone, and no yellow. */
export type Palette = "paper" | "colourblind";

/** How a method is drawn. */
export interface MethodStyle {
  readonly color: string;
  /** A plotly.js dash: a name, or lengths in pixels. */
  readonly dash: string;
  /** A plotly.js marker. */
  readonly symbol: string;
  /** A darker colour around lines and markers that would be faint on white; absent where none is needed. */
  readonly outline?: string;
}

interface Entry {
  readonly dash: string;
  readonly symbol: string;
  readonly paper: string;
  readonly colourblind: string;
  /** Around the paper's colour. */
  readonly outline?: string;
}

/** The paper's methods in the order of its legends; colours for everyone after Okabe and Ito. */
const methods: Readonly<Record<string, Entry>> = {
  ALMQ: { dash: "solid", symbol: "circle", paper: "#377eb8", colourblind: "#0072b2" },
  BALD: { dash: "dash", symbol: "square", paper: "#e41a1c", colourblind: "#d55e00" },
  EN: { dash: "dashdot", symbol: "diamond", paper: "#4daf4a", colourblind: "#009e73" },
  VAR: { dash: "dot", symbol: "cross", paper: "#984ea3", colourblind: "#cc79a7" },
  LC: { dash: "longdash", symbol: "x", paper: "#ffff33", colourblind: "#e69f00", outline: "#8a8a00" },
  RA: { dash: "2px,2px", symbol: "triangle-up", paper: "#a65628", colourblind: "#56b4e9" },
  BADGE: { dash: "10px,3px,2px,3px,2px,3px", symbol: "triangle-down", paper: "#000000", colourblind: "#000000" },
  Full: { dash: "solid", symbol: "circle", paper: "#f781bf", colourblind: "#7f7f7f" },
};

/** Methods of a user's own take these in turn. */
const others: readonly Entry[] = ["#1b9e77", "#d95f02", "#7570b3", "#e7298a", "#66a61e", "#a6761d"].map((color, i) => ({
  dash: ["solid", "dash", "dashdot", "dot"][i % 4]!,
  symbol: ["star", "hexagon", "pentagon"][i % 3]!,
  paper: color,
  colourblind: color,
}));

/** Colours, dashes and markers of the methods of a figure, in the order of the paper's legends, then as given. */
export function methodStyles(names: Iterable<string>, palette: Palette): Map<string, MethodStyle> {
  const asked = new Set(names);
  const known = Object.keys(methods).filter((name) => asked.has(name));
  const own = [...asked].filter((name) => !Object.hasOwn(methods, name));
  const style = ({ dash, symbol, outline, [palette]: color }: Entry): MethodStyle => ({ color, dash, symbol, ...(outline !== undefined && palette === "paper" ? { outline } : {}) });
  return new Map([
    ...known.map((name) => [name, style(methods[name]!)] as const),
    ...own.map((name, i) => [name, style(others[i % others.length]!)] as const),
  ]);
}
