import { randomUUID } from "node:crypto";

/**
 * A frame for a page of this machine, as HTML for a notebook's output: direct where the browser reaches this machine
 * itself, else through Jupyter's proxy, else a sentence that says what is missing.
 *
 * @param address of the page, with its key behind the #
 */
export function jupyterFrame(address: string, height = 660): string {
  const { port, hash } = new URL(address);
  const id = `almq-${randomUUID()}`; // the same page may be shown twice in a notebook
  return `<div id="${id}"><p>Opening the questions…</p></div>
<script>
(async () => {
  const box = document.getElementById("${id}");
  const config = document.getElementById("jupyter-config-data");
  let base = "/";
  try { base = JSON.parse(config.textContent).baseUrl || "/"; } catch {}
  const direct = "http://" + (location.hostname === "localhost" ? "localhost" : "127.0.0.1") + ":${port}/";
  const proxy = location.origin + base + "proxy/${port}/";
  const loopback = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
  const reach = (url, mode) => fetch(url + "ping", { mode, signal: AbortSignal.timeout(6000) }).then((reply) => mode === "no-cors" || reply.ok, () => false);
  let near = false;
  let far = false;
  for (let tries = 0; tries < 5 && !near && !far; tries++) { // a busy machine or proxy may be slow at first
    if (tries > 0) await new Promise((wake) => setTimeout(wake, 1000));
    [near, far] = await Promise.all([loopback ? reach(direct, "no-cors") : false, reach(proxy, "same-origin")]);
  }
  const url = near ? direct : far ? proxy : undefined;
  box.replaceChildren();
  if (url === undefined) {
    const words = document.createElement("p");
    words.textContent = "The page with the questions cannot be reached. If the kernel was restarted, run this cell again. If JupyterLab runs on another machine, install jupyter-server-proxy there.";
    return box.append(words);
  }
  const frame = document.createElement("iframe");
  Object.assign(frame, { src: url + "${hash}", title: "almq asks", width: "100%", height: "${height}" });
  frame.style.border = "0";
  const link = document.createElement("a");
  Object.assign(link, { href: url + "${hash}", target: "_blank", rel: "noopener", textContent: "Open in a tab of its own" });
  box.append(frame, link);
})();
</script>`;
}
