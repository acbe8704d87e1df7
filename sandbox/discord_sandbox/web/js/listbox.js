/** A list to choose from: arrows move, Enter chooses, typing filters. Used by selects, pickers and the composer. */
import { h, uid } from "./dom.js";

/**
 * A listbox whose options are driven from elsewhere (an input keeps the focus).
 *
 * Options: `{key, label, hint?, detail?, icon?: Node, group?, disabled?}`. `onPick(option)`; `show(options)` draws
 * them; `key(event)` handles the keys and says whether it did.
 */
export class Listbox {
  constructor({ label, onPick, multiple = false, isChosen = () => false, empty = "Nothing found" }) {
    this.onPick = onPick;
    this.isChosen = isChosen;
    this.empty = empty;
    this.options = [];
    this.active = -1;
    this.input = null;
    this.node = h("div", { class: "listbox", role: "listbox", id: uid("list"), "aria-label": label });
    if (multiple) this.node.setAttribute("aria-multiselectable", "true");
    this.multiple = multiple;
  }

  /** The text field that commands this list. */
  attach(input) {
    this.input = input;
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.node.id);
    // A field of several lines may not be called a combobox; there the announcer tells that a list is open.
    if (input.tagName === "TEXTAREA") return;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "true");
  }

  show(options, { keep = false } = {}) {
    const was = this.options[this.active]?.key;
    this.options = options;
    let group = null;
    const rows = [];
    options.forEach((option, index) => {
      if (option.group && option.group !== group)
        rows.push(h("div", { class: "listbox-group", role: "presentation", text: option.group }));
      group = option.group ?? group;
      rows.push(this.row(option, index));
    });
    if (!options.length)
      rows.push(
        h("div", { class: "listbox-empty", role: "option", "aria-disabled": "true", text: this.empty }),
      );
    this.node.replaceChildren(...rows);
    const kept = keep ? options.findIndex((one) => one.key === was) : -1;
    this.move(options.length ? Math.max(0, kept) : -1);
  }

  row(option, index) {
    const chosen = this.isChosen(option);
    const row = h(
      "div",
      {
        class: "option",
        role: "option",
        id: `${this.node.id}-${index}`,
        "aria-selected": String(this.multiple ? chosen : false),
        dataset: { chosen: chosen ? "1" : "" },
      },
      option.icon ?? null,
      h(
        "span",
        { class: "option-words" },
        h(
          "span",
          { class: "option-label" },
          option.label,
          option.detail ? h("span", { class: "option-detail", text: option.detail }) : null,
        ),
        option.hint ? h("small", { class: "option-hint", text: option.hint }) : null,
      ),
      this.multiple
        ? h("span", { class: "option-tick", "aria-hidden": "true", text: chosen ? "✓" : "" })
        : null,
    );
    if (option.disabled) row.setAttribute("aria-disabled", "true");
    row.addEventListener("pointermove", () => this.move(index, false));
    row.addEventListener("pointerdown", (event) => event.preventDefault());
    row.addEventListener("click", () => this.pick(index));
    return row;
  }

  move(index, scroll = true) {
    if (index === this.active && scroll === false) return;
    this.active = index;
    const rows = this.node.querySelectorAll(".option");
    rows.forEach((row, at) => {
      row.classList.toggle("active", at === index);
      if (!this.multiple) row.setAttribute("aria-selected", String(at === index));
    });
    if (index >= 0 && scroll) rows[index]?.scrollIntoView({ block: "nearest" });
    if (index >= 0) this.input?.setAttribute("aria-activedescendant", `${this.node.id}-${index}`);
    else this.input?.removeAttribute("aria-activedescendant");
  }

  pick(index = this.active) {
    const option = this.options[index];
    if (!option || option.disabled) return false;
    this.onPick(option);
    return true;
  }

  /** Arrows, Page keys; Enter and Tab are the caller's, for they mean different things in different places. */
  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (!step || !this.options.length) return false;
    event.preventDefault();
    const last = this.options.length - 1;
    if (Math.abs(step) === 1) this.move((this.active + step + last + 1) % (last + 1));
    else this.move(Math.max(0, Math.min(last, this.active + step)));
    return true;
  }
}

/** Options whose label, detail or hint hold the words; those that begin with them come first. */
export function filterOptions(options, words) {
  const wanted = words.trim().toLowerCase();
  if (!wanted) return options;
  const rank = (one) => {
    const label = one.label.toLowerCase();
    if (label.startsWith(wanted)) return 0;
    if (label.includes(wanted)) return 1;
    return `${one.detail ?? ""} ${one.hint ?? ""}`.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return options
    .map((one, at) => [rank(one), at, one])
    .filter(([found]) => found < 3)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .map(([, , one]) => one);
}
