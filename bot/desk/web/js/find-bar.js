/** Finding words in the text. */
import { h, iconButton } from "/kit/js/dom.js";

export function findBar(area, reveal) {
  const input = h("input", { type: "search", placeholder: "Find", "aria-label": "Find in the text" });
  const count = h("span", { class: "dim", role: "status" });
  const close = () => {
    bar.hidden = true;
    area.focus();
  };
  const bar = h(
    "div",
    { class: "find-bar", role: "search", hidden: true },
    input,
    count,
    iconButton("down", "Next", () => step(1), { class: "small" }),
    iconButton("down", "Previous", () => step(-1), { class: "small up" }),
    iconButton("close", "Close the search", close, { class: "small" }),
  );

  function places() {
    const wanted = input.value.toLocaleLowerCase();
    const text = area.value.toLocaleLowerCase();
    const found = [];
    if (!wanted || text.length !== area.value.length) return found;
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) found.push(at);
    return found;
  }

  function step(by) {
    const found = places();
    if (!found.length) {
      count.textContent = input.value ? "Not found" : "";
      return;
    }
    const here = area.selectionStart;
    let index = by > 0 ? found.findIndex((at) => at > here) : found.findLastIndex((at) => at < here);
    if (index < 0) index = by > 0 ? 0 : found.length - 1;
    count.textContent = `${index + 1} of ${found.length}`;
    area.setSelectionRange(found[index], found[index] + input.value.length);
    reveal(found[index], false);
  }

  input.addEventListener("input", () => {
    area.setSelectionRange(Math.max(0, area.selectionStart - 1), Math.max(0, area.selectionStart - 1));
    step(1);
  });
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") close();
  });
  const open = () => {
    bar.hidden = false;
    const chosen = area.value.slice(area.selectionStart, area.selectionEnd);
    if (chosen && !chosen.includes("\n")) input.value = chosen;
    input.focus();
    input.select();
  };
  return { bar, open };
}
