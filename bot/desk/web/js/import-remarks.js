/** What an author should know of the files of an import: those left out, what was mended, changes outside of chapters. */
import { fill, h } from "/kit/js/dom.js";
import { decisionItem } from "./import-chapter.js";
import { sentence } from "./import-words.js";
import { counted } from "./desk-state.js";

/** A group with more lines than that is closed at first. */
const OPEN = 6;
/** So many are listed; a folder may have thousands. */
const MOST = 200;

/** Shows the remarks of an import; `undo` is called with a decision outside of the chapters. */
export function importRemarks(root, { remarks, elsewhere }, undo) {
  const out = remarks.filter((one) => one.left_out);
  const mended = remarks.filter((one) => !one.left_out);
  const outside = elsewhere.map((one) => h("li", {}, h("p", { class: "decision-text", text: one.text }), decisionItem(one, undo)));
  fill(
    root,
    group("left-out", counted(out.length, "file left out", "files left out"), out.map(remark)),
    group("mended", counted(mended.length, "thing mended or to look at", "things mended or to look at"), mended.map(remark)),
    group("outside", counted(outside.length, "change outside of the chapters", "changes outside of the chapters"), outside, false),
  );
}

function remark({ name, text }) {
  return h("li", {}, h("b", { text: name === "-" ? "Your text" : name, dir: "auto" }), `: ${text.replace(/^left out: /, "")}`);
}

function group(kind, words, items, open = true) {
  if (!items.length) return null;
  const more = items.length - MOST;
  const list = h("ul", { role: "list" }, items.slice(0, MOST), more > 0 ? h("li", { text: `and ${counted(more, "other")}` }) : null);
  return h("details", { class: kind, open: open && items.length < OPEN }, h("summary", { text: sentence(words) }), list);
}
