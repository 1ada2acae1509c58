import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../runtime/projectFolder";

/** The page as one text, and the policy under which a browser runs nothing else. */
export interface PageText {
  readonly html: string;
  /** Value of the content-security-policy header. */
  readonly policy: string;
}

/** Puts style and script into the page, and allows exactly these two by their checksums. */
export function pageText(): PageText {
  const file = (name: string) => readFileSync(join(projectFolder, "lib/oracle/person/page", name), "utf8");
  const style = file("page.css");
  const script = file("page.js");
  const html = file("page.html")
    .replace("/* page.css */", () => style)
    .replace("/* page.js */", () => script);
  const policy = [
    "default-src 'none'",
    `script-src '${checksum(script)}'`,
    `style-src '${checksum(style)}'`,
    "img-src blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self' http://127.0.0.1:* http://localhost:*",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
  return { html, policy: policy.join("; ") };
}

function checksum(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
