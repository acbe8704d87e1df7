/** One option of a command: its field, its suggestions and its limits. */
import { post } from "./api.js";
import { h, iconButton, uid } from "./dom.js";
import { encodeFile } from "./files.js";
import { filterOptions, Listbox } from "./listbox.js";
import { channelOptions, roleOptions, userOptions } from "./selects.js";
import { guildOf, state } from "./store.js";

const TYPE = {
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
};
const WAIT = 180;
const YES_NO = [
  { key: "yes", value: true, label: "Yes" },
  { key: "no", value: false, label: "No" },
];

export class OptionField {
  constructor(option, form) {
    this.option = option;
    this.form = form;
    this.picked = null; // the option of the list that the words stand for
    this.file = null;
    this.asked = 0;
    const id = uid("option");
    this.error = h("p", { class: "field-error", id: `${id}-error` });
    this.input = this.makeInput(id);
    this.list = new Listbox({ label: option.shown, onPick: (one) => this.pick(one), empty: "Nothing fits" });
    this.list.node.classList.add("suggestions");
    this.list.node.hidden = true;
    if (this.suggests) this.list.attach(this.input);
    this.input.setAttribute("aria-expanded", "false");
    if (!this.suggests) this.input.removeAttribute("aria-expanded");
    const label = h(
      "label",
      { for: id },
      option.shown,
      option.required ? h("span", { class: "required", "aria-hidden": "true", text: "*" }) : null,
    );
    const away = option.required
      ? null
      : iconButton("close", `Leave out ${option.shown}`, () => form.drop(this), { class: "small" });
    this.node = h(
      "div",
      { class: "option-field" },
      h("div", { class: "option-line" }, label, this.input, away),
      this.error,
      this.list.node,
    );
  }

  makeInput(id) {
    const { option } = this;
    const numeric = [TYPE.integer, TYPE.number].includes(option.type);
    const props = {
      id,
      autocomplete: "off",
      placeholder: option.description,
      "aria-describedby": `${id}-error`,
      "aria-required": option.required ? "true" : null,
    };
    const input =
      option.type === TYPE.attachment
        ? h("input", { ...props, type: "file" })
        : h("input", {
            ...props,
            type: "text",
            inputMode: numeric ? "decimal" : "text",
            maxLength: option.max_length ?? 6000,
          });
    input.addEventListener("focus", () => this.opened());
    input.addEventListener("blur", () => setTimeout(() => this.close(), 120));
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("change", () => {
      if (input.files) this.file = input.files[0] ?? null;
    });
    return input;
  }

  get suggests() {
    return Boolean(this.option.autocomplete || this.fixed());
  }

  focus() {
    this.input.focus();
  }

  /** The options that need no asking; null where they are asked for or there are none. */
  fixed() {
    const { option } = this;
    const guild = guildOf(this.form.channel);
    if (option.choices?.length)
      return option.choices.map((one) => ({ key: String(one.value), value: one.value, label: one.name }));
    switch (option.type) {
      case TYPE.boolean:
        return YES_NO;
      case TYPE.user:
        return userOptions(guild);
      case TYPE.channel:
        return channelOptions(guild, option.channel_types ?? []);
      case TYPE.role:
        return roleOptions(guild);
      case TYPE.mentionable:
        return [...userOptions(guild), ...roleOptions(guild)];
      default:
        return null;
    }
  }

  get value() {
    if (this.file) return this.file;
    if (this.picked) return this.picked.value;
    const words = this.input.value.trim();
    if (!words) return undefined;
    if ([TYPE.integer, TYPE.number].includes(this.option.type)) return Number(words.replace(",", "."));
    return words;
  }

  opened() {
    this.form.say(this.option);
    this.suggest();
  }

  typed() {
    this.picked = null;
    this.fail("");
    this.suggest();
  }

  suggest() {
    const fixed = this.fixed();
    if (fixed) return this.open(filterOptions(fixed, this.picked ? "" : this.input.value));
    if (!this.option.autocomplete) return undefined;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), this.asked ? WAIT : 0);
    return undefined;
  }

  async ask() {
    this.asked += 1;
    const turn = this.asked;
    this.list.empty = "Nothing fits";
    if (this.list.node.hidden) this.wait();
    const { form, option } = this;
    const options = { ...form.values(), [option.name]: this.picked ? this.picked.label : this.input.value };
    let answer;
    try {
      answer = await post("/sandbox/autocomplete", {
        as: state.me.id,
        channel: form.channel.id,
        command: form.command.name,
        options,
        focused: option.name,
      });
    } catch (error) {
      answer = { choices: [], error: error.message };
    }
    if (turn !== this.asked || document.activeElement !== this.input) return;
    if (answer.error) this.list.empty = "Loading the options failed. You can try again by typing.";
    this.open(answer.choices.map((one) => ({ key: String(one.value), value: one.value, label: one.name })));
  }

  wait() {
    this.list.empty = "Looking…";
    this.open([]);
    this.list.empty = "Nothing fits";
  }

  open(options) {
    this.list.node.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.list.show(options);
  }

  close() {
    this.list.node.hidden = true;
    if (this.suggests) this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  pick(one) {
    this.picked = one;
    this.input.value = one.label;
    this.fail("");
    this.close();
    this.form.next(this);
  }

  key(event) {
    const open = !this.list.node.hidden;
    if (open && this.list.key(event)) return;
    if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
    const wants = this.input.value.trim() || this.option.required || this.option.choices;
    if (event.key === "Enter" && open && !this.picked && wants && this.list.pick()) event.preventDefault();
    if (
      event.key === "Tab" &&
      !event.shiftKey &&
      open &&
      !this.picked &&
      this.input.value.trim() &&
      this.list.options.length
    )
      this.list.pick();
    if (event.key === "Tab" && this.picked) this.close();
  }

  fail(words) {
    this.error.textContent = words;
    this.input.setAttribute("aria-invalid", words ? "true" : "false");
  }

  /** What is wrong, told at the field; null when it can go. A file is read here. */
  async check() {
    const problem = this.problem();
    this.fail(problem ?? "");
    if (!problem && this.file instanceof File) this.file = await encodeFile(this.file);
    return problem;
  }

  problem() {
    const { option } = this;
    const words = this.input.value.trim();
    if (!words && !this.file) return option.required ? "This is needed." : null;
    const fixed = this.fixed();
    if (fixed && !this.picked) {
      this.picked = fixed.find((one) => one.label.toLowerCase() === words.toLowerCase()) ?? null;
      if (!this.picked) return "Please choose one of the list.";
    }
    if (option.type === TYPE.integer && !Number.isInteger(this.value)) return "Please give a whole number.";
    if (option.type === TYPE.number && Number.isNaN(this.value)) return "Please give a number.";
    if (option.min_value !== undefined && this.value < option.min_value)
      return `Not less than ${option.min_value}.`;
    if (option.max_value !== undefined && this.value > option.max_value)
      return `Not more than ${option.max_value}.`;
    if (option.min_length && words.length < option.min_length)
      return `At least ${option.min_length} characters.`;
    return null;
  }
}
