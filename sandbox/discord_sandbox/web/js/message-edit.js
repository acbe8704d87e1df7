/** Changing what one has written. */
import { edit } from "./user-actions.js";
import { h } from "./dom.js";

/** A field in the message's place, to change what it says. */
export function editNode(message, done) {
  const area = h("textarea", {
    class: "edit-area",
    value: message.content,
    rows: Math.min(12, message.content.split("\n").length + 1),
    maxLength: 2000,
    "aria-label": "Edit your message",
  });
  const save = async () => {
    if (area.value.trim() && area.value !== message.content) await edit(message, area.value);
    done();
  };
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape") done();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      save();
    }
  });
  const node = h(
    "div",
    { class: "editing" },
    area,
    h(
      "p",
      { class: "note" },
      "Esc to ",
      h("button", { type: "button", class: "linkish", text: "cancel", on: { click: done } }),
      " · Enter to ",
      h("button", { type: "button", class: "linkish", text: "save", on: { click: save } }),
    ),
  );
  queueMicrotask(() => {
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  });
  return node;
}
