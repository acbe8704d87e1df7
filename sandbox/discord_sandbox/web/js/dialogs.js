/** Dialogs: the browser's own `<dialog>`, which keeps the focus inside and gives it back. */
import { h, iconButton, uid } from "./dom.js";

/** A dialog with a title. Gives `{dialog, close}`; `onClose` is called however it closes. */
export function openDialog(title, content, { className = "", onClose = null } = {}) {
  const heading = uid("title");
  const dialog = h("dialog", { class: `dialog ${className}`, "aria-labelledby": heading });
  const close = () => dialog.close();
  dialog.append(
    h(
      "div",
      { class: "dialog-head" },
      h("h2", { id: heading, text: title }),
      iconButton("close", "Close", close),
    ),
    ...[content].flat(),
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClose?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("[data-first], input, textarea, select, .select")?.focus();
  return { dialog, close };
}

/** Asks before something that cannot be undone. */
export function confirmBox(title, words, action, run) {
  const go = () => {
    box.close();
    run();
  };
  const box = openDialog(title, [
    h("p", { text: words }),
    h(
      "div",
      { class: "dialog-foot" },
      h("button", { type: "button", class: "button", text: "Cancel", on: { click: () => box.close() } }),
      h("button", {
        type: "button",
        class: "button danger",
        text: action,
        dataset: { first: "1" },
        on: { click: go },
      }),
    ),
  ]);
}

/** Asks for one line (and, with `long`, a text). `run(line, text)` may throw; its sentence is shown. */
export function promptBox({ title, label, action, limit = 100, long = null, extra = null, run }) {
  const id = uid("ask");
  const line = h("input", { id, type: "text", maxLength: limit, required: true, autocomplete: "off" });
  const longId = uid("ask");
  const text = long ? h("textarea", { id: longId, rows: 5, maxLength: 2000, required: true }) : null;
  const fault = h("p", { class: "field-error", role: "alert" });
  const form = h(
    "form",
    { method: "dialog" },
    h("div", { class: "field" }, h("label", { for: id, text: label }), line),
    text ? h("div", { class: "field" }, h("label", { for: longId, text: long }), text) : null,
    extra,
    fault,
    h(
      "div",
      { class: "dialog-foot" },
      h("button", { type: "button", class: "button", text: "Cancel", on: { click: () => box.close() } }),
      h("button", { type: "submit", class: "button primary", text: action }),
    ),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await run(line.value.trim(), text?.value);
      box.close();
    } catch (error) {
      fault.textContent = error.message;
    }
  });
  const box = openDialog(title, form);
}
