/** A line over the text after an import: what there is to do next. */
import { fill, h, iconButton } from "/kit/js/dom.js";
import { demoButton } from "./demo-button.js";
import { counted, desk, on, placeHash } from "./desk-state.js";

export function mountNextSteps(root) {
  const words = h("span", {});
  const calendar = h("a", { class: "button small", text: "Set when they come out" });
  const demo = demoButton();
  let slug = null;
  const leave = () => {
    slug = null;
    draw();
  };
  const draw = () => (root.hidden = slug === null || desk.place.view !== "text" || desk.place.slug !== slug);
  fill(root, words, calendar, demo, iconButton("close", "Close this line", leave, { class: "small" }));
  root.classList.add("next-steps");
  on("imported", (news) => {
    ({ slug } = news);
    words.textContent = `${counted(news.count, "chapter")} written. Next:`;
    calendar.href = placeHash({ view: "calendar", slug });
    draw();
  });
  on("place", draw);
  draw();
}
