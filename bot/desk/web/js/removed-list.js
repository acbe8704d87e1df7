/** Chapters that were taken out of the open story, each to be put back. */
import { h } from "/kit/js/dom.js";
import { openDialog } from "/kit/js/dialogs.js";
import { attempt, toast } from "/kit/js/toast.js";
import { get, post, storyPath } from "./desk-api.js";
import { desk, go, refreshStories, refreshStory } from "./desk-state.js";

export async function openRemoved() {
  const { slug } = desk.story;
  const { removed } = await get(storyPath(slug, "removed"));
  if (!removed.length) {
    toast("No chapter was taken out of this story.");
    return;
  }
  const box = openDialog("Chapters that were taken out", [
    h(
      "ul",
      { class: "removed-list", role: "list" },
      removed.map(({ name, title, words }) =>
        h(
          "li",
          {},
          h("span", {}, h("b", { text: title, dir: "auto" }), h("small", { class: "dim", text: ` ${name} · ${words.toLocaleString()} words` })),
          h("button", { type: "button", class: "button small", text: "Put back", "aria-label": `Put “${title}” back`, on: { click: () => attempt(() => putBack(name, title)) } }),
        ),
      ),
    ),
  ]);

  async function putBack(name, title) {
    const { file } = await post(storyPath(slug, "removed"), { name });
    box.close();
    await Promise.all([refreshStory(), refreshStories()]);
    go({ view: "text", slug, file });
    toast(`“${title}” is a chapter again.`);
  }
}
