"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  const key = takeKey();
  const views = new Map(); // sample → Promise of what is drawn
  let classes = [];
  let sheet;
  let clock;
  let busy = false;
  let shownQuestion;

  addEventListener("keydown", onKey);
  at("undo").addEventListener("click", undo);
  at("untold").addEventListener("click", () => answer("cannot tell"));
  for (const sign of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) addEventListener(sign, () => clock?.sign(), { passive: true });
  addEventListener("focus", tellKeys);
  addEventListener("blur", tellKeys);
  addEventListener("pagehide", () => {
    if (clock === undefined || shownQuestion === undefined) return;
    fetch("seconds", { method: "POST", keepalive: true, headers: headers(true), body: JSON.stringify({ id: shownQuestion, ...clock.stop() }) }).catch(() => {});
    clock = undefined;
  });
  tellKeys();
  follow();

  /** The key stands behind the #, which is never sent. On a page of its own it leaves the address. */
  function takeKey() {
    const given = new URLSearchParams(location.hash.slice(1)).get("key");
    const place = `almq ${location.pathname}`;
    if (window.top !== window.self) return given ?? "";
    try {
      if (given !== null) {
        sessionStorage.setItem(place, given);
        history.replaceState(null, "", location.pathname);
      }
      return given ?? sessionStorage.getItem(place) ?? "";
    } catch {
      return given ?? "";
    }
  }

  function headers(body) {
    return body ? { "x-almq-token": key, "content-type": "application/json" } : { "x-almq-token": key };
  }

  async function follow() {
    for (;;) {
      try {
        const reply = await fetch(`state?after=${sheet?.version ?? 0}`, { headers: headers(false), cache: "no-store" });
        if (reply.status === 401) {
          clearDesk();
          return say("This link is not valid any more", "Open the link that almq printed last.");
        }
        if (!reply.ok) throw new Error(String(reply.status));
        take(await reply.json());
      } catch {
        if (sheet?.phase === "ended") return; // it has said so before it went
        clock?.pause(true);
        at("note").textContent = "almq does not answer: it was stopped or restarted. Answers given so far are kept. Trying again…";
        enable(false);
        await new Promise((resolve) => setTimeout(resolve, 1500));
        if (sheet !== undefined) sheet = { ...sheet, version: 0 };
        shownQuestion = undefined;
      }
    }
  }

  function take(next) {
    if (sheet !== undefined && next.version !== 0 && next.run === sheet.run && next.version < sheet.version) return;
    if (sheet !== undefined && next.run !== sheet.run) shownQuestion = undefined;
    sheet = next;
    if (next.classes !== undefined) classes = next.classes;
    at("title").textContent = next.title;
    document.title = next.title;
    showProgress(next.progress, next.question);
    if (next.phase !== "asking" || next.question?.id !== shownQuestion) at("note").textContent = ""; // what was said of a question stays with it
    if (next.phase === "asking" && next.question !== undefined) return void showQuestion(next.question, next.next);
    clearDesk();
    at("undo").hidden = !next.canUndo;
    at("undo").disabled = false;
    if (next.phase === "offering") return offerToStop(next.message);
    if (next.phase === "ended") return say("That was it. Thank you.", next.message ?? "");
    say(next.phase === "learning" ? "Learning…" : "Getting ready…", next.phase === "learning" ? "The model learns from your answers and looks for the next questions." : "");
  }

  function clearDesk() {
    shownQuestion = undefined;
    clock?.stop();
    clock = undefined;
    at("samples").replaceChildren();
    at("answers").replaceChildren();
    at("untold").hidden = true;
    at("undo").hidden = true;
    at("keys").hidden = true;
  }

  function say(words, note) {
    at("words").textContent = words;
    at("note").textContent = note;
  }

  async function showQuestion(question, next) {
    if (shownQuestion === question.id) return;
    shownQuestion = question.id;
    clock?.stop();
    clock = undefined;
    const began = performance.now();
    let drawn;
    try {
      drawn = await Promise.all(question.samples.map(view));
    } catch {
      if (shownQuestion !== question.id) return;
      say(question.words, "A sample could not be shown. If it stays so after a reload of this page, answer “Cannot tell”.");
      at("samples").replaceChildren();
      at("answers").replaceChildren(); // who does not see it cannot say more
      at("untold").hidden = false;
      enable(true);
      return;
    }
    if (shownQuestion !== question.id) return;
    at("words").textContent = question.words;
    at("samples").replaceChildren(...drawn.map(draw));
    showAnswers(question);
    at("untold").hidden = false;
    at("undo").hidden = false;
    at("undo").disabled = !sheet.canUndo;
    at("keys").hidden = false;
    enable(true);
    await Promise.all([...at("samples").querySelectorAll("img")].map((image) => image.decode().catch(() => {})));
    await frames(2);
    if (shownQuestion !== question.id) return;
    clock = startClock((performance.now() - began) / 1000);
    for (const sample of views.keys()) if (!question.samples.includes(sample) && !next?.includes(sample)) forget(sample);
    for (const sample of next ?? []) view(sample).catch(() => {});
  }

  function view(sample) {
    if (!views.has(sample)) {
      const made = fetchView(sample);
      made.catch(() => views.delete(sample));
      views.set(sample, made);
    }
    return views.get(sample);
  }

  async function fetchView(sample) {
    const reply = await fetch(`sample/${sample}`, { headers: headers(false) });
    if (!reply.ok) throw new Error(String(reply.status));
    if (!reply.headers.get("content-type").startsWith("image/")) return reply.json();
    const address = URL.createObjectURL(await reply.blob());
    const image = new Image();
    await new Promise((resolve, reject) => Object.assign(image, { onload: resolve, onerror: reject, src: address })); // decode() would wait for a tab in sight
    return { kind: "image", address, width: image.naturalWidth, height: image.naturalHeight };
  }

  function forget(sample) {
    views.get(sample).then(({ address }) => address && URL.revokeObjectURL(address), () => {});
    views.delete(sample);
  }

  function draw(shown, i, all) {
    const box = make("div", { className: "sample" });
    const name = all.length > 1 ? `sample ${i + 1} of ${all.length}` : "the sample";
    if (shown.kind === "image") {
      const image = make("img", { src: shown.address, alt: name });
      const small = Math.max(shown.width, shown.height) <= 64;
      const room = Math.floor((at("desk").clientWidth - 12 * (all.length - 1)) / all.length) - 18; // beside each other: a gap of 12, 18 for padding and border
      const side = all.length > 1 ? Math.min(180, Math.max(72, room)) : 260;
      if (small) {
        const times = Math.max(1, Math.floor(side / Math.max(shown.width, shown.height)));
        image.className = "small";
        image.width = shown.width * times;
        image.height = shown.height * times;
      } else if (all.length > 1) image.width = Math.min(shown.width, 300, Math.max(140, room));
      box.append(image);
    } else if (shown.kind === "row") {
      const list = make("dl", {});
      for (const [column, value] of shown.cells) list.append(make("dt", { textContent: column }), make("dd", { textContent: value }));
      box.append(list);
      scrollable(box, name);
    } else if (shown.kind === "signal") box.append(signal(shown.channels, name));
    else {
      box.append(make("p", { textContent: shown.text }));
      scrollable(box, name);
    }
    return box;
  }

  function scrollable(box, name) {
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", name);
  }

  function signal(channels, name) {
    const low = Math.min(...channels.map((values) => Math.min(...values)));
    const high = Math.max(...channels.map((values) => Math.max(...values)));
    const svg = makeSvg("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", role: "img", "aria-label": name });
    channels.forEach((values, c) => {
      const points = values.map((value, i) => `${(100 * i) / Math.max(1, values.length - 1)},${95 - (90 * (value - low)) / (high - low || 1)}`);
      svg.append(makeSvg("polyline", { points: points.join(" "), class: c % 2 ? "second" : "first" }));
    });
    return svg;
  }

  function showAnswers(question) {
    const wasThere = at("answers").contains(document.activeElement);
    if (question.kind !== "class") {
      at("answers").replaceChildren(choice("Yes", "y", () => answer("yes")), choice("No", "n", () => answer("no")));
    } else if (classes.length <= 10) {
      at("answers").replaceChildren(...classes.map((name, i) => choice(name, String((i + 1) % 10), () => answer(i))));
    } else at("answers").replaceChildren(typeAhead());
    if (wasThere) at("words").focus({ preventScroll: true }); // the button is gone; its place in the order is kept, but no key answers twice
    tellKeys();
  }

  function choice(words, shortcut, act) {
    const button = make("button", { type: "button" });
    button.append(words, make("kbd", { textContent: shortcut, ariaHidden: "true" }));
    button.setAttribute("aria-keyshortcuts", shortcut);
    button.addEventListener("click", act);
    return button;
  }

  /** More than ten classes: a few letters find one. */
  function typeAhead() {
    const box = make("div", { className: "find" });
    const input = make("input", { type: "text", autocomplete: "off", spellcheck: false, placeholder: "type a few letters" });
    const list = make("ul", { id: "found" });
    let found = [];
    let chosen = -1; // nothing, before a letter was typed: Enter pressed twice answers once
    const attributes = { role: "combobox", "aria-label": "Class", "aria-autocomplete": "list", "aria-expanded": "true", "aria-controls": "found" };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Classes");
    const search = () => {
      const letters = input.value.trim().toLowerCase();
      const names = classes.map((name, index) => ({ name, index, low: name.toLowerCase() })).filter(({ low }) => low.includes(letters));
      names.sort((a, b) => Number(b.low === letters) - Number(a.low === letters) || Number(b.low.startsWith(letters)) - Number(a.low.startsWith(letters)) || a.index - b.index);
      found = names.slice(0, 50);
      chosen = letters === "" ? -1 : 0;
      const items = found.map(({ name, index }, i) => {
        const item = make("li", { id: `found${i}`, textContent: name });
        item.setAttribute("role", "option");
        item.addEventListener("click", () => answer(index));
        return item;
      });
      list.replaceChildren(...items);
      list.hidden = items.length === 0;
      at("note").textContent = items.length === 0 ? "No class has these letters." : "";
      mark();
    };
    const mark = () => {
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
      if (found[chosen] !== undefined) {
        input.setAttribute("aria-activedescendant", `found${chosen}`);
        list.children[chosen].scrollIntoView({ block: "nearest" });
      } else input.removeAttribute("aria-activedescendant");
    };
    input.addEventListener("input", search);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        chosen = Math.max(0, Math.min(found.length - 1, chosen + (event.key === "ArrowDown" ? 1 : -1)));
        mark();
        event.preventDefault();
      } else if (event.key === "Enter" && found[chosen] !== undefined && !event.repeat) {
        answer(found[chosen].index);
        event.preventDefault();
      } else if (event.key === "Escape") {
        input.value = "";
        search();
      }
    });
    box.append(input, list);
    search();
    queueMicrotask(() => document.hasFocus() && input.focus({ preventScroll: true }));
    return box;
  }

  function offerToStop(message) {
    say("Stop here?", message ?? "");
    const go = choice("Go on asking", "n", () => send("decide", { stop: false }));
    const stop = choice("Stop", "y", () => send("decide", { stop: true }));
    at("answers").replaceChildren(stop, go);
  }

  function onKey(event) {
    if (event.repeat || event.isComposing || event.metaKey || sheet === undefined) return;
    const writing = event.target instanceof HTMLInputElement;
    if (writing ? !event.altKey || event.ctrlKey : event.ctrlKey || event.altKey) return;
    const pressed = event.code === "KeyZ" && writing ? "z" : event.code === "KeyU" && writing ? "u" : event.key.toLowerCase();
    if (pressed === "z" && !at("undo").hidden && !at("undo").disabled) undo();
    else if (pressed === "u" && !at("untold").hidden) answer("cannot tell");
    else {
      const button = [...at("answers").querySelectorAll("button")].find((each) => each.getAttribute("aria-keyshortcuts") === pressed);
      if (button === undefined || button.disabled) return;
      button.click();
    }
    event.preventDefault();
  }

  function answer(given) {
    if (busy || shownQuestion === undefined || at("untold").disabled) return; // the next question is not on the page yet
    const seconds = clock?.stop() ?? { seconds: 0 };
    clock = undefined;
    return send("answer", { id: shownQuestion, answer: given, ...seconds });
  }

  function undo() {
    return send("undo", {});
  }

  async function send(to, body) {
    if (busy) return;
    busy = true;
    enable(false);
    try {
      const reply = await fetch(to, { method: "POST", headers: headers(true), body: JSON.stringify(body) });
      const told = await reply.json();
      if (reply.ok) take(told);
      else {
        at("note").textContent = reply.status !== 409 ? told.message : to === "undo" ? "This cannot be taken back any more: the model has learned from it." : "This was already answered in another window.";
        enable(true);
        if (reply.status !== 409) clock ??= startClock(0);
      }
    } catch {
      at("note").textContent = "almq does not answer: this may not have been kept. Try it again.";
      enable(true);
      if (shownQuestion !== undefined) clock ??= startClock(0);
    } finally {
      busy = false;
    }
  }

  function enable(on) {
    for (const button of document.querySelectorAll("#answers button, #untold")) button.disabled = !on;
    at("undo").disabled = !on || !sheet?.canUndo;
  }

  function tellKeys() {
    const many = classes.length > 10 && sheet?.question?.kind === "class";
    const keys = many ? "Type, Enter to answer; Alt+U cannot tell, Alt+Z undo." : "Keys: the signs on the buttons.";
    at("keys").textContent = document.hasFocus() ? keys : "Click here to use the keys.";
  }

  function showProgress(progress, question) {
    if (progress === undefined) return;
    const { answered, spent, budget, points, kinds, expected } = progress;
    const round = question === undefined || question.of === 1 ? "" : `question ${question.place + 1} of ${question.of} before it learns · `;
    at("progress").textContent = `${round}${answered} answered · ${number(spent)} of a budget of ${number(budget)} spent`;
    at("bar").value = Math.min(1, spent / budget);
    at("legend").textContent = expected.of === 0 ? "Here a curve grows: how often the model expected the answer before it learned it." : `${expected.right} of ${expected.of} answers were expected` + (expected.lately === undefined ? "" : `; of the last ${expected.lately.of}: ${expected.lately.right}`) + (points.some(({ accuracy }) => accuracy !== undefined) ? ". Dashed: accuracy on samples with known labels." : ".");
    curve(points, budget);
    at("kinds").parentElement.hidden = kinds.length === 0;
    at("kinds").replaceChildren(
      ...kinds.map(({ question, answers, seconds, cost, assumed }) => {
        const row = make("tr", {});
        const name = make("th", { textContent: question });
        name.scope = "row";
        const changed = Math.abs(cost - assumed) > 0.005;
        row.append(name, ...[String(answers), seconds === undefined ? "–" : seconds.toFixed(seconds < 100 ? 1 : 0), cost.toFixed(2) + (changed ? ` (${assumed.toFixed(2)})` : "")].map((textContent) => make("td", { textContent })));
        return row;
      }),
    );
  }

  function curve(points, budget) {
    const x = (spent) => 40 + (250 * spent) / budget;
    const y = (share) => 145 - 130 * share;
    const parts = [0, 0.5, 1].flatMap((share) => [
      makeSvg("line", { x1: 40, x2: 290, y1: y(share), y2: y(share) }),
      text(`${100 * share}%`, 36, y(share) + 4, "end"),
    ]);
    parts.push(text("0", 40, 161, "middle"), text(`${number(budget)} spent`, 290, 161, "end"));
    for (const [name, kind] of [["expected", "first"], ["accuracy", "second"]]) {
      const drawn = points.filter((point) => point[name] !== undefined);
      if (drawn.length > 0) parts.push(makeSvg("polyline", { class: kind, points: drawn.map((point) => `${x(point.spent)},${y(point[name])}`).join(" ") }));
      for (const point of drawn.slice(-1)) parts.push(makeSvg("circle", { class: kind, cx: x(point.spent), cy: y(point[name]), r: 3 }));
    }
    const title = at("curveWords");
    const last = points.at(-1);
    title.textContent = last === undefined ? "No answers yet" : `${points.length} batches; at ${number(last.spent)} spent ${last.expected === undefined ? "" : `${Math.round(100 * last.expected)}% of the answers were expected`}`;
    at("curve").replaceChildren(title, ...parts);
  }

  function text(words, x, y, anchor) {
    const made = makeSvg("text", { x, y, "text-anchor": anchor });
    made.textContent = words;
    return made;
  }

  function number(value) {
    return String(Number(value.toFixed(value < 10 ? 2 : 1)));
  }

  /** Counts seconds seen, out of sight, and idle; a gap between two ticks means that the page slept. */
  function startClock(load) {
    const told = { seconds: 0, load, hidden: 0, idle: 0 };
    let last = performance.now();
    let lastSign = last;
    let seen = true;
    let stopped = false;
    let paused = false;
    const sight = new IntersectionObserver((entries) => {
      tick();
      seen = entries.at(-1).isIntersecting;
    });
    sight.observe(at("samples"));
    const onVisibility = () => tick();
    document.addEventListener("visibilitychange", onVisibility);
    let wasHidden = document.hidden;
    const timer = setInterval(tick, 500);
    function tick() {
      if (stopped) return;
      const now = performance.now();
      const passed = (now - last) / 1000;
      if (paused) told.idle += passed;
      else if (wasHidden || !seen || passed > 5) told.hidden += passed;
      else if (now - lastSign > 60000) told.idle += passed;
      else told.seconds += passed;
      wasHidden = document.hidden;
      last = now;
    }
    return {
      sign() {
        tick();
        lastSign = performance.now();
      },
      pause(on) {
        tick();
        paused = on;
      },
      stop() {
        tick();
        stopped = true;
        clearInterval(timer);
        sight.disconnect();
        document.removeEventListener("visibilitychange", onVisibility);
        return told;
      },
    };
  }

  function frames(count) {
    return new Promise((resolve) => {
      const next = (left) => (left === 0 ? resolve() : requestAnimationFrame(() => next(left - 1)));
      next(count);
    });
  }

  function make(tag, properties) {
    return Object.assign(document.createElement(tag), properties);
  }

  function makeSvg(tag, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }
})();
