/** The chapters of the open story: in order, to open, to search and to move. */
import { fill, h, icon, iconButton } from "/kit/js/dom.js";
import { confirmBox, promptBox } from "/kit/js/dialogs.js";
import { menu } from "/kit/js/popover.js";
import { announce, attempt, toast } from "/kit/js/toast.js";
import { post, put, remove, storyPath } from "./desk-api.js";
import { counted, desk, emit, go, on, placeHash, refreshStories, refreshStory } from "./desk-state.js";
import { makeDraggable } from "./drag-order.js";
import { openRemoved } from "./removed-list.js";

const MANY = 9;
let list;
let search;

export function mountChapterList(root) {
  search = h("input", { type: "search", placeholder: "Search chapters", "aria-label": "Search chapters" });
  search.addEventListener("input", draw);
  list = h("ol", { class: "chapters", role: "list" });
  const add = h(
    "button",
    { type: "button", class: "button small", id: "new-chapter", title: "New chapter", "aria-label": "New chapter" },
    icon("plus"),
    "New",
  );
  add.addEventListener("click", openNewChapter);
  const more = iconButton("more", "More of chapters", () => menu(more, "Chapters", [
    { label: "Put a chapter back…", run: () => attempt(openRemoved) },
  ]), { class: "small", id: "chapters-more", "aria-haspopup": "menu" });
  root.append(
    h("div", { class: "chapters-head" }, h("h2", { class: "category", text: "Chapters" }), add, more),
    search,
    list,
  );
  makeDraggable(list, moveTo);
  on("story", draw);
  on("place", draw);
  on("unsaved", draw);
}

function draw() {
  const chapters = desk.story?.chapters ?? [];
  search.hidden = chapters.length < MANY;
  const wanted = search.hidden ? "" : search.value.trim().toLocaleLowerCase();
  const focused = document.activeElement?.closest?.(".chapter")?.dataset.file;
  const inHandle = document.activeElement?.classList.contains("handle");
  const rows = [];
  let part = null;
  chapters.forEach((chapter, index) => {
    if (wanted && !`${chapter.title} ${chapter.part ?? ""}`.toLocaleLowerCase().includes(wanted)) return;
    if ((chapter.part ?? null) !== part) {
      part = chapter.part ?? null;
      if (part) rows.push(h("li", { class: "part-name" }, h("h3", { text: part })));
    }
    rows.push(row(chapter, index, chapters.length));
  });
  if (!rows.length) {
    const words = wanted ? "No chapter is called that." : "No chapters yet. Begin with the first.";
    rows.push(h("li", { class: "note", text: words }));
  }
  fill(list, rows);
  if (focused) {
    const again = [...list.children].find((one) => one.dataset.file === focused);
    again?.querySelector(inHandle ? ".handle" : "a")?.focus({ preventScroll: true });
  }
}

function row(chapter, index, count) {
  const here = chapter.file === desk.place.file && desk.place.view === "text";
  const link = h(
    "a",
    {
      class: "chapter-link",
      href: placeHash({ view: "text", slug: desk.story.slug, file: chapter.file }),
      "aria-current": here ? "page" : null,
      on: { keydown: (event) => moveByKey(event, index) },
    },
    h("span", { class: "chapter-title", dir: "auto", text: chapter.title }),
    h("span", { class: "chapter-facts" }, facts(chapter)),
  );
  const handle = h(
    "button",
    {
      type: "button",
      class: "handle",
      title: "Drag to move; press for more",
      "aria-label": `Move or take out “${chapter.title}”, chapter ${index + 1} of ${count}`,
      "aria-haspopup": "menu",
      on: { keydown: (event) => moveByKey(event, index), click: () => openMenu(handle, chapter, index, count) },
    },
    h("span", { class: "number", text: String(index + 1) }),
  );
  return h("li", { class: `chapter${here ? " here" : ""}`, dataset: { file: chapter.file } }, handle, link);
}

function facts(chapter) {
  const told = [];
  if (chapter.faults) told.push(h("span", { class: "mark bad", text: counted(chapter.faults, "fault") }));
  if (chapter.warnings) told.push(h("span", { class: "mark warn", text: counted(chapter.warnings, "warning") }));
  if (chapter.unsaved) told.push(h("span", { class: "mark new", text: "not saved" }));
  if (chapter.draft) told.push(h("span", { class: "mark", text: "draft" }));
  if (chapter.extra) told.push(h("span", { class: "mark", text: "extra" }));
  if (chapter.publish_at) told.push(h("span", { class: "mark", text: shortTime(chapter.publish_at) }));
  if (chapter.words !== undefined) told.push(h("span", { text: counted(chapter.words, "word") }));
  return told;
}

function shortTime(iso) {
  const zone = desk.story.timezone;
  const options = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone: zone };
  try {
    return new Intl.DateTimeFormat(undefined, options).format(new Date(iso));
  } catch {
    return iso.slice(0, 10);
  }
}

function openMenu(handle, chapter, index, count) {
  if (handle.dataset.dragged) {
    delete handle.dataset.dragged;
    return;
  }
  menu(handle, `“${chapter.title}”`, [
    index > 0 && { label: "Move up", hint: "Alt ↑", run: () => moveTo(index, index - 1) },
    index < count - 1 && { label: "Move down", hint: "Alt ↓", run: () => moveTo(index, index + 1) },
    index > 0 && { label: "Move to the beginning", run: () => moveTo(index, 0) },
    index < count - 1 && { label: "Move to the end", run: () => moveTo(index, count - 1) },
    null,
    { label: "Take out…", danger: true, run: () => takeOut(chapter) },
  ]);
}

function moveByKey(event, index) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step || !event.altKey) return;
  event.preventDefault();
  moveTo(index, index + step);
}

let moving = false;
/** Moves a chapter, given by its place, to another place. */
async function moveTo(from, to) {
  const { slug, chapters } = desk.story;
  if (moving || to < 0 || to >= chapters.length || to === from) return;
  const order = [...chapters];
  const [moved] = order.splice(from, 1);
  order.splice(to, 0, moved);
  moving = true;
  desk.story.chapters = order;
  draw();
  try {
    const { renamed } = await put(storyPath(slug, "order"), { files: order.map((one) => one.file) });
    emit("renamed", renamed);
    if (desk.place.file in renamed) {
      desk.place.file = renamed[desk.place.file];
      history.replaceState(null, "", placeHash(desk.place));
    }
    for (const one of order) one.file = renamed[one.file] ?? one.file;
    draw();
    announce(`“${moved.title}” is chapter ${to + 1} now.`);
  } catch (error) {
    toast(error.message, "fault");
  } finally {
    moving = false;
    await attempt(refreshStory);
  }
}

/** Asks for the title of a new chapter at the end, and opens it. */
export function openNewChapter() {
  promptBox({
    title: "New chapter",
    label: "Title of the chapter",
    action: "Add",
    limit: 200,
    run: async (title) => {
      const { slug } = desk.story;
      const { file } = await post(storyPath(slug, "chapters"), { title });
      await refreshStory();
      go({ view: "text", slug, file });
    },
  });
}

function takeOut(chapter) {
  const words = "It is no chapter of the story then. Its file is kept in the story’s folder and can be put back.";
  confirmBox(`Take out “${chapter.title}”?`, words, "Take out", () =>
    attempt(async () => {
      const { slug } = desk.story;
      await remove(storyPath(slug, "chapters", { file: chapter.file }));
      await Promise.all([refreshStory(), refreshStories()]);
      if (chapter.file === desk.place.file) go({ view: "text", slug });
      toast(`“${chapter.title}” is taken out. “More of chapters” can put it back.`);
    }),
  );
}
