const width = 320;
const height = 160;
const colours = ["#1f6feb", "#bc4c00", "#1a7f37", "#8250df"];

/** Draws a signal as a picture, a line per channel, all on one scale. */
export function signalImage(channels: readonly (readonly number[])[]): string {
  const all = channels.flat();
  const low = all.reduce((least, value) => Math.min(least, value), Infinity);
  const high = all.reduce((most, value) => Math.max(most, value), -Infinity);
  const y = (value: number) => (height - 8 - ((height - 16) * (value - low)) / (high - low || 1)).toFixed(1);
  const lines = channels.map((values, c) => {
    const points = values.map((value, i) => `${((width * i) / Math.max(1, values.length - 1)).toFixed(1)},${y(value)}`);
    return `<polyline fill="none" stroke="${colours[c % colours.length]}" stroke-width="1.5" points="${points.join(" ")}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${lines.join("")}</svg>`;
}
