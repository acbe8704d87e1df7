/** The calendar: what comes out when, and where a story runs out of chapters. */
import { fill, h, icon, iconButton } from "/kit/js/dom.js";
import { get } from "./desk-api.js";
import { counted, desk, on } from "./desk-state.js";
import { dayCell } from "./calendar-day.js";
import { demoButton } from "./demo-button.js";
import { openSchedule } from "./schedule-dialog.js";

const SHOWN = 30;
const monthName = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" });
const dayName = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });

let root;
let demo;
let data = null;
let month = null; // "2026-12"
let all = false;

export function mountCalendar(node) {
  root = node;
  demo = demoButton();
  on("place", load);
  on("changed-outside", load);
  on("calendar", load);
}

async function load() {
  if (desk.place.view !== "calendar") return;
  const asked = desk.place.slug;
  const answer = await get("/api/calendar").catch(() => null);
  if (!answer || asked !== desk.place.slug) return;
  data = answer;
  month ??= localDay().slice(0, 7);
  draw();
}

const localDay = () => {
  const now = new Date(data.now);
  const pad = (value) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
};

/** The stories on show. */
const shown = () => data.stories.filter((one) => all || one.slug === desk.place.slug);

function draw() {
  const stories = shown();
  const own = data.stories.find((one) => one.slug === desk.place.slug);
  const focused = document.activeElement?.dataset?.day;
  fill(
    root,
    h(
      "div",
      { class: "calendar-head" },
      h("h2", { class: "view-title", text: "What comes out when" }),
      own ? demo : null,
      data.stories.length > 1 ? allSwitch() : null,
    ),
    own ? summary(own) : h("p", { class: "note", text: "This story has no chapters yet." }),
    data.note ? h("p", { class: "note" }, icon("warn"), data.note) : null,
    monthHead(),
    grid(stories),
    list(stories),
    own?.waiting.length ? waiting(own) : null,
  );
  if (focused) root.querySelector(`[data-day="${focused}"]`)?.focus({ preventScroll: true });
}

function allSwitch() {
  const input = h("input", { type: "checkbox", checked: all });
  input.addEventListener("change", () => {
    all = input.checked;
    draw();
  });
  return h("label", { class: "check" }, input, "All stories");
}

/** The schedule in words, and until when there are chapters. */
function summary(story) {
  const change = h("button", { type: "button", class: "button small", id: "set-schedule", text: story.scheduled ? "Change" : "Set a schedule" });
  change.addEventListener("click", () => openSchedule(story.slug));
  const held = story.status === "hiatus" ? "The story is on hiatus: nothing comes out. " : "";
  const said = story.scheduled ? `${story.schedule} (${story.timezone})` : "No schedule: only chapters with a date of their own come out.";
  const dry = story.dry_at ? `${counted(story.releases.length, "chapter")} ready. The next is needed by ${told(story.dry_at)}.` : "";
  return h(
    "div",
    { class: `buffer${story.dry_at && story.releases.length < 2 ? " low" : ""}` },
    h("div", {}, h("p", {}, h("b", { text: held + said })), dry ? h("p", { class: "dry-words", text: dry }) : null),
    change,
  );
}

const told = (local) => `${dayName.format(new Date(`${local.slice(0, 10)}T00:00Z`))}, ${local.slice(11, 16)}`;

function monthHead() {
  const step = (by) => () => {
    const date = new Date(`${month}-01T00:00Z`);
    date.setUTCMonth(date.getUTCMonth() + by);
    month = date.toISOString().slice(0, 7);
    draw();
  };
  return h(
    "div",
    { class: "month-head" },
    iconButton("chevron", "Month before", step(-1), { class: "small back" }),
    h("h3", { "aria-live": "polite", text: monthName.format(new Date(`${month}-01T00:00Z`)) }),
    iconButton("chevron", "Month after", step(1), { class: "small forth" }),
  );
}

function grid(stories) {
  const first = new Date(`${month}-01T00:00Z`);
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const blanks = (first.getUTCDay() + 6) % 7;
  const today = localDay();
  const cells = [];
  for (let blank = 0; blank < blanks; blank += 1) cells.push(h("td", { class: "day-cell blank" }));
  for (let number = 1; number <= days; number += 1) {
    const day = `${month}-${String(number).padStart(2, "0")}`;
    cells.push(dayCell({ day, today, stories, own: desk.place.slug }));
  }
  while (cells.length % 7) cells.push(h("td", { class: "day-cell blank" }));
  const weeks = [];
  for (let at = 0; at < cells.length; at += 7) weeks.push(h("tr", {}, cells.slice(at, at + 7)));
  const names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
  return h(
    "table",
    { class: "month", "aria-label": monthName.format(first) },
    h("thead", {}, h("tr", {}, names.map((name) => h("th", { scope: "col", abbr: name, text: name.slice(0, 3) })))),
    h("tbody", {}, weeks),
  );
}

function list(stories) {
  const rows = stories
    .flatMap((story) => [
      ...story.releases.map((one) => ({ ...one, story })),
      ...(story.dry_at ? [{ dry: true, at: `${story.dry_at}`, local: story.dry_at, story }] : []),
    ])
    .sort((a, b) => (a.local < b.local ? -1 : a.local > b.local ? 1 : 0));
  const more = rows.length - SHOWN;
  return h(
    "section",
    { class: "coming-list", "aria-label": "Coming releases" },
    h("h3", { text: "In order" }),
    rows.length
      ? h("ol", { role: "list" }, rows.slice(0, SHOWN).map(listRow))
      : h("p", { class: "note", text: "Nothing is planned yet." }),
    more > 0 ? h("p", { class: "dim", text: `And ${more} more.` }) : null,
  );
}

function listRow(one) {
  const name = shown().length > 1 ? `${one.story.title}: ` : "";
  if (one.dry)
    return h("li", { class: "dry" }, h("time", { text: told(one.local) }), h("span", {}, icon("warn"), `${name}no chapter is ready for this time`));
  return h(
    "li",
    {},
    h("time", { dateTime: one.at, text: told(one.local) }),
    h("a", { href: `#/text/${encodeURIComponent(one.story.slug)}/${encodeURIComponent(one.file)}`, dir: "auto", text: name + one.title }),
    one.slot ? null : h("span", { class: "mark", text: "own date" }),
  );
}

function waiting(story) {
  const why = (one) => (one.draft ? "draft" : "no date");
  return h(
    "section",
    { class: "coming-list", "aria-label": "Without a date" },
    h("h3", { text: "Without a date" }),
    h("ul", { role: "list" }, story.waiting.map((one) => h("li", {}, h("span", { class: "mark", text: why(one) }), h("span", { dir: "auto", text: one.title })))),
  );
}
