/** One message as a node. Drawn anew as a whole when it changes; what the person opened in it is remembered. */
import { paintName } from "./color.js";
import { componentNodes } from "./components.js";
import { avatar, h, icon } from "./dom.js";
import { embedNode } from "./embeds.js";
import { summarize } from "./message-summary.js";
import { markdown } from "./markdown/render.js";
import { attachments } from "./media.js";
import { above, dots, failures, isSystem, onlyYou, systemNode, threadCard } from "./message-parts.js";
import { pollNode } from "./polls.js";
import { reactionRow } from "./reactions.js";
import { emit, guildOf, userName } from "./store.js";
import { timeNode } from "./time.js";

const FLAG = { crossposted: 1, embedsHidden: 4, ephemeral: 64, thinking: 128, v2: 32768 };

/** Opened spoilers by message. */
const revealed = new Map();

/** Whether the bot has said that it will answer, and has not yet. */
export const isThinking = (message) => Boolean(message.flags & FLAG.thinking);

/** The message. `grouped`: it goes on under the author above. `redraw`: draws it again. */
export function messageNode(message, { channel, grouped, redraw }) {
  if (isSystem(message)) return systemNode(message, channel);
  const guild = guildOf(channel);
  const name = userName(message.author, guild);
  const classes = [
    "message",
    grouped && "grouped",
    message.pings_me && "pinged",
    message.ephemeral && "private",
  ].filter(Boolean);
  const node = h("article", {
    class: classes.join(" "),
    tabIndex: -1,
    dataset: { id: message.id },
    "aria-label": `${name}: ${summarize(message) || "a message"}`,
  });
  node.append(...above(message, channel, guild));
  if (grouped)
    node.append(h("span", { class: "grouped-time" }, timeNode(Date.parse(message.timestamp), "t")));
  else node.append(portrait(message), head(message, name));
  node.append(body(message, channel, redraw));
  return node;
}

function portrait(message) {
  const button = h(
    "button",
    { type: "button", class: "portrait", tabIndex: -1, "aria-hidden": "true" },
    avatar(message.author),
  );
  button.addEventListener("click", () => emit("profile", { user: message.author.id, anchor: button }));
  return button;
}

function head(message, name) {
  const who = h("button", { type: "button", class: "author", text: name, dataset: { key: "author" } });
  paintName(who, message.color);
  who.addEventListener("click", () => emit("profile", { user: message.author.id, anchor: who }));
  return h(
    "header",
    { class: "message-head" },
    who,
    message.author.bot ? h("span", { class: "tag", text: "APP" }) : null,
    timeNode(Date.parse(message.timestamp), "stamp", "stamp"),
    message.pinned
      ? h(
          "span",
          { class: "pinned", title: "Pinned" },
          icon("pin"),
          h("span", { class: "sr", text: "Pinned" }),
        )
      : null,
  );
}

function body(message, channel, redraw) {
  if (!revealed.has(message.id)) revealed.set(message.id, new Set());
  const context = { message, channel, revealed: revealed.get(message.id), key: "t" };
  const box = h("div", { class: "message-body" });
  if (isThinking(message)) {
    box.append(
      h("p", { class: "thinking" }, dots(), h("span", { text: `${userName(message.author)} is thinking…` })),
    );
  }
  const source = message.type === 21 ? (message.referenced_message?.content ?? "") : message.content;
  if (source) box.append(markdown(source, context));
  if (message.edited_timestamp && !(message.flags & FLAG.v2)) box.lastElementChild?.append(edited(message));
  const parts = [
    message.poll ? pollNode(message, redraw) : null,
    attachments(message, context.revealed),
    message.flags & FLAG.embedsHidden
      ? null
      : (message.embeds ?? []).map((one, at) => embedNode(one, context, at)),
    componentNodes(message.components, { ...context, key: "c" }),
    message.flags & FLAG.crossposted
      ? h("p", { class: "note" }, icon("announce"), "Published to the servers that follow this channel")
      : null,
    reactionRow(message, channel),
    message.thread ? threadCard(message.thread) : null,
    failures(message),
    message.ephemeral ? onlyYou(message) : null,
  ];
  for (const part of parts.flat(Infinity)) if (part) box.append(part);
  return box;
}

const edited = (message) =>
  h("span", {
    class: "edited",
    title: new Date(message.edited_timestamp).toLocaleString(),
    text: " (edited)",
  });
