/** The first screen where there is no story yet. */
import { h, icon } from "/kit/js/dom.js";
import { desk, on } from "./desk-state.js";
import { sourceForm } from "./import-source.js";
import { newStoryForm } from "./new-story.js";

export function mountWelcome(root) {
  const where = h("code", {});
  on("stories", () => (where.textContent = desk.folder));
  root.append(
    h(
      "section",
      { class: "welcome" },
      icon("book", "icon large"),
      h("h2", { text: "Your first story begins here" }),
      h("p", { text: "Write it, see every page as your readers will, and choose when each chapter comes out." }),
      newStoryForm(),
      h("h3", { class: "welcome-or", text: "Or bring what you have" }),
      sourceForm(),
      h("p", { class: "dim small" }, "Everything is kept as plain text files in the folder ", where, "."),
    ),
  );
}
