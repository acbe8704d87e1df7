/** A command being filled in: required options as fields, optional ones as chips that become fields. */
import { invoke } from "./user-actions.js";
import { OptionField } from "./option-field.js";
import { h, iconButton } from "./dom.js";

export class CommandForm {
  /** `leave(refocus)` takes the form away. */
  constructor(command, channel, leave) {
    this.command = command;
    this.channel = channel;
    this.leave = leave;
    this.fields = [];
    this.fault = h("p", { class: "field-error", role: "alert" });
    this.hint = h("p", { class: "command-hint" });
    this.chips = h("div", { class: "command-chips" });
    this.box = h("div", { class: "command-fields" });
    this.go = h("button", { type: "submit", class: "button primary", text: "Run" });
    this.node = h(
      "form",
      { class: "command-form", "aria-label": `/${command.shown}: ${command.description}`, noValidate: true },
      h(
        "div",
        { class: "command-head" },
        h("code", { class: "command-name", text: `/${command.shown}` }),
        h("span", { class: "command-what", text: command.description }),
        iconButton("close", "Leave the command (Esc)", () => leave()),
      ),
      this.box,
      this.chips,
      this.fault,
      h("div", { class: "command-foot" }, this.hint, this.go),
    );
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
    this.node.addEventListener("keydown", (event) => this.key(event));
    for (const option of command.options.filter((one) => one.required)) this.add(option);
    this.drawChips();
  }

  /** Whether anything is filled in. */
  get isBegun() {
    return this.fields.some((field) => field.input.value);
  }

  focus() {
    (this.fields.at(-1) ?? this.go).focus();
  }

  start() {
    this.say(this.fields[0]?.option);
    if (this.fields[0]) this.fields[0].focus();
    else this.go.focus();
  }

  add(option) {
    const field = new OptionField(option, this);
    this.fields.push(field);
    this.box.append(field.node);
    return field;
  }

  drawChips() {
    const free = this.command.options.filter(
      (one) => !this.fields.some((field) => field.option.name === one.name),
    );
    this.chips.replaceChildren(
      ...(free.length ? [h("span", { class: "chips-label", text: "Optional:" })] : []),
      ...free.map((option) => {
        const chip = h("button", {
          type: "button",
          class: "chip",
          text: `+ ${option.shown}`,
          title: option.description,
          "aria-label": `Add ${option.shown}: ${option.description}`,
        });
        chip.addEventListener("click", () => {
          const field = this.add(option);
          this.drawChips();
          field.focus();
        });
        chip.addEventListener("focus", () => this.say(option));
        return chip;
      }),
    );
  }

  drop(field) {
    this.fields = this.fields.filter((one) => one !== field);
    field.node.remove();
    this.drawChips();
    (this.fields.at(-1) ?? { focus: () => (this.chips.querySelector("button") ?? this.go).focus() }).focus();
  }

  /** Whoever types where nothing must be filled in means the first option that is free. */
  begin() {
    const free = this.command.options.find(
      (one) => !this.fields.some((field) => field.option.name === one.name),
    );
    if (!free) return;
    const field = this.add(free);
    this.drawChips();
    field.focus();
  }

  /** Tells what an option is for. */
  say(option) {
    this.hint.textContent = option ? `${option.shown}: ${option.description}` : "";
  }

  /** The options filled in so far, for autocomplete. */
  values() {
    const out = {};
    for (const field of this.fields)
      if (field.value !== undefined && field.value !== "") out[field.option.name] = field.value;
    return out;
  }

  key(event) {
    if (
      event.target === this.go &&
      /^[^\s]$/u.test(event.key) &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey
    )
      this.begin();
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.leave();
    }
    if (
      event.key === "Backspace" &&
      event.target.matches("input") &&
      event.target.value === "" &&
      !this.fields.some((field) => field.input.value)
    ) {
      event.preventDefault();
      this.leave();
    }
  }

  /** On to the next empty required field, else to the end of the form. */
  next(field) {
    const after = this.fields[this.fields.indexOf(field) + 1];
    if (after) after.focus();
    else this.go.focus();
  }

  async run() {
    this.fault.textContent = "";
    const problems = await Promise.all(this.fields.map((field) => field.check()));
    const wrong = problems.findIndex(Boolean);
    if (wrong >= 0) {
      this.fields[wrong].focus();
      return;
    }
    this.go.disabled = true;
    try {
      await invoke(this.channel.id, this.command.name, this.values());
      this.leave();
    } catch (error) {
      this.refused(error);
    } finally {
      this.go.disabled = false;
    }
  }

  refused(error) {
    const named = this.fields.filter((field) => error.fields?.[field.option.name]);
    for (const field of named) field.fail(error.fields[field.option.name]);
    this.fault.textContent = named.length ? "" : error.message;
    named[0]?.focus();
  }
}
