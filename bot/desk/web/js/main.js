/** Wires the page together: which story and chapter is open, and what is shown of it. */
import { iconButton, h, icon } from "/kit/js/dom.js";
import { mountTheme } from "/kit/js/channel-header.js";
import { attempt } from "/kit/js/toast.js";
import { get } from "./desk-api.js";
import { desk, emit, go, on, placeHash, placeOf, refreshStories, refreshStory } from "./desk-state.js";
import { mountCalendar } from "./calendar.js";
import { mountChapterList } from "./chapter-list.js";
import { mountDrop } from "./import-source.js";
import { mountImport } from "./import-view.js";
import { mountEditor } from "./editor.js";
import { openKeys } from "./keyboard-help.js";
import { mountPages } from "./pages-pane.js";
import { mountReaders } from "./readers-view.js";
import { mountStoryForm } from "./story-form.js";
import { mountStoryPicker } from "./story-picker.js";
import { mountTabs } from "./pane-tabs.js";
import { mountWelcome } from "./welcome.js";

const at = (id) => document.getElementById(id);
const middle = at("middle");
const view = (name = "") => h("div", { class: `view ${name}`, hidden: true });
const views = {
  welcome: view(),
  text: view(),
  story: view(),
  calendar: view(),
  readers: view(),
  import: view("import-view"),
};
const NAMES = { welcome: "Welcome", text: "Text", story: "Story", calendar: "Calendar", readers: "Readers", import: "Import" };

function mount() {
  middle.append(...Object.values(views));
  mountStoryPicker(at("place"));
  mountTools(at("tools"));
  mountTabs(at("tabs"), at("desk"));
  mountChapterList(at("chapters"));
  mountWelcome(views.welcome);
  mountEditor(views.text);
  mountStoryForm(views.story);
  mountCalendar(views.calendar);
  mountReaders(views.readers);
  mountImport(views.import);
  mountPages(at("pages"));
  const drop = mountDrop(document.body);
  on("importing", (doing) => drop.tell(doing));
  addEventListener("hashchange", () => attempt(route));
}

function mountTools(root) {
  const calendar = h(
    "a",
    { class: "button small top-link", href: "#/calendar", id: "to-calendar" },
    icon("clock"),
    h("span", { text: "Calendar" }),
  );
  const bring = h(
    "a",
    { class: "button small top-link", href: "#/import", id: "to-import" },
    icon("file"),
    h("span", { text: "Import" }),
  );
  const readers = h(
    "a",
    { class: "button small top-link", id: "to-readers" },
    icon("people"),
    h("span", { text: "Readers" }),
  );
  on("place", () => {
    const { slug, view } = desk.place;
    readers.href = placeHash({ view: "readers", slug });
    readers.hidden = !desk.stories.length || view === "import";
    if (view === "readers") readers.setAttribute("aria-current", "page");
    else readers.removeAttribute("aria-current");
    if (view === "import") bring.setAttribute("aria-current", "page");
    else bring.removeAttribute("aria-current");
    calendar.href = placeHash({ view: "calendar", slug });
    if (view === "calendar") calendar.setAttribute("aria-current", "page");
    else calendar.removeAttribute("aria-current");
    calendar.hidden = !desk.stories.length || view === "import";
  });
  root.append(bring, readers, calendar, iconButton("keyboard", "Keyboard shortcuts", openKeys, { class: "wide-only" }));
  mountTheme(root);
}

/** Which chapter is to come along with the story of a place. */
const openingOf = ({ view, file }) => (view === "text" ? (file ?? "") : null);

/** Shows what the address says; without one, the first chapter of the first story. */
async function route() {
  let place = placeOf(location.hash);
  const known = (slug) => desk.stories.some((one) => one.slug === slug);
  if (place.slug && !known(place.slug)) place = { view: "welcome", slug: null, file: null };
  if (place.view === "welcome" && desk.stories.length) place = { view: "text", slug: desk.stories[0].slug, file: null };
  if (["calendar", "readers"].includes(place.view) && !place.slug && desk.stories.length) place.slug = desk.stories[0].slug;
  const other = desk.place.slug !== place.slug || !desk.story;
  desk.place = place;
  if (other) await refreshStory(openingOf(place));
  if (place.view === "text" && !place.file && desk.story?.chapters.length) {
    place.file = desk.story.chapters[0].file;
  }
  if (place.view === "text" && !desk.story?.chapters.length) place.view = desk.story ? "story" : "welcome";
  history.replaceState(null, "", placeHash(place));
  for (const [name, node] of Object.entries(views)) node.hidden = name !== place.view;
  at("desk").dataset.view = place.view;
  middle.setAttribute("aria-label", NAMES[place.view]);
  document.title = desk.story ? `${desk.story.title}: author’s desk` : "Author’s desk";
  emit("place");
}

/** Hears of changes of the files, for as long as the page is open. */
async function listen() {
  let since = null;
  let lost = false;
  for (;;) {
    try {
      // The first answer, and the first after a silence, come at once.
      const { count } = await get(`/api/changes${since === null || lost ? "" : `?since=${since}`}`);
      at("connection").hidden = true;
      const news = lost || (since !== null && count !== since);
      since = count;
      lost = false;
      if (news) {
        await refreshStories();
        await (desk.stories.some((one) => one.slug === desk.place.slug) ? refreshStory() : route());
        emit("changed-outside");
      }
    } catch (error) {
      at("connection").hidden = false;
      at("connection").textContent = error.message;
      lost = true;
      await new Promise((done) => setTimeout(done, 1500));
    }
  }
}

mount();
await attempt(async () => {
  // Both at once; a story that is not there any more is found out by `route`.
  const place = placeOf(location.hash);
  desk.place.slug = place.slug;
  await Promise.all([refreshStories(), refreshStory(openingOf(place)).catch(() => null)]);
  await route();
});
listen();
on("go", (place) => go(place));
document.documentElement.dataset.ready = "1";
