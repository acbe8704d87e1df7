/** Names while one writes: suggestions after "@", "#" and ":", and the names back into Discord's marks. */
import { EMOJI } from "./emoji.js";
import { filterOptions } from "./listbox.js";
import { channelOptions, roleOptions, userOptions } from "./selects.js";
import { guildOf } from "./store.js";

const WORD = /(^|\s)([@#:])([\p{L}\p{N}_-]{0,32})$/u;
const SHOWN = 8;

/** The word before the caret that can be completed: `{start, end, options}`; null for none. */
export function suggestionsFor(text, caret, channel) {
  const match = WORD.exec(text.slice(Math.max(0, caret - 40), caret));
  if (!match) return null;
  const [, , sign, words] = match;
  if (sign === ":" && words.length < 2) return null;
  const guild = guildOf(channel);
  const found = filterOptions(candidates(sign, guild), words).slice(0, SHOWN);
  return { kind: "word", start: caret - words.length - 1, end: caret, options: found };
}

function candidates(sign, guild) {
  if (sign === ":")
    return EMOJI.map((one) => ({
      key: one.emoji,
      label: `${one.emoji} ${one.name}`,
      detail: one.name,
      insert: one.emoji,
    }));
  if (sign === "#") return channelOptions(guild).map((one) => ({ ...one, insert: `#${one.label}` }));
  const roles = roleOptions(guild).filter((one) => one.label !== "@everyone");
  return [
    ...userOptions(guild).map((one) => ({ ...one, insert: `@${one.label}` })),
    ...roles.map((one) => ({ ...one, insert: one.label })),
  ];
}

/** "@Ada Quill" and "#stories" as Discord writes them: `<@id>`, `<#id>`. Longer names are looked for first. */
export function encodeMentions(text, guild) {
  if (!guild) return text;
  const marks = [
    ...userOptions(guild).map((one) => [`@${one.label}`, `<@${one.value}>`]),
    ...roleOptions(guild)
      .filter((one) => one.label !== "@everyone")
      .map((one) => [one.label, `<@&${one.value}>`]),
    ...channelOptions(guild).map((one) => [`#${one.label}`, `<#${one.value}>`]),
  ].sort((a, b) => b[0].length - a[0].length);
  let out = "";
  for (let at = 0; at < text.length;) {
    const found =
      "@#".includes(text[at]) &&
      marks.find(
        ([name]) => text.startsWith(name, at) && !/[\p{L}\p{N}_]/u.test(text[at + name.length] ?? " "),
      );
    out += found ? found[1] : text[at];
    at += found ? found[0].length : 1;
  }
  return out;
}
