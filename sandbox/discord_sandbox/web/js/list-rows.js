/** The rows of the list of messages: days, what is new, pending commands, and which messages belong together. */
import { h, icon } from "./dom.js";
import { dots, placeName } from "./message-parts.js";
import { channelName, forgetInteraction, state, userName } from "./store.js";
import { dayName, dayOf, timeNode } from "./time.js";

const GROUP_GAP = 7 * 60 * 1000;

/** Whether a message goes on under the author above. */
function grouped(before, message) {
  if (
    !before ||
    before.author.id !== message.author.id ||
    message.type !== 0 ||
    ![0, 19, 20].includes(before.type)
  )
    return false;
  const same = (key) => before[key] === message[key];
  if (!["ephemeral", "webhook_id", "interaction_id"].every(same)) return false;
  const [one, two] = [Date.parse(before.timestamp), Date.parse(message.timestamp)];
  return two - one < GROUP_GAP && dayOf(one) === dayOf(two);
}

/** A line with a word: of a day, or before what is new. */
function divider(words, kind, at = null) {
  return h(
    "li",
    { class: `divider ${kind}` },
    h(
      "span",
      {},
      words,
      at && words !== "Today" && words !== "Yesterday"
        ? null
        : at
          ? h("span", { class: "divider-date" }, timeNode(at, "D"))
          : null,
    ),
  );
}

/** What stands over the first message of a channel. */
function beginning(channel) {
  const dm = channel.type === 1;
  const parent = channel.thread_metadata ? state.channels.get(channel.parent_id) : null;
  const title = dm || parent ? channelName(channel) : `Welcome to ${placeName(channel)}`;
  const words = dm
    ? "This is the beginning of your direct messages."
    : parent
      ? `A thread in ${placeName(parent)}.`
      : channel.topic || "This is where it begins.";
  return h("li", { class: "beginning" }, h("h2", { text: title }), h("p", { text: words }));
}

/** A command of mine that the bot has not answered, or did not answer in time. */
function pending(one) {
  const bot = userName(state.bot);
  if (one.state === "waiting")
    return h(
      "li",
      { class: "item pending" },
      h("p", { class: "note" }, dots(), `${bot} gets /${one.command}…`),
    );
  const words = one.error || "The application did not respond";
  return h(
    "li",
    { class: "item pending" },
    h(
      "p",
      { class: "note failed", role: "alert" },
      icon("warn"),
      h("code", { text: `/${one.command}` }),
      " ",
      words,
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

/**
 * The rows that the list of messages should have: `{key, signature, make}`. `firstUnread` and `editing` are ids of
 * messages; `messageRow` builds the row of a message.
 */
export function expectedRows(log, channel, { firstUnread, editing, messageRow }) {
  const out = [];
  if (!log.more) out.push({ key: "start", signature: channel.name ?? "", make: () => beginning(channel) });
  let before = null;
  for (const message of log.messages) {
    const at = Date.parse(message.timestamp);
    if (!before || dayOf(Date.parse(before.timestamp)) !== dayOf(at)) {
      out.push({
        key: `day${dayOf(at)}`,
        signature: dayName(at),
        make: () => divider(dayName(at), "day", dayOf(at)),
      });
    }
    if (message.id === firstUnread)
      out.push({ key: "new", signature: "new", make: () => divider("New", "new") });
    const joined = grouped(before, message) && message.id !== firstUnread;
    const signature = `${log.versions.get(message.id)}/${joined}/${editing === message.id}`;
    out.push({ key: message.id, signature, make: () => messageRow(message, channel, joined) });
    before = message;
  }
  for (const one of state.interactions.values()) {
    if (one.kind !== "command" || one.channel_id !== channel.id || !["waiting", "failed"].includes(one.state))
      continue;
    out.push({ key: `i${one.id}`, signature: one.state, make: () => pending(one) });
  }
  return out;
}

/** Everything outside the messages that rows show: names, roles and rights. */
export function nameSignature(guilds) {
  const parts = guilds.map((guild) => [
    guild.roles,
    guild.members,
    guild.channels.map((one) => [one.id, one.name, one.can]),
  ]);
  return JSON.stringify(parts);
}
