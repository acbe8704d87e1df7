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

  /** Shows itself where the newest message is further away than a screen, or not even loaded (`more`). */
  update(scroller, list, more) {
    const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    const last = list.lastElementChild?.getBoundingClientRect();
    const inSight = Boolean(last) && last.top < scroller.getBoundingClientRect().bottom;
    this.node.hidden = !more && (left < scroller.clientHeight || inSight);
    if (this.node.hidden && this.count) this.add(-this.count);
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
