/** What stands around a message's own words: above it, below it, and in the place of words that Discord wrote. */
import { dismiss } from "./user-actions.js";
import { avatar, h, icon } from "./dom.js";
import { summarize } from "./message-summary.js";
import { channelName, emit, forgetInteraction, guildOf, state, userName } from "./store.js";
import { timeNode } from "./time.js";

const SYSTEM = { 6: ["pin", "pinned a message to this channel."], 18: ["thread", "started a thread:"] };

/** Whether a message was written by Discord itself. */
export const isSystem = (message) => message.type in SYSTEM;

/** Three dots that wait. */
export const dots = () => h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));

/** What people call a place: "#name", the person of a DM, a thread's name in quotes. */
export function placeName(channel) {
  const name = channelName(channel);
  if (channel.type === 1) return name;
  return channel.thread_metadata ? `“${name}”` : `#${name}`;
}

/** What stands over a message: the one it answers, or the command it comes from. */
export function above(message, channel, guild) {
  if (message.type === 20 && message.interaction_metadata) {
    const { user, name } = message.interaction_metadata;
    return [
      h(
        "div",
        { class: "context" },
        icon("slash"),
        avatar(user, 16),
        h("b", { text: userName(user, guild) }),
        h("span", {}, " used "),
        h("code", { class: "context-command", text: `/${name ?? "a command"}` }),
      ),
    ];
  }
  if (message.type !== 19 && message.type !== 21) return [];
  const original = message.referenced_message;
  if (!original)
    return [
      h("div", { class: "context" }, icon("reply"), h("em", { text: "The original message was deleted." })),
    ];
  const go = () => emit("go", { channel: original.channel_id ?? channel.id, message: original.id });
  return [
    h(
      "button",
      {
        type: "button",
        class: "context",
        "aria-label": `Answers ${userName(original.author, guild)}. Go to that message`,
        on: { click: go },
      },
      icon("reply"),
      avatar(original.author, 16),
      h("b", { text: userName(original.author, guild) }),
      h("span", { class: "context-words", text: summarize(original, 110) || "…" }),
    ),
  ];
}

/** The foot of an answer that nobody else sees. */
export function onlyYou(message) {
  return h(
    "p",
    { class: "note only-you" },
    icon("eye"),
    "Only you can see this · ",
    h("button", {
      type: "button",
      class: "linkish",
      text: "Dismiss message",
      dataset: { key: "dismiss" },
      on: { click: () => dismiss(message) },
    }),
  );
}

/** What my presses on this message ended in, where the bot did not answer. */
export function failures(message) {
  return [...state.interactions.values()]
    .filter((one) => one.message_id === message.id && one.state === "failed" && one.kind !== "autocomplete")
    .map((one) =>
      h(
        "p",
        { class: "note failed", role: "alert" },
        icon("warn"),
        one.error || "The application did not respond",
        " · ",
        h("button", {
          type: "button",
          class: "linkish",
          text: "Dismiss",
          on: { click: () => forgetInteraction(one.id) },
        }),
      ),
    );
}

/** The way into the thread that began with this message. */
export function threadCard(thread) {
  const known = state.channels.get(thread.id) ?? thread;
  const count = known.message_count ?? 0;
  const go = () => emit("go", { channel: thread.id });
  return h(
    "button",
    { type: "button", class: "thread-card", dataset: { key: "thread" }, on: { click: go } },
    icon("thread"),
    h("b", { text: known.name }),
    h("span", { text: `${count} ${count === 1 ? "message" : "messages"} ›` }),
  );
}

/** A message that Discord wrote. */
export function systemNode(message, channel) {
  const [drawing, words] = SYSTEM[message.type];
  const name = userName(message.author, guildOf(channel));
  const target = message.message_reference;
  const where =
    message.type === 18
      ? h("button", {
          type: "button",
          class: "linkish",
          text: message.content,
          on: { click: () => emit("go", { channel: target?.channel_id }) },
        })
      : h("button", {
          type: "button",
          class: "linkish",
          text: "See it",
          on: { click: () => emit("go", { channel: channel.id, message: target?.message_id }) },
        });
  return h(
    "article",
    {
      class: "message system",
      tabIndex: -1,
      dataset: { id: message.id },
      "aria-label": `${name} ${words} ${message.content}`,
    },
    icon(drawing),
    h(
      "p",
      {},
      h("b", { text: name }),
      ` ${words} `,
      where,
      " ",
      timeNode(Date.parse(message.timestamp), "stamp", "stamp"),
    ),
  );
}
