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

/** The slash commands as options of a list: those with a word of their own first, then the families. */
export async function commandOptions(channelId) {
  const commands = await commandsOf(channelId).catch(() => []);
  const inFamily = (one) => Number(one.name.includes(" "));
  return commands
    .filter((one) => one.type === 1)
    .sort((a, b) => inFamily(a) - inFamily(b))
    .map((one) => ({
      key: one.name,
      name: one.name,
      label: `/${one.shown}`,
      hint: one.description,
      detail: (one.options ?? [])
        .map((option) => (option.required ? option.shown : `${option.shown}?`))
        .join("  "),
    }));
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
