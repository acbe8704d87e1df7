/** What became of an import that is written: what is new, what stays, what waits for an answer, and what to do next. */
import { fill, h } from "/kit/js/dom.js";
import { demoButton } from "./demo-button.js";
import { sentence } from "./import-words.js";
import { counted, placeHash } from "./desk-state.js";
import { conflictForm } from "./import-conflicts.js";

const ANSWERS = {
  keep_mine: "yours stays.",
  take_source: "the source’s is in its place now.",
  beside: "yours stays, and the source’s is after it as a draft.",
};
/** So many titles are listed openly; more are behind a summary. */
const OPEN = 6;

/** Shows an outcome; `answer` is called with the answers to its conflicts. */
export function importReport(root, outcome, answer) {
  const { slug, conflicts } = outcome;
  const heading = h("h2", {
    class: "view-title",
    tabIndex: -1,
    text: conflicts.length ? sentence(`${counted(conflicts.length, "chapter")} of “${outcome.title}” to decide on`) : `“${outcome.title}” is up to date`,
  });
  const next = h(
    "nav",
    { class: "report-next", "aria-label": "What to do next" },
    nextStep("Look at the pages", { view: "text", slug, file: outcome.first }, !conflicts.length),
    nextStep("Set a schedule", { view: "calendar", slug }),
    h("a", { class: "button", href: "#/import", text: "Import more" }),
  );
  fill(
    root,
    h(
      "div",
      { class: "import-report" },
      heading,
      conflicts.length ? conflictForm(conflicts, answer) : null,
      h("ul", { class: "report-list", role: "list" }, lines(outcome)),
      next,
      demoButton(),
    ),
  );
  heading.focus({ preventScroll: true });
}

function nextStep(text, place, primary = false) {
  return h("a", { class: `button${primary ? " primary" : ""}`, href: placeHash(place), text });
}

function lines({ added, updated, unchanged, answered, taken_out: out, vanished, lost_pictures: lost, conflicts }) {
  const nothing = !added.length && !updated.length && !conflicts.length && !answered.length;
  return [
    nothing ? h("li", { class: "report-line same", text: "Nothing is new. Your story has all of this already." }) : null,
    line("new", `${counted(added.length, "new chapter")}`, added),
    line("new", `${counted(updated.length, "chapter")} brought up to date`, updated),
    line("new", "As you answered", answered.map((one) => `“${one.title}”: ${ANSWERS[one.answer]}`)),
    line("same", `${counted(unchanged.length, "chapter")} with nothing new, left as ${unchanged.length === 1 ? "it is" : "they are"}`, unchanged),
    line("same", `${counted(out.length, "chapter")} you had taken out ${out.length === 1 ? "stays" : "stay"} out`, out),
    line("look", `${counted(vanished.length, "chapter")} no longer in the source ${vanished.length === 1 ? "stays" : "stay"} in your story. Take out what you do not want.`, vanished),
    line("look", `${counted(lost.length, "picture")} could not be kept`, lost),
  ];
}

function line(kind, words, names) {
  if (!names.length) return null;
  const open = names.length <= OPEN && kind !== "same";
  const list = h("ul", {}, names.map((one) => h("li", { text: one, dir: "auto" })));
  return h("li", { class: `report-line ${kind}` }, h("details", { open }, h("summary", { text: sentence(words) }), list));
}
