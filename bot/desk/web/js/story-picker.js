/** The choice between the stories, at the top of the page. */
import { fill, h, iconButton } from "/kit/js/dom.js";
import { desk, go, on, placeHash } from "./desk-state.js";
import { openNewStory } from "./new-story.js";

export function mountStoryPicker(root) {
  const select = h("select", { class: "story-select", "aria-label": "Story" });
  select.addEventListener("change", () => go({ view: "text", slug: select.value }));
  const settings = h("a", { class: "button small top-link" }, h("span", {}, "Story", h("span", { class: "long", text: " and schedule" })));
  const more = iconButton("plus", "New story", openNewStory);
  root.append(select, settings, more);
  const draw = () => {
    const { slug, view } = desk.place;
    root.hidden = !desk.stories.length;
    fill(
      select,
      desk.stories.map((one) => h("option", { value: one.slug, text: one.title, selected: one.slug === slug })),
    );
    settings.href = placeHash({ view: "story", slug });
    if (view === "story") settings.setAttribute("aria-current", "page");
    else settings.removeAttribute("aria-current");
  };
  on("stories", draw);
  on("place", draw);
}
