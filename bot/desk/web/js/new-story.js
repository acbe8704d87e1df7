/** Making a story: its title is enough. */
import { h, uid } from "/kit/js/dom.js";
import { openDialog } from "/kit/js/dialogs.js";
import { post } from "./desk-api.js";
import { go, refreshStories } from "./desk-state.js";

/** A form that makes a story and opens it; `done` is called after that. */
export function newStoryForm(done = () => {}) {
  const id = uid("title");
  const title = h("input", { id, type: "text", maxLength: 200, required: true, autocomplete: "off", spellcheck: true });
  const fault = h("p", { class: "field-error", role: "alert" });
  const form = h(
    "form",
    { class: "new-story" },
    h("div", { class: "field" }, h("label", { for: id, text: "Title of the story" }), title),
    fault,
    h("button", { type: "submit", class: "button primary", text: "Begin" }),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { slug } = await post("/api/stories", { title: title.value, settings: firstSettings() });
      await refreshStories();
      done();
      go({ view: "story", slug });
    } catch (error) {
      fault.textContent = error.message;
    }
  });
  return form;
}

/** What this browser knows about the author: where they live and which language they use. */
export function firstSettings() {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const settings = { language: navigator.language.split("-")[0] };
  if (timeZone?.includes("/")) settings["release.timezone"] = timeZone;
  return settings;
}

export function openNewStory() {
  const box = openDialog("New story", newStoryForm(() => box.close()));
}
