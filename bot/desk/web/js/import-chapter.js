/** A chapter of an import: its source and the result side by side, every change with its Undo, and its pages. */
import { fill, h } from "/kit/js/dom.js";
import { attempt } from "/kit/js/toast.js";
import { counted } from "./desk-state.js";
import { sentence } from "./import-words.js";
import { namedPage } from "./pages-pane.js";

const KINDS = { dropped: "Left out", moved: "Moved", joined: "Joined", read_as: "Read as" };
const PLACES = {
  note_before: "the note before the chapter",
  note_after: "the note after the chapter",
  disclaimer: "the disclaimer",
  pov: "the point of view",
  warnings: "the content warnings",
  part: "the part",
  title: "the title",
  summary: "the summary",
  footnotes: "the footnotes",
};
const FIELDS = { part: "Part", pov: "Point of view", note_before: "Note before", note_after: "Note after", warnings: "Warnings", publish_at: "Comes out", draft: "Draft" };
let tab = "compare";

/** What was decided about some lines, with the button that undoes it or does it again. */
export function decisionItem(decision, undo) {
  const place = decision.place ? ` to ${PLACES[decision.place] ?? decision.place}` : "";
  const words = `${KINDS[decision.kind]}${place}: ${decision.reason}`;
  return h(
    "p",
    { class: `decision ${decision.kind}${decision.undone ? " undone" : ""}` },
    h("span", { text: decision.undone ? `Undone. ${words}` : words }),
    h("button", {
      type: "button",
      class: "button small",
      text: decision.undone ? "Do it" : "Undo",
      "aria-label": `${decision.undone ? "Do it" : "Undo"}: ${words}`,
      on: { click: () => attempt(() => undo(decision)) },
    }),
  );
}

export function importedChapter(root, chapter, undo) {
  const views = { compare: comparison(chapter, undo), pages: pages(chapter) };
  const names = { compare: "Source and chapter", pages: chapter.pages ? sentence(counted(chapter.pages.length, "page")) : "Pages" };
  const buttons = Object.keys(views).map((name) =>
    h("button", { type: "button", class: "tab import-tab", text: names[name], "aria-pressed": String(name === tab), on: { click: () => show(name) } }),
  );
  const show = (name) => {
    tab = name;
    for (const [other, node] of Object.entries(views)) node.hidden = other !== name;
    Object.keys(views).forEach((other, index) => buttons[index].setAttribute("aria-pressed", String(other === name)));
  };
  fill(root, h("div", { class: "import-tabs", role: "group", "aria-label": "What to show" }, buttons), Object.values(views));
  show(tab);
}

function comparison(chapter, undo) {
  const byId = new Map(chapter.decisions.map((one) => [one.id, one]));
  const matter = Object.entries(chapter.matter);
  return h(
    "div",
    { class: "compare", tabIndex: 0, role: "region", "aria-label": "Source and chapter side by side" },
    matter.length
      ? h("dl", { class: "compare-matter" }, matter.map(([name, text]) => h("div", {}, h("dt", { text: FIELDS[name] ?? name }), h("dd", { text, dir: "auto" }))))
      : null,
    h("div", { class: "compare-heads", "aria-hidden": "true" }, h("span", { text: "Your source" }), h("span", { text: "The chapter" })),
    chapter.faults.map((one) => h("p", { class: "decision dropped", text: `${one.problem}. ${one.mend}` })),
    chapter.lost_pictures.map((one) => h("p", { class: "decision dropped", text: `Picture: ${one}.` })),
    chapter.rows.map((row) =>
      h(
        "div",
        { class: `compare-row ${row.kind ?? ""}` },
        h("div", { class: "compare-source", text: row.source, dir: "auto" }),
        h("div", { class: "compare-result", text: row.result, dir: "auto" }),
        row.decisions.length
          ? h("div", { class: "compare-decisions" }, row.decisions.map((id) => byId.has(id) && decisionItem(byId.get(id), undo)))
          : null,
      ),
    ),
  );
}

function pages(chapter) {
  if (!chapter.pages) return h("p", { class: "note", text: "This chapter cannot be shown as pages yet." });
  return h(
    "ol",
    { class: "pages import-pages", role: "list", tabIndex: 0, "aria-label": "Pages as readers see them" },
    chapter.pages.map((page, index) => namedPage(page, index)),
  );
}
