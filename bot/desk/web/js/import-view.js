/** An import before it is written: its chapters, what was decided about the source, and where it goes. */
import { fill, h, icon, uid } from "/kit/js/dom.js";
import { attempt, toast } from "/kit/js/toast.js";
import { get, post, put, remove } from "./desk-api.js";
import { counted, desk, go, on, refreshStories } from "./desk-state.js";
import { importedChapter } from "./import-chapter.js";
import { importRemarks } from "./import-remarks.js";
import { importReport } from "./import-report.js";
import { sourceForm } from "./import-source.js";
import { firstSettings } from "./new-story.js";

let shown = null;
let key = null;
let root;
let begin = null;

export function mountImport(node) {
  root = node;
  on("place", () => attempt(open));
}

async function open() {
  const { view, file } = desk.place;
  if (view !== "import") return;
  if (!file) {
    shown = null;
    // Made once: what is typed there stays when the place is told again, such as after a change of the files.
    begin ??= [h("h2", { class: "view-title", text: "Import a manuscript" }), h("div", { class: "import-begin" }, sourceForm())];
    if (!begin[0].isConnected) fill(root, begin);
    return;
  }
  if (shown?.id === file) return;
  shown = await get(`/api/imports/${file}`).catch((error) => (error.status === 404 ? written(file) : fail(error)));
  if (!shown) {
    go({ view: "import", slug: null, file: null });
    return;
  }
  if (shown.outcome) {
    report(shown.outcome);
    return;
  }
  key = shown.chapters[0]?.key ?? null;
  draw();
}

/** An import that is written already, here or on another page. */
async function written(id) {
  return get(`/api/imports/${id}/report`).then((outcome) => ({ id, outcome }), fail);
}

function fail(error) {
  toast(error.message, "fault");
  return null;
}

function report(outcome) {
  shown.outcome = outcome;
  const { id } = shown;
  importReport(root, outcome, async (answers) => {
    const now = await post(`/api/imports/${id}/accept`, { answers });
    if (shown?.id !== id) return;
    report(now);
    if (now.conflicts.length) toast(`${counted(now.conflicts.length, "chapter")} still to decide on.`);
    await refreshStories();
  });
}

const list = h("ol", { class: "import-chapters", role: "list" });
const beside = h("section", { class: "import-chapter", "aria-label": "The chapter beside its source" });
const facts = h("p", { class: "dim small" });
const into = h("select", { id: uid("into") });
const title = h("input", { id: uid("title"), type: "text", maxLength: 200, autocomplete: "off" });
const titleField = h("div", { class: "field" }, h("label", { for: title.id, text: "Title of the story" }), title);
const fault = h("p", { class: "field-error", role: "alert" });
const accept = h("button", { type: "submit", class: "button primary" });
const remarks = h("div", { class: "import-remarks" });

into.addEventListener("change", drawTarget);

function draw() {
  title.value = shown.title || (shown.chapters.length === 1 && shown.name === "-" ? "" : nameOf(shown.name));
  fill(
    into,
    h("option", { value: "", text: "A new story" }),
    desk.stories.map((one) =>
      h("option", { value: one.slug, text: one.slug === shown.into ? `Bring “${one.title}” up to date` : `At the end of “${one.title}”` }),
    ),
  );
  into.value = desk.stories.some((one) => one.slug === shown.into) ? shown.into : "";
  const intoField = h("div", { class: "field" }, h("label", { for: into.id, text: "Where to" }), into);
  intoField.hidden = !desk.stories.length;
  const form = h(
    "form",
    { class: "import-target" },
    intoField,
    titleField,
    h(
      "div",
      { class: "import-acts" },
      h("button", { type: "button", class: "button", text: "Throw away", on: { click: () => attempt(forget) } }),
      accept,
    ),
    fault,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(write);
  });
  fill(
    root,
    h(
      "div",
      { class: "import-head" },
      h("div", {}, h("h2", { class: "import-title", text: shown.name === "-" ? "Your text" : shown.name }), facts),
      form,
    ),
    h("div", { class: "import-panes" }, h("div", { class: "import-left" }, remarks, list), beside),
  );
  drawTarget();
  drawAll();
}

const nameOf = (name) => (name === "-" ? "" : name.replace(/\.[a-z0-9]{2,5}$/i, "").replace(/[_-]+/g, " "));

function drawTarget() {
  titleField.hidden = Boolean(into.value);
  title.required = !into.value;
}

function drawAll() {
  const taken = shown.chapters.filter((one) => one.included);
  const decided = shown.chapters.reduce((sum, one) => sum + one.decisions, 0);
  const words = taken.reduce((sum, one) => sum + one.words, 0);
  facts.textContent = `${counted(taken.length, "chapter")} · ${counted(words, "word")} · ${decided ? `${counted(decided, "change")} to look at` : "taken as it is"}`;
  accept.textContent = `Accept ${counted(taken.length, "chapter")}`;
  accept.disabled = !taken.length;
  importRemarks(remarks, shown, undo);
  fill(list, shown.chapters.map(row));
  attempt(drawChapter);
}

function row(chapter, index) {
  const name = `Chapter ${index + 1}`;
  const take = h("input", { type: "checkbox", checked: chapter.included, "aria-label": `Take ${name}, “${chapter.title}”` });
  take.addEventListener("change", () => {
    const out = shown.chapters.filter((one) => (one.key === chapter.key ? !take.checked : !one.included));
    attempt(() => change({ left_out: out.map((one) => one.key) }));
  });
  const line = h("input", { type: "text", class: "import-line", value: chapter.title, maxLength: 200, "aria-label": `Title of ${name}`, dir: "auto" });
  line.addEventListener("focus", () => select(chapter.key));
  line.addEventListener("change", () => {
    const titles = Object.fromEntries(shown.chapters.filter((one) => one.typed).map((one) => [one.key, one.title]));
    titles[chapter.key] = line.value;
    attempt(() => change({ titles }));
  });
  const told = h("button", { type: "button", class: "import-facts", on: { click: () => select(chapter.key) } });
  told.append(
    h("span", { text: counted(chapter.words, "word") }),
    chapter.decisions ? h("span", { class: "mark new", text: counted(chapter.decisions, "change") }) : "",
    chapter.undone ? h("span", { class: "mark", text: `${chapter.undone} undone` }) : "",
  );
  told.setAttribute("aria-label", `Show ${name} beside its source: ${told.textContent}`);
  const here = chapter.key === key;
  const part = chapter.part && chapter.part !== shown.chapters[index - 1]?.part ? h("h3", { class: "import-part", text: chapter.part }) : null;
  return h(
    "li",
    { class: `import-row${here ? " here" : ""}${chapter.included ? "" : " out"}`, dataset: { key: chapter.key } },
    part,
    h("div", { class: "import-row-line" }, take, line, told),
  );
}

function select(other) {
  if (other === key) return;
  key = other;
  for (const one of list.children) one.classList.toggle("here", one.dataset.key === key);
  attempt(drawChapter);
}

async function drawChapter() {
  const wanted = key;
  if (!wanted) {
    fill(beside, h("p", { class: "note", text: "No chapters were found." }));
    return;
  }
  const chapter = await get(`/api/imports/${shown.id}/chapter?${new URLSearchParams({ key: wanted })}`);
  if (wanted === key) importedChapter(beside, chapter, undo);
}

/** Undoes a decision, or makes it again. */
async function undo(decision) {
  const refused = new Set(shown.refused);
  if (decision.undone) refused.delete(decision.id);
  else refused.add(decision.id);
  await change({ refused: [...refused] });
}

async function change(what) {
  const focused = document.activeElement?.getAttribute?.("aria-label");
  shown = await put(`/api/imports/${shown.id}`, what);
  if (!shown.chapters.some((one) => one.key === key)) key = shown.chapters[0]?.key ?? null;
  drawAll();
  if (focused) root.querySelector(`[aria-label="${CSS.escape(focused)}"]`)?.focus();
}

async function forget() {
  await remove(`/api/imports/${shown.id}`);
  shown = null;
  go(desk.stories.length ? { view: "text", slug: desk.stories[0].slug } : { view: "welcome", slug: null });
}

async function write() {
  fault.textContent = "";
  const { id } = shown;
  const body = into.value ? { slug: into.value } : { title: title.value, settings: firstSettings() };
  accept.disabled = true;
  try {
    const outcome = await post(`/api/imports/${id}/accept`, body);
    await refreshStories();
    if (shown?.id === id) report(outcome);
  } catch (error) {
    if (error.status !== 404) {
      fault.textContent = error.message;
      return;
    }
    // Another page has written it, or it is forgotten.
    shown = null;
    await open();
  } finally {
    accept.disabled = false;
  }
}
