/** A field of a form: text with its counter, selects, files, radio buttons, checkboxes. */
import { h, uid } from "./dom.js";
import { encodeFile } from "./files.js";
import { selectNode } from "./selects.js";
import { guildOf } from "./store.js";

const TEXT = 4;
const FILE = 19;
const RADIO = 21;
const CHECKS = 22;
const CHECK = 23;

export class FormField {
  /** `label` is the Label component around it; a text input in a row carries its own. */
  constructor(component, label, channel) {
    this.component = component;
    this.id = component.custom_id;
    this.name = label?.label ?? component.label ?? "Your choice";
    this.required = component.required !== false && component.type !== CHECK;
    this.key = uid("field");
    this.error = h("p", { class: "field-error", id: `${this.key}-error` });
    const note = label?.description
      ? h("p", { class: "field-note", id: `${this.key}-note`, text: label.description })
      : null;
    this.described = [note && `${this.key}-note`, `${this.key}-error`].filter(Boolean).join(" ");
    this.control = this.make(channel);
    if (component.type === CHECK) {
      this.node = this.checkRow(label);
      return;
    }
    const star = this.required ? h("span", { class: "required", "aria-hidden": "true", text: " *" }) : null;
    const grouped = [RADIO, CHECKS].includes(component.type);
    const title =
      grouped || this.isSelect
        ? h("div", { class: "field-label", id: `${this.key}-label` }, this.name, star)
        : h("label", { class: "field-label", for: this.key }, this.name, star);
    this.node = h(
      "div",
      { class: "field" },
      title,
      note,
      this.control,
      this.error,
    );
  }

  /** A single checkbox is one row to press, with its words beside it. */
  checkRow(label) {
    const words = h(
      "span",
      {},
      h("b", { text: this.name }),
      label?.description
        ? h("small", { id: `${this.key}-note`, "aria-hidden": "true", text: label.description })
        : null,
    );
    const row = h("label", { class: "choice", for: this.key }, this.control, words);
    return h("div", { class: "field" }, row, this.error);
  }

  get isSelect() {
    return [3, 5, 6, 7, 8].includes(this.component.type);
  }

  make(channel) {
    const { component } = this;
    switch (component.type) {
      case TEXT:
        return this.makeText();
      case RADIO:
        return this.makeOptions("radio");
      case CHECKS:
        return this.makeOptions("checkbox");
      case CHECK:
        this.input = h("input", {
          type: "checkbox",
          id: this.key,
          checked: Boolean(component.default),
          "aria-describedby": this.described,
        });
        return this.input;
      case FILE:
        this.input = h("input", {
          type: "file",
          id: this.key,
          multiple: (component.max_values ?? 1) > 1,
          "aria-describedby": this.described,
        });
        return this.input;
      default:
        this.chosen =
          component.options?.filter((one) => one.default).map((one) => one.value) ??
          component.default_values?.map((one) => one.id) ??
          [];
        this.input = selectNode(component, {
          guild: guildOf(channel),
          labelledBy: `${this.key}-label`,
          describedBy: this.described,
          onChange: (values) => (this.chosen = values),
        });
        return this.input;
    }
  }

  makeText() {
    const { component } = this;
    const long = component.style === 2;
    const most = component.max_length ?? 4000;
    const props = {
      id: this.key,
      value: component.value ?? "",
      placeholder: component.placeholder ?? "",
      maxLength: most,
      autocomplete: "off",
      "aria-describedby": this.described,
      "aria-required": String(this.required),
    };
    this.input = long ? h("textarea", { ...props, rows: 6 }) : h("input", { ...props, type: "text" });
    const count = h("span", { class: "counter" });
    const told = h("span", { class: "sr", "aria-live": "polite" });
    const draw = () => {
      const { length } = this.input.value;
      count.textContent = `${length} / ${most}`;
      told.textContent = most - length <= 50 ? `${most - length} characters left` : "";
    };
    this.input.addEventListener("input", () => {
      draw();
      this.fail("");
    });
    draw();
    return h("div", { class: "field-text" }, this.input, count, told);
  }

  makeOptions(type) {
    const { component } = this;
    this.boxes = component.options.map((one) =>
      h("input", { type, name: this.key, value: one.value, checked: Boolean(one.default) }),
    );
    const rows = component.options.map((one, at) =>
      h(
        "label",
        { class: "choice" },
        this.boxes[at],
        h("span", {}, one.label, one.description ? h("small", { text: one.description }) : null),
      ),
    );
    return h(
      "div",
      {
        class: "choices",
        role: type === "radio" ? "radiogroup" : "group",
        "aria-labelledby": `${this.key}-label`,
        "aria-describedby": this.described,
      },
      rows,
    );
  }

  focus() {
    (this.boxes?.[0] ?? this.input).focus({ preventScroll: true });
    this.node.scrollIntoView({ block: "center" });
  }

  fail(words) {
    this.error.textContent = words;
    this.input?.setAttribute("aria-invalid", words ? "true" : "false");
  }

  async check() {
    const problem = this.problem();
    this.fail(problem ?? "");
    if (!problem && this.component.type === FILE)
      this.files = await Promise.all([...this.input.files].map(encodeFile));
    return problem;
  }

  problem() {
    const { component } = this;
    if (component.type === TEXT) {
      const { length } = this.input.value;
      if (!this.input.value.trim()) return this.required ? "This is needed." : null;
      return component.min_length && length < component.min_length
        ? `At least ${component.min_length} characters, please.`
        : null;
    }
    if (component.type === CHECK) return null;
    const many =
      this.component.type === FILE ? this.input.files.length : [].concat(this.value() ?? []).length;
    if (!many) return this.required && (component.min_values ?? 1) > 0 ? "This is needed." : null;
    if (many < (component.min_values ?? 0)) return `At least ${component.min_values}, please.`;
    return many > (component.max_values ?? component.options?.length ?? 1)
      ? `At most ${component.max_values}, please.`
      : null;
  }

  /** As the driver takes it. */
  value() {
    switch (this.component.type) {
      case TEXT:
        return this.input.value;
      case CHECK:
        return this.input.checked;
      case FILE:
        return this.files ?? [];
      case RADIO:
        return this.boxes.find((one) => one.checked)?.value ?? null;
      case CHECKS:
        return this.boxes.filter((one) => one.checked).map((one) => one.value);
      default:
        return this.chosen;
    }
  }
}
