import assert from "node:assert/strict";
import { test } from "node:test";
import type { SampleView } from "almq";
import { labelConfig, questionTask } from "../../../lib/oracle/labelStudio/questionTask";
import { pngImage } from "../../../lib/oracle/person/pngImage";

const address = (sample: number) => `http://127.0.0.1:9/k/sample/${sample}`;
const image: SampleView = { kind: "image", type: "image/png", bytes: pngImage(new Uint8Array(64), 8, 8, 1) };
const evil = `"><img src=x onerror='alert(1)'>&`;

test("questionTask(question) puts the words, the samples and the answers of each kind into the task", () => {
  const classTask = questionTask({ kind: "class", samples: [4] }, ["cat", "dog"], () => image, address);
  assert.equal(classTask.data.question, "Which class is this?");
  assert.deepEqual(classTask.data.options, [{ value: "cat", hotkey: "1" }, { value: "dog", hotkey: "2" }]);
  const { data, meta } = questionTask({ kind: "any", class: 1, samples: [4, 7] }, ["cat", "dog"], () => image, address);
  assert.equal(data.question, "Is at least one of these 2 “dog”?");
  assert.deepEqual(data.options.map(({ value }) => value), ["yes", "no"]);
  assert.deepEqual([...data.html.matchAll(/sample\/(\d+)"/g)].map(([, index]) => index), ["4", "7"]);
  assert.match(data.html, /height:192px;image-rendering:pixelated/, "8 pixels are shown at 24 times their size");
  assert.deepEqual(meta.almq, { kind: "any", class: 1, samples: [4, 7] });
});

test("questionTask(question) shows markup in texts, rows and addresses as text", () => {
  for (const view of [{ kind: "text", text: evil }, { kind: "row", cells: [[evil, evil]] }] as SampleView[]) {
    const { html } = questionTask({ kind: "class", samples: [0] }, ["cat", "dog"], () => view, address).data;
    assert.ok(!html.includes("<img") && html.includes("&lt;img src=x onerror=&#39;"), html);
  }
  const { html } = questionTask({ kind: "class", samples: [0] }, ["cat", "dog"], () => image, () => evil).data;
  assert.equal(html.match(/<img/g)!.length, 1);
});

test("questionTask(question) has no hotkeys for more than ten classes, and labelConfig(classes) a field to search in for more than 20", () => {
  const many = Array.from({ length: 1000 }, (_, i) => `class ${i}`);
  const { options } = questionTask({ kind: "class", samples: [0] }, many, () => image, address).data;
  assert.equal(options.length, 1000);
  assert.equal(options[0]!.hotkey, undefined);
  assert.match(labelConfig(21), /<Filter name="find" toName="answer"/);
  assert.doesNotMatch(labelConfig(20), /<Filter/);
});
