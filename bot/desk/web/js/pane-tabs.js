/** On a phone the three panes are three tabs. */
import { h } from "/kit/js/dom.js";
import { desk, on } from "./desk-state.js";

const PANES = [
  ["chapters", "Chapters"],
  ["middle", "Text"],
  ["pages", "Pages"],
];

const NAMES = { welcome: "Text", text: "Text", story: "Story", calendar: "Calendar", readers: "Readers", import: "Import" };

export function mountTabs(root, shell) {
  const buttons = PANES.map(([pane, name]) =>
    h("button", { type: "button", class: "tab", text: name, dataset: { pane }, on: { click: () => show(pane) } }),
  );
  const show = (pane) => {
    shell.dataset.pane = pane;
    for (const one of buttons) one.setAttribute("aria-pressed", String(one.dataset.pane === pane));
  };
  root.append(...buttons);
  show("middle");
  on("place", () => {
    buttons[1].textContent = NAMES[desk.place.view];
    show("middle");
  });
  on("show-pane", show);
}
