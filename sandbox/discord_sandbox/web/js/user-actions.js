/** What a person does, as the person who is chosen. Each tells its own failure; the socket brings what comes of it. */
import { post } from "./api.js";
import { emit, state } from "./store.js";
import { attempt } from "./toast.js";

const BEGUN = "fascicle-begun";
const KEPT = 50;
/** Interactions that this window began, over reloads; only these open a form here, so two windows do not show it twice. */
export const begun = new Set(JSON.parse(sessionStorage.getItem(BEGUN) ?? "[]"));

function act(name, body) {
  return attempt(() => post(`/sandbox/${name}`, { as: state.me.id, ...body }));
}

async function interact(name, body) {
  const interaction = await post(`/sandbox/${name}`, { as: state.me.id, ...body });
  begun.add(interaction.id);
  sessionStorage.setItem(BEGUN, JSON.stringify([...begun].slice(-KEPT)));
  const known = state.interactions.get(interaction.id);
  emit("begun", known ?? interaction);
  return interaction;
}

export const say = (channel, content, extra = {}) =>
  post("/sandbox/say", { as: state.me.id, channel, content, ...extra });
export const edit = (message, content) =>
  act("edit", { channel: message.channel_id, message: message.id, content });
export const erase = (message) => act("delete", { channel: message.channel_id, message: message.id });
export const pin = (message, on) =>
  act(on ? "pin" : "unpin", { channel: message.channel_id, message: message.id });
export const vote = (message, answers) =>
  act("vote", { channel: message.channel_id, message: message.id, answers });
export const dismiss = (message) => act("dismiss", { message: message.id });
export const gate = (channel) => act("gate", { channel });
export const openDm = (user) => act("dm", { with: user });
export const acceptDms = (accept) => act("dms", { accept });
export const speak = (locale) => act("language", { locale });
export const typing = (channel) => post("/sandbox/typing", { as: state.me.id, channel }).catch(() => {});
export const markRead = (channel) => post("/sandbox/read", { as: state.me.id, channel }).catch(() => {});

/** The emoji of a reaction as the driver names it. */
export const emojiKey = (emoji) => (emoji.id ? `${emoji.name}:${emoji.id}` : emoji.name);

/** Adds my reaction, or takes it back. */
export function toggleReaction(message, emoji, mine) {
  emit("reacted", emoji);
  return act(mine ? "unreact" : "react", { channel: message.channel_id, message: message.id, emoji });
}

export const clearReactions = (message) => act("clear", { channel: message.channel_id, message: message.id });

export const press = (message, customId) =>
  attempt(() => interact("press", { channel: message.channel_id, message: message.id, custom_id: customId }));

export const choose = (message, customId, values) =>
  attempt(() =>
    interact("choose", { channel: message.channel_id, message: message.id, custom_id: customId, values }),
  );

/** Runs a command; throws `ApiError`, for the composer shows the faults at their fields. */
export function invoke(channel, command, options, target = undefined) {
  emit("invoked", { command, options });
  return interact("invoke", { channel, command, options, target });
}

/** Sends a form; throws `ApiError` with `fields`. */
export async function submit(interaction, values, wait) {
  const answer = await interact("submit", { interaction, values, wait });
  if (answer.state !== "failed") emit("submitted");
  return answer;
}
export const closeForm = (interaction) =>
  post("/sandbox/close-form", { as: state.me.id, interaction }).catch(() => {});

/** Opens a thread, or a forum's post. */
export const startThread = (body) => post("/sandbox/thread", { as: state.me.id, ...body });
