/** The schedule alone, set from the calendar. */
import { h, uid } from "/kit/js/dom.js";
import { openDialog } from "/kit/js/dialogs.js";
import { put, storyPath } from "./desk-api.js";
import { desk, emit, refreshStory } from "./desk-state.js";
import { scheduleField } from "./schedule-field.js";

export function openSchedule(slug) {
  const settings = desk.story.settings;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zone = h("input", { id: uid("zone"), type: "text", value: settings["release.timezone"] ?? own ?? "UTC", autocomplete: "off" });
  const start = (settings["release.start"] ?? "").slice(0, 10);
  const field = scheduleField(() => ({ timezone: zone.value, start }));
  zone.addEventListener("input", field.explain);
  const fault = h("p", { class: "field-error", role: "alert" });
  const form = h(
    "form",
    { class: "modal-form" },
    field.box,
    h("div", { class: "field" }, h("label", { for: zone.id, text: "Time zone" }), zone),
    fault,
    h("div", { class: "dialog-foot" }, h("button", { type: "submit", class: "button primary", text: "Set the schedule" })),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const changes = { "release.schedule": field.value || null, "release.timezone": zone.value.trim() || "UTC" };
      desk.story = await put(storyPath(slug, "settings"), { changes });
      box.close();
      await refreshStory();
      emit("calendar");
    } catch (error) {
      fault.textContent = error.message;
    }
  });
  field.value = settings["release.schedule"] ?? "";
  const box = openDialog("When chapters come out", form);
}
