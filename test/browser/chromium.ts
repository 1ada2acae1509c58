import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const places = [process.env.ALMQ_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

/** The browser of this machine; undefined where there is none. `ALMQ_CHROMIUM` names one elsewhere. */
export const chromiumPath = places.find((place) => place !== undefined && existsSync(place));

/** A browser without a window that calls nobody. */
export function openChromium(): Promise<Browser> {
  const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath: chromiumPath!, headless: true, args: quiet });
}
