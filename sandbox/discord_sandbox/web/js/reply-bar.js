/** The line over the message box that tells which message one answers. */
import { fill, h, iconButton } from "./dom.js";
import { guildOf, userName } from "./store.js";

export class ReplyBar {
  constructor() {
    this.message = null;
    this.node = h("div", { class: "reply-bar", hidden: true });
  }

  /** Answers a message from now on; null for none. */
  set(message, channel = null) {
    this.message = message;
    this.node.hidden = !message;
    if (!message) return;
    const name = userName(message.author, guildOf(channel));
    fill(
      this.node,
      h("span", {}, "Answering ", h("b", { text: name })),
      iconButton("close", "Do not answer", () => this.set(null)),
    );
  }
}
