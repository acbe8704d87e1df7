/** The button over the message box that leads to the newest message, and counts what came meanwhile. */
import { h, icon } from "./dom.js";

export class JumpPill {
  constructor(run) {
    this.count = 0;
    this.words = h("span", { text: "Jump to present" });
    this.node = h(
      "button",
      { type: "button", class: "jump", id: "jump", hidden: true, on: { click: run } },
      icon("down"),
      this.words,
    );
  }

  show(isShown) {
    this.node.hidden = !isShown;
    if (!isShown && this.count) this.add(-this.count);
  }

  /** Counts messages that came while one reads further up. */
  add(count) {
    this.count += count;
    this.node.classList.toggle("news", this.count > 0);
    this.words.textContent = this.count
      ? `${this.count} new ${this.count === 1 ? "message" : "messages"}`
      : "Jump to present";
  }
}
