/** A schedule, set by clicking weekdays and a time or by typing, with its meaning in words while one does. */
import { fill, h, uid } from "/kit/js/dom.js";
import { post } from "./desk-api.js";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const BY_DAYS = /^\s*(daily|weekdays|(?:(?:mon|tue|wed|thu|fri|sat|sun)\s*,?\s*)+)\s*at\s+(\d{1,2}):(\d{2})\s*$/i;

/** `circumstances` gives `{timezone, start}`; `changed(text)` is called when the schedule is another one. */
export function scheduleField(circumstances, changed = () => {}) {
  const id = uid("schedule");
  const input = h("input", { id, type: "text", autocomplete: "off", placeholder: "tue, fri at 18:00" });
  const time = h("input", { type: "time", value: "18:00", "aria-label": "Time of day" });
  const days = DAYS.map((day, index) =>
    h("button", {
      type: "button",
      class: "day",
      text: NAMES[index].slice(0, 2),
      "aria-label": NAMES[index],
      "aria-pressed": "false",
      dataset: { day },
      on: { click: (event) => toggle(event.currentTarget) },
    }),
  );
  const meaning = h("div", { class: "meaning", id: `${id}-meaning`, role: "status" });
  input.setAttribute("aria-describedby", meaning.id);
  const box = h(
    "div",
    { class: "schedule-field" },
    h(
      "div",
      { class: "day-row", role: "group", "aria-label": "Weekdays" },
      days,
      h("span", { class: "at-time" }, "at", time),
    ),
    h("label", { for: id, text: "Schedule" }),
    input,
    meaning,
  );
  let timer = 0;
  let asked = 0;

  function toggle(button) {
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    write();
  }
  function write() {
    const chosen = days.filter((one) => one.getAttribute("aria-pressed") === "true").map((one) => one.dataset.day);
    const when = chosen.length === 7 ? "daily" : chosen.join(", ");
    input.value = chosen.length ? `${when} at ${time.value || "18:00"}` : "";
    tell();
  }
  function readDays() {
    const found = BY_DAYS.exec(input.value);
    const words = found?.[1].toLowerCase() ?? "";
    const chosen = words === "daily" ? DAYS : words === "weekdays" ? DAYS.slice(0, 5) : words.split(/[\s,]+/);
    for (const one of days) one.setAttribute("aria-pressed", String(chosen.includes(one.dataset.day)));
    if (found) time.value = `${found[2].padStart(2, "0")}:${found[3]}`;
  }
  function tell() {
    changed(input.value);
    clearTimeout(timer);
    timer = setTimeout(explain, 120);
  }
  async function explain() {
    // Nobody reads it there; it is told when the view is shown.
    if (box.closest("[hidden]")) return;
    asked += 1;
    const number = asked;
    const body = { schedule: input.value, timezone: "", start: "", ...circumstances() };
    const answer = await post("/api/schedule", body).catch(() => null);
    if (!answer || number !== asked) return;
    input.setAttribute("aria-invalid", String(Boolean(answer.fault)));
    fill(
      meaning,
      answer.fault
        ? h("p", { class: "field-error", text: answer.fault })
        : [
            h("p", {}, h("b", { text: answer.said })),
            answer.next?.length
              ? h("p", { class: "dim" }, "Next: ", answer.next.map((one) => one.local).join("; "), ` (${answer.zone})`)
              : null,
          ],
    );
  }
  input.addEventListener("input", () => {
    readDays();
    tell();
  });
  time.addEventListener("input", write);
  return {
    box,
    explain,
    get value() {
      return input.value.trim();
    },
    set value(text) {
      input.value = text;
      readDays();
      explain();
    },
  };
}
