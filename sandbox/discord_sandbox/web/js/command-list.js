/** The commands that I may use in a channel, asked for once and again when they change. */
import { get } from "./api.js";
import { on, state } from "./store.js";

const known = new Map();

/** `[{id, name, shown, description, options, type}]`; `name` is the full path, `shown` what it is called in my language. */
export function commandsOf(channelId) {
  const key = `${state.me.id}/${channelId}`;
  if (!known.has(key)) {
    const asked = get("/sandbox/commands", { as: state.me.id, channel: channelId }).then(
      (answer) => answer.commands,
    );
    asked.catch(() => known.delete(key));
    known.set(key, asked);
  }
  return known.get(key);
}

/** The command whose path a text begins with, the longest one where several fit. */
export async function commandAtStart(channelId, text) {
  const commands = (await commandsOf(channelId)).filter((one) => one.type === 1);
  return commands
    .filter((one) => [one.shown, one.name].some((name) => text === `/${name}` || text.startsWith(`/${name} `)))
    .sort((a, b) => b.name.length - a.name.length)[0];
}

on("commands", () => known.clear());
on("snapshot", () => known.clear());
