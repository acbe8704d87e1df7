/** The list of keyboard shortcuts. */
import { h } from "/kit/js/dom.js";
import { openDialog } from "/kit/js/dialogs.js";

const mac = /Mac|iPhone|iPad/.test(navigator.platform);
const mod = mac ? "⌘" : "Ctrl";

const KEYS = [
  [`${mod} S`, "Save the chapter"],
  [`${mod} I`, "Italics"],
  [`${mod} B`, "Bold"],
  [`${mod} Enter`, "Scene break"],
  [`${mod} Alt N`, "A note to the readers after the chapter"],
  [`${mod} F`, "Find in the text"],
  ["Alt ↑  Alt ↓", "On a chapter in the list: move it"],
];

export function openKeys() {
  openDialog("Keyboard shortcuts", [
    h(
      "dl",
      { class: "keys" },
      KEYS.flatMap(([key, what]) => [h("dt", {}, h("kbd", { text: key })), h("dd", { text: what })]),
    ),
  ]);
}
