/** What stands around a chapter's text, as a form: title, notes, date and the rest of its front matter. */
import { h, uid } from "/kit/js/dom.js";

const FIELDS = [
  { key: "title", label: "Title", wide: true },
  { key: "part", label: "Part of the story" },
  { key: "pov", label: "Point of view" },
  { key: "publish_at", label: "Comes out on", type: "datetime-local", note: "Empty: by the schedule" },
  { key: "warnings", label: "Content warnings", note: "With commas between them" },
  { key: "draft", label: "Draft: does not come out yet", type: "checkbox" },
  { key: "extra", label: "Extra: not one of the counted chapters", type: "checkbox" },
  { key: "note_before", label: "Note before the chapter", long: true },
  { key: "note_after", label: "Note after the chapter", long: true },
  { key: "suggestions.prompt", label: "Question to the readers after it", wide: true },
];
const WAIT = 350;

/** `change(changes)` is called a moment after somebody typed, with the keys that changed; null takes a key out. */
export function frontMatterForm(change) {
  const inputs = new Map();
  let waiting = {};
  let timer = 0;
  const fields = FIELDS.map((field) => {
    const id = uid("matter");
    const input = field.long
      ? h("textarea", { id, rows: 2, spellcheck: true })
      : h("input", { id, type: field.type ?? "text", autocomplete: "off" });
    inputs.set(field.key, input);
    input.addEventListener("input", () => later(field, input));
    input.addEventListener("change", () => {
      later(field, input);
      flush();
    });
    const label = h("label", { for: id, text: field.label });
    const note = field.note ? h("small", { class: "dim", id: `${id}-note`, text: field.note }) : null;
    if (note) input.setAttribute("aria-describedby", note.id);
    if (field.type === "checkbox") return h("div", { class: "check wide" }, input, label);
    return h("div", { class: `field${field.long || field.wide ? " wide" : ""}` }, label, input, note);
  });
  const title = h("span", {});
  const box = h(
    "details",
    { class: "matter" },
    h("summary", {}, h("span", { text: "About this chapter" }), title),
    h("div", { class: "matter-fields" }, fields),
  );
  const raw = h("p", { class: "note matter-raw", hidden: true }, "The lines at the top of the text cannot be shown as a form.");

  function later(field, input) {
    waiting[field.key] = valueOf(field, input);
    clearTimeout(timer);
    timer = setTimeout(flush, WAIT);
  }
  function flush() {
    clearTimeout(timer);
    if (!Object.keys(waiting).length) return;
    const changes = waiting;
    waiting = {};
    change(changes);
  }

  /** Shows the values of an answer; what somebody types in just now stays. */
  function show(values) {
    box.hidden = !values;
    raw.hidden = Boolean(values);
    if (!values) return;
    for (const field of FIELDS) {
      const input = inputs.get(field.key);
      if (input === document.activeElement || field.key in waiting) continue;
      const value = values[field.key];
      if (field.type === "checkbox") input.checked = Boolean(value);
      else input.value = Array.isArray(value) ? value.join(", ") : (value ?? "");
    }
    const told = [values.draft && "draft", values.publish_at && values.publish_at.replace("T", " "), values.pov];
    title.textContent = told.filter(Boolean).join(" · ");
  }

  const focus = (key) => {
    box.open = true;
    inputs.get(key)?.focus();
  };
  return { box, raw, show, focus, flush, hasFocus: () => box.contains(document.activeElement) };
}

function valueOf(field, input) {
  if (field.type === "checkbox") return input.checked || null;
  const text = input.value.trim();
  if (!text) return null;
  if (field.key === "warnings") return text.split(",").map((one) => one.trim()).filter(Boolean);
  return field.type === "datetime-local" ? text.replace("T", " ") : text;
}
