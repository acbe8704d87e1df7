/** The middle of the desk: the chapter's text, what stands around it, and its faults. */
import { h, icon, iconButton } from "/kit/js/dom.js";
import { confirmBox } from "/kit/js/dialogs.js";
import { announce, attempt, toast } from "/kit/js/toast.js";
import { post, storyPath } from "./desk-api.js";
import { ChapterDocument } from "./chapter-document.js";
import { openConflict } from "./conflict-dialog.js";
import { desk, emit, on, openChapter, refreshStory } from "./desk-state.js";
import { faultList } from "./fault-list.js";
import { findBar } from "./find-bar.js";
import { frontMatterForm } from "./front-matter-form.js";
import { clearPages, knownPages, showPages } from "./pages-pane.js";
import { revealPlace, placeInText } from "./text-places.js";
import { sceneBreak, wrap } from "./text-commands.js";
import { TextMirror } from "./text-mirror.js";

const STATES = {
  saved: "Saved",
  typing: "Writing…",
  kept: "Kept as a draft, not saved yet",
  local: "Kept in this browser: the desk does not answer",
  conflict: "Two versions: choose one",
};

const area = h("textarea", {
  id: "text",
  class: "text",
  spellcheck: true,
  "aria-label": "Text of the chapter",
  placeholder: "Write or paste the chapter here.",
  autocapitalize: "sentences",
});
const title = h("h2", { class: "editor-title", dir: "auto" });
const state = h("p", { class: "editor-state", role: "status" });
const save = h("button", { type: "button", class: "button primary small", text: "Save", title: "Ctrl S" });
const discard = h("button", { type: "button", class: "button small", text: "Undo all", title: "Back to what is saved" });
const matter = frontMatterForm(changeMatter);
const faults = faultList((fault) => goToFault(fault));
const find = findBar(area, (at, focus) => revealPlace(area, at, focus));
const mirror = new TextMirror(area);
/** The open chapter; what stands before the text on the screen; the faults of the last look. */
let open = null;
let head = "";
let looking = false;
let again = false;

const whole = () => head + area.value;

export function mountEditor(root) {
  const act = (name, label, run, extra) => iconButton(name, label, run, { class: "small", ...extra });
  const mark = (text, label, run) =>
    h("button", { type: "button", class: "mark-button", title: label, "aria-label": label, on: { click: run } }, text);
  root.append(
    h("div", { class: "editor-head" }, h("div", { class: "editor-words" }, title, state), discard, save),
    matter.box,
    matter.raw,
    h(
      "div",
      { class: "editor-tools", role: "group", "aria-label": "Formatting" },
      mark(h("i", { text: "I" }), "Italics (Ctrl I)", () => wrap(area, "*")),
      mark(h("b", { text: "B" }), "Bold (Ctrl B)", () => wrap(area, "**")),
      mark("∗∗∗", "Scene break (Ctrl Enter)", () => sceneBreak(area)),
      mark(h("span", { text: "Note" }), "Note to the readers after the chapter (Ctrl Alt N)", () => matter.focus("note_after")),
      h("span", { class: "grow" }),
      act("scope", "Find in the text (Ctrl F)", find.open, { class: "small find-button" }),
    ),
    find.bar,
    h("div", { class: "text-box" }, mirror.node, area),
    faults.box,
    faults.status,
  );
  root.querySelector(".find-button").replaceChildren(searchIcon());
  save.addEventListener("click", () => attempt(saveNow));
  discard.addEventListener("click", askDiscard);
  area.addEventListener("input", touched);
  document.addEventListener("selectionchange", () => document.activeElement === area && tellCursor());
  root.addEventListener("keydown", shortcut);
  addEventListener("pagehide", () => open?.leave());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && open?.leave());
  on("place", () => attempt(show));
  on("renamed", (renamed) => open && (open.file = renamed[open.file] ?? open.file));
  on("document", (document_) => document_ === open && drawState());
  on("conflict", ({ document: whose, other }) => whose === open && settle(other));
  on("changed-outside", () => attempt(lookOutside));
  on("go-to-offset", (at) => {
    emit("show-pane", "middle");
    revealPlace(area, at - head.length, true);
  });
}

function searchIcon() {
  const svg = icon("scope");
  svg.firstChild.setAttribute("d", "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20");
  return svg;
}

/** Opens the chapter that the address names. */
async function show() {
  const { slug, file, view } = desk.place;
  if (open && open.slug === slug && open.file === file && view === "text") return drawState();
  matter.flush();
  const before = open;
  open = null;
  // What is typed now would belong to neither chapter.
  area.readOnly = true;
  await before?.close();
  if (view !== "text" || !file) {
    clearPages();
    return undefined;
  }
  const next = new ChapterDocument(slug, file, whole);
  const { text, other, seen } = await next.open();
  if (desk.place.file !== file || desk.place.view !== "text") return undefined;
  open = next;
  area.readOnly = false;
  clearPages();
  setWhole(text, 0);
  area.lang = desk.story?.language ?? "";
  next.tell(next.isChanged ? "kept" : "saved");
  if (other) settle(other);
  if (seen) take(seen, text);
  else await look();
  return undefined;
}

/** Puts a whole text on the screen; its front matter is cut off once it has been looked at. */
function setWhole(text, cursor) {
  head = "";
  area.value = text;
  area.setSelectionRange(cursor, cursor);
  area.scrollTop = 0;
}

function touched() {
  open?.touched();
  mirror.fade();
  look();
}

function tellCursor() {
  emit("cursor", head.length + area.selectionEnd);
}

/** Has the text looked at, one look at a time; what was typed meanwhile is looked at after it. */
async function look() {
  if (looking) {
    again = true;
    return;
  }
  looking = true;
  do {
    again = false;
    const asked = open;
    const text = whole();
    if (!asked) break;
    try {
      const body = { file: asked.file, text, known: knownPages() };
      const answer = await post(storyPath(asked.slug, "pages"), body);
      if (asked === open) take(answer, text);
    } catch (error) {
      if (error.status !== 404 && asked === open) console.warn(error.message);
    }
  } while (again);
  looking = false;
}

function take(answer, text) {
  const fresh = text === whole();
  if (fresh && answer.head !== head.length) cutHead(text, answer.head);
  matter.show(answer.form);
  title.textContent = answer.title ?? openChapter()?.title ?? "";
  faults.show(answer.faults);
  showPages(answer);
  if (!fresh) return;
  const lines = head.split("\n").length - 1;
  const marks = answer.faults.map((fault) => placeInText(area.value, fault, lines)).filter(Boolean);
  const breaks = (answer.pages ?? []).slice(1).map((page, index) => ({ at: page.start - head.length, page: index + 2 }));
  mirror.draw(area.value, marks, breaks);
  emit("looked", answer);
}

/** Moves front matter out of the text field, or back where it cannot be a form. */
function cutHead(text, length) {
  const { selectionStart, selectionEnd, scrollTop } = area;
  const moved = head.length - length;
  head = text.slice(0, length);
  area.value = text.slice(length);
  area.setSelectionRange(Math.max(0, selectionStart + moved), Math.max(0, selectionEnd + moved));
  area.scrollTop = scrollTop;
}

/** Changes front matter by the form: the text below stays as it is typed meanwhile. */
async function changeMatter(changes) {
  const asked = open;
  await attempt(async () => {
    const { text } = await post("/api/front-matter", { text: head, changes });
    if (asked !== open) return;
    head = text;
    touched();
  });
}

async function saveNow() {
  matter.flush();
  if (!open) return;
  if (await open.save()) {
    announce("Saved.");
    await refreshStory();
  }
}

function askDiscard() {
  const back = () => {
    setWhole(open.saved, 0);
    touched();
    area.focus();
  };
  confirmBox("Back to what is saved?", "What you have typed since is gone then.", "Undo all", back);
}

/** Shows two versions, and goes on with the one that is chosen. */
function settle(other) {
  const asked = open;
  asked.tell("conflict");
  openConflict({
    mine: whole(),
    theirs: other.text,
    elsewhere: !other.version,
    choose: (which) => {
      if (asked !== open || !which) return;
      if (which === "theirs") setWhole(other.text, 0);
      asked.rebase(other);
      look();
      area.focus();
    },
  });
}

/** Takes over what changed outside, or shows both texts where something is not saved here. */
async function lookOutside() {
  const asked = open;
  if (!asked || !desk.story?.chapters.some((one) => one.file === asked.file)) return;
  const other = await asked.lookOutside();
  if (!other || asked !== open) return;
  if (other.text === whole()) {
    asked.rebase(other);
  } else if (asked.isChanged) {
    if (asked.state !== "conflict") settle(other);
  } else {
    const cursor = area.selectionStart;
    setWhole(other.text, 0);
    asked.rebase(other);
    await look();
    area.setSelectionRange(cursor, cursor);
    toast("The file was changed outside; this is how it is now.");
  }
}

function drawState() {
  if (!open) return;
  const changed = open.isChanged;
  state.textContent = STATES[open.state];
  state.dataset.state = open.state;
  save.disabled = !changed;
  discard.hidden = !changed;
  const chapter = openChapter();
  if (chapter && chapter.unsaved !== changed) {
    chapter.unsaved = changed;
    emit("unsaved");
  }
}

function goToFault(fault) {
  const lines = head.split("\n").length - 1;
  if (fault.line && fault.line <= lines) {
    const line = head.split("\n")[fault.line - 1] ?? "";
    matter.focus(line.split(":")[0].trim());
    return;
  }
  revealPlace(area, placeInText(area.value, fault, lines)?.at ?? 0, true);
}

function shortcut(event) {
  if (!(event.ctrlKey || event.metaKey)) return;
  const key = event.key.toLowerCase();
  const inText = event.target === area;
  const runs = {
    s: () => attempt(saveNow),
    f: find.open,
    i: inText && !event.shiftKey && (() => wrap(area, "*")),
    b: inText && !event.shiftKey && (() => wrap(area, "**")),
    enter: inText && (() => sceneBreak(area)),
  };
  const run = event.altKey ? event.code === "KeyN" && (() => matter.focus("note_after")) : runs[key];
  if (!run) return;
  event.preventDefault();
  run();
}
