/** A story's description as a form: what its `story.yaml` says. */
import { fill, h, icon, uid } from "/kit/js/dom.js";
import { toast } from "/kit/js/toast.js";
import { get, put, storyPath } from "./desk-api.js";
import { desk, on, refreshStories, refreshStory } from "./desk-state.js";
import { openNewChapter } from "./chapter-list.js";
import { demoButton } from "./demo-button.js";
import { scheduleField } from "./schedule-field.js";

const RATINGS = { general: "General", teen: "Teen", mature: "Mature: age-restricted channels only", explicit: "Explicit: age-restricted channels only" };
const STATUSES = { ongoing: "Ongoing", hiatus: "Hiatus: nothing comes out", editing: "Being edited", complete: "Complete" };
const words = (text) => text.split(",").map((one) => one.trim()).filter(Boolean);

const FIELDS = [
  { key: "title", label: "Title", required: true, wide: true },
  { key: "summary", label: "Summary", long: true },
  { key: "rating", label: "Rating", choices: RATINGS },
  { key: "status", label: "Status", choices: STATUSES },
  { key: "language", label: "Language", note: "Such as en, de or pt-BR" },
  { key: "tags", label: "Tags", list: true, note: "With commas between them" },
  { key: "warnings", label: "Content warnings", list: true, wide: true, note: "With commas between them" },
  { key: "disclaimer", label: "Disclaimer", wide: true },
];

export function mountStoryForm(root) {
  const inputs = new Map();
  const row = (field) => fieldRow(field, inputs);
  const authors = authorRows();
  const zone = h("input", { id: uid("zone"), type: "text", autocomplete: "off", placeholder: "Europe/London" });
  const zones = h("datalist", { id: uid("zones") });
  zone.setAttribute("list", zones.id);
  const start = h("input", { id: uid("start"), type: "date" });
  const schedule = scheduleField(() => ({ timezone: zone.value, start: start.value }), () => mark());
  zone.addEventListener("input", schedule.explain);
  start.addEventListener("input", schedule.explain);
  zone.addEventListener("focus", () => loadZones(zones), { once: true });
  const open = h("input", { id: uid("open"), type: "checkbox" });
  const prompt = h("input", { id: uid("prompt"), type: "text", autocomplete: "off" });
  const fault = h("p", { class: "field-error", role: "alert" });
  const save = h("button", { type: "submit", class: "button primary", text: "Save", disabled: true });
  const broken = h("ul", { class: "fault-list", role: "list" });
  const begin = h(
    "p",
    { class: "begin" },
    h("button", { type: "button", class: "button primary", on: { click: openNewChapter } }, icon("plus"), "Write the first chapter"),
  );
  const demo = demoButton();
  const form = h(
    "form",
    { class: "story-form" },
    begin,
    broken,
    fieldset("The story", FIELDS.slice(0, 1).map(row), authors.box, FIELDS.slice(1).map(row)),
    fieldset(
      "When chapters come out",
      h("div", { class: "wide" }, schedule.box),
      labelled("Time zone", zone, zones),
      labelled("First day", start),
    ),
    fieldset(
      "Readers’ ideas",
      h("div", { class: "check wide" }, open, h("label", { for: open.id, text: "Readers may send ideas" })),
      h("div", { class: "field wide" }, h("label", { for: prompt.id, text: "Question after every chapter" }), prompt),
    ),
    fault,
    h("div", { class: "form-foot" }, save, demo),
  );
  root.append(h("h2", { class: "view-title", text: "Story and schedule" }), form);
  form.addEventListener("input", () => mark());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await send();
  });
  on("place", draw);
  on("story", () => form.dataset.dirty !== "1" && draw());
  let shown = null;

  function mark() {
    form.dataset.dirty = Object.keys(changes()).length ? "1" : "";
    save.disabled = form.dataset.dirty !== "1";
  }

  function draw() {
    const { story } = desk;
    if (!story) return;
    if (shown !== story.slug) form.dataset.dirty = "";
    if (form.dataset.dirty === "1") return;
    shown = story.slug;
    for (const [key, input] of inputs) input.value = inWords(value(key)) || defaultOf(key);
    authors.show(value("authors"));
    zone.value = value("release.timezone") ?? "UTC";
    start.value = (value("release.start") ?? "").slice(0, 10);
    schedule.value = value("release.schedule") ?? "";
    open.checked = value("suggestions.open") ?? true;
    prompt.value = value("suggestions.prompt") ?? "";
    fault.textContent = "";
    begin.hidden = story.chapters.length > 0;
    demo.hidden = !begin.hidden;
    fill(broken, story.faults.map(faultRow));
    form.inert = !story.settings_readable;
    mark();
  }

  /** What is another value now than in the file. */
  function changes() {
    const found = {};
    const compare = (key, now, was) => {
      if (JSON.stringify(now) !== JSON.stringify(was)) found[key] = now;
    };
    for (const field of FIELDS) {
      const text = inputs.get(field.key).value.trim();
      const before = value(field.key);
      if (field.list) compare(field.key, words(text), before ?? []);
      else if (text !== (inWords(before) || defaultOf(field.key)).trim()) found[field.key] = text || null;
    }
    compare("authors", authors.read(), people(value("authors")));
    compare("release.schedule", schedule.value || null, value("release.schedule") || null);
    compare("release.timezone", zone.value.trim() || "UTC", value("release.timezone") ?? "UTC");
    compare("release.start", start.value || null, (value("release.start") ?? "").slice(0, 10) || null);
    compare("suggestions.open", open.checked, value("suggestions.open") ?? true);
    compare("suggestions.prompt", prompt.value.trim() || null, value("suggestions.prompt") || null);
    return found;
  }

  async function send() {
    try {
      desk.story = await put(storyPath(shown, "settings"), { changes: changes() });
      form.dataset.dirty = "";
      draw();
      toast("The story is saved.");
      await Promise.all([refreshStories(), refreshStory()]);
    } catch (error) {
      fault.textContent = error.message;
    }
  }
}

const value = (key) => desk.story.settings[key];
const inWords = (some) => (Array.isArray(some) ? some.join(", ") : (some ?? ""));
const defaultOf = (key) => ({ rating: "general", status: "ongoing", language: "en" })[key] ?? "";

function faultRow(one) {
  return h("li", {}, h("p", { class: `fault${one.warning ? "" : " bad"}` }, h("b", { text: `${one.file}${one.line ? `, line ${one.line}` : ""}` }), h("span", { text: `${one.problem}. ${one.mend}` })));
}

function fieldset(name, ...children) {
  return h("fieldset", {}, h("legend", { text: name }), h("div", { class: "matter-fields" }, children));
}

function labelled(label, input, more = null) {
  return h("div", { class: "field" }, h("label", { for: input.id, text: label }), input, more);
}

function fieldRow(field, inputs) {
  const id = uid("story");
  const input = field.choices
    ? h("select", { id }, Object.entries(field.choices).map(([key, name]) => h("option", { value: key, text: name })))
    : field.long
      ? h("textarea", { id, rows: 4, spellcheck: true })
      : h("input", { id, type: "text", required: Boolean(field.required), autocomplete: "off" });
  inputs.set(field.key, input);
  const note = field.note ? h("small", { class: "dim", id: `${id}-note`, text: field.note }) : null;
  if (note) input.setAttribute("aria-describedby", note.id);
  return h("div", { class: `field${field.long || field.wide ? " wide" : ""}` }, h("label", { for: id, text: field.label }), input, note);
}

/** Authors as rows of a name and the Discord id by which the bot knows them. */
function authorRows() {
  const rows = h("div", { class: "author-rows" });
  const add = h("button", { type: "button", class: "button small", text: "Another author", on: { click: () => append({}) } });
  const box = h("div", { class: "field wide", role: "group", "aria-label": "Authors" }, h("span", { class: "field-label", text: "Authors" }), rows, add);
  function append({ name = "", discord = "" }) {
    const input = (label, text, props) => h("input", { type: "text", value: text, placeholder: label, "aria-label": label, autocomplete: "off", ...props });
    rows.append(h("div", { class: "author-row" }, input("Name", name, { className: "author-name" }), input("Discord id", discord ?? "", { inputMode: "numeric", className: "author-id" })));
  }
  return {
    box,
    show(list) {
      rows.replaceChildren();
      const found = people(list);
      for (const one of found.length ? found : [{}]) append(typeof one === "string" ? { name: one } : one);
    },
    read() {
      const found = [...rows.children].map((one) => ({ name: one.children[0].value.trim(), discord: one.children[1].value.trim() }));
      return found.filter((one) => one.name).map(({ name, discord }) => (discord ? { name, discord } : name));
    },
  };
}

/** Authors in their shortest form: a name alone, or with an id. */
const people = (list) =>
  (list ?? []).map((one) => (typeof one === "string" || !one.discord ? (one.name ?? one) : { name: one.name, discord: one.discord }));

async function loadZones(list) {
  const { zones } = await get("/api/timezones").catch(() => ({ zones: [] }));
  fill(list, zones.map((one) => h("option", { value: one })));
}
