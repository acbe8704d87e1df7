/** A day of the calendar: its releases, to open or to move to another day, and a way to put a chapter on it. */
import { h } from "/kit/js/dom.js";
import { openDialog } from "/kit/js/dialogs.js";
import { menu } from "/kit/js/popover.js";
import { announce, attempt } from "/kit/js/toast.js";
import { put, storyPath } from "./desk-api.js";
import { desk, emit, go, refreshStory } from "./desk-state.js";

const long = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
const inWords = (day) => long.format(new Date(`${day}T00:00Z`));

export function dayCell({ day, today, stories, own }) {
  const here = stories.flatMap((story) => story.releases.filter((one) => one.local.startsWith(day)).map((one) => ({ ...one, story })));
  const dry = stories.filter((story) => story.dry_at?.startsWith(day));
  const past = day < today;
  const number = h("button", {
    type: "button",
    class: "day-number",
    text: String(Number(day.slice(8))),
    disabled: past,
    dataset: { day },
    "aria-label": `${inWords(day)}${here.length ? `, ${here.map((one) => one.title).join(", ")}` : ""}${dry.length ? ", no chapter is ready" : ""}. Put a chapter here`,
    on: { click: () => chooseChapter(day, own) },
  });
  const cell = h(
    "td",
    { class: `day-cell${day === today ? " today" : ""}${past ? " past" : ""}${dry.length ? " dry" : ""}`, "aria-current": day === today ? "date" : null },
    number,
    here.map((one) => chip(one)),
    dry.map((story) => h("span", { class: "dry-mark", title: `${story.title}: no chapter is ready`, text: "empty" })),
  );
  if (!past) acceptDrops(cell, day);
  return cell;
}

function chip(release) {
  const button = h(
    "button",
    {
      type: "button",
      class: `release-chip${release.slot ? "" : " fixed"}`,
      draggable: true,
      title: `${release.title}, ${release.local.slice(11, 16)}`,
      "aria-label": `${release.title}, ${inWords(release.local.slice(0, 10))} at ${release.local.slice(11, 16)}. Press for more`,
      on: { click: () => openMenu(button, release) },
    },
    h("span", { class: "chip-time", text: release.local.slice(11, 16) }),
    h("span", { class: "chip-title", dir: "auto", text: release.title }),
  );
  button.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("application/x-release", JSON.stringify({ slug: release.story.slug, file: release.file, time: release.local.slice(11, 16), title: release.title }));
    event.dataTransfer.effectAllowed = "move";
  });
  return button;
}

function acceptDrops(cell, day) {
  const ours = (event) => event.dataTransfer.types.includes("application/x-release");
  cell.addEventListener("dragover", (event) => {
    if (!ours(event)) return;
    event.preventDefault();
    cell.classList.add("over");
  });
  cell.addEventListener("dragleave", () => cell.classList.remove("over"));
  cell.addEventListener("drop", (event) => {
    cell.classList.remove("over");
    if (!ours(event)) return;
    event.preventDefault();
    const { slug, file, time, title } = JSON.parse(event.dataTransfer.getData("application/x-release"));
    setDate({ slug, file, title }, `${day} ${time}`);
  });
}

function openMenu(button, release) {
  const chapter = { slug: release.story.slug, file: release.file, title: release.title };
  menu(button, release.title, [
    { label: "Open the chapter", run: () => go({ view: "text", slug: chapter.slug, file: chapter.file }) },
    { label: "Another day…", run: () => askDate(chapter, release.local) },
    !release.slot && { label: "Back to the schedule", run: () => setDate(chapter, null) },
  ]);
}

function askDate(chapter, local) {
  const input = h("input", { type: "datetime-local", value: local, "aria-label": "Day and time", required: true });
  const form = h("form", {}, h("div", { class: "field" }, input), foot("Set"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    box.close();
    setDate(chapter, input.value.replace("T", " "));
  });
  const box = openDialog(`When does “${chapter.title}” come out?`, form);
}

const foot = (words) => h("div", { class: "dialog-foot" }, h("button", { type: "submit", class: "button primary", text: words }));

/** Asks which chapter comes out on a day, and when. */
function chooseChapter(day, slug) {
  const chapters = desk.story?.chapters ?? [];
  if (!chapters.length) return;
  const select = h("select", { "aria-label": "Chapter" }, chapters.map((one, index) => h("option", { value: one.file, text: `${index + 1}. ${one.title}` })));
  const time = h("input", { type: "time", value: "18:00", required: true, "aria-label": "Time of day" });
  const form = h("form", {}, h("div", { class: "field on-day" }, select, h("span", { text: "at" }), time), foot("Put it there"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    box.close();
    setDate({ slug, file: select.value, title: chapters.find((one) => one.file === select.value).title }, `${day} ${time.value}`);
  });
  const box = openDialog(`A chapter on ${inWords(day)}`, form);
}

async function setDate({ slug, file, title }, at) {
  await attempt(async () => {
    await put(storyPath(slug, "front-matter"), { file, changes: { publish_at: at } });
    announce(at ? `“${title}” comes out on ${inWords(at.slice(0, 10))} at ${at.slice(11)}.` : `“${title}” comes out by the schedule.`);
    await refreshStory();
  });
  emit("calendar");
}
