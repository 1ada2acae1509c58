/** How much a bench measures: a first look, minutes, or everything. */
export type Extent = "quick" | "usual" | "full";
