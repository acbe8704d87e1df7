/** Reactions under a message, and the picker. */
import { emojiKey, toggleReaction } from "./user-actions.js";
import { get } from "./api.js";
import { h, icon } from "./dom.js";
import { EMOJI, isEmoji } from "./emoji.js";
import { popover } from "./popover.js";
import { state, userName } from "./store.js";

const plural = (count) => `${count} ${count === 1 ? "reaction" : "reactions"}`;

/** The row of reactions; null where there are none. */
export function reactionRow(message, channel) {
  if (!message.reactions?.length) return null;
  const mayAdd = channel?.can?.react !== false;
  const row = h(
    "div",
    { class: "reactions", role: "group", "aria-label": "Reactions" },
    message.reactions.map((one) => reaction(message, one)),
  );
  if (mayAdd) {
    const add = h(
      "button",
      {
        type: "button",
        class: "reaction add",
        "aria-label": "Add a reaction",
        title: "Add a reaction",
        "aria-haspopup": "dialog",
        dataset: { key: "r:add" },
      },
      icon("smileplus"),
    );
    add.addEventListener("click", () => openEmojiPicker(add, (sign) => toggleReaction(message, sign, false)));
    row.append(add);
  }
  return row;
}

function reaction(message, one) {
  const sign = one.emoji.id ? `:${one.emoji.name}:` : one.emoji.name;
  const key = emojiKey(one.emoji);
  const mine = one.me || one.me_burst;
  const told = `${sign}, ${plural(one.count)}, ${mine ? "you reacted. Press to take yours back" : "you did not react. Press to react"}`;
  const button = h(
    "button",
    {
      type: "button",
      class: `reaction${mine ? " mine" : ""}`,
      "aria-pressed": String(mine),
      "aria-label": told,
      dataset: { key: `r:${key}` },
    },
    h("span", { class: "reaction-sign", text: sign }),
    h("span", { class: "reaction-count", text: String(one.count) }),
  );
  button.addEventListener("click", () => toggleReaction(message, key, mine));
  let asked = 0;
  button.addEventListener("pointerenter", () => {
    asked = setTimeout(() => nameThem(button, message, key), 350);
  });
  button.addEventListener("pointerleave", () => clearTimeout(asked));
  return button;
}

async function nameThem(button, message, key) {
  const path = `/sandbox/channels/${message.channel_id}/messages/${message.id}/reactions/${encodeURIComponent(key)}`;
  try {
    const { users } = await get(path, { as: state.me.id });
    const names = users.slice(0, 8).map((user) => userName(user));
    const more = users.length > 8 ? ` and ${users.length - 8} more` : "";
    button.title = `${names.join(", ")}${more}`;
  } catch {
    button.removeAttribute("title");
  }
}

/** Opens the picker; `onPick(emoji)`. */
export function openEmojiPicker(anchor, onPick) {
  const search = h("input", {
    type: "search",
    class: "emoji-search",
    placeholder: "Search, or paste any emoji",
    "aria-label": "Search emoji",
    autocomplete: "off",
  });
  const grid = h("div", { class: "emoji-grid" });
  const pick = (sign) => {
    box.close();
    onPick(sign);
  };
  const draw = () => {
    const words = search.value.trim().toLowerCase();
    const found = EMOJI.filter((one) => !words || one.name.includes(words) || one.emoji === words);
    const shown = isEmoji(search.value)
      ? [{ emoji: search.value.trim(), name: "this emoji", group: "Yours" }]
      : found;
    const groups = groupBy(shown);
    grid.replaceChildren(
      ...[...groups].map(([name, list]) =>
        h(
          "section",
          { "aria-label": name },
          h("h3", { text: name }),
          h(
            "div",
            { class: "emoji-row" },
            list.map((one) =>
              h("button", {
                type: "button",
                class: "emoji",
                title: one.name,
                "aria-label": one.name,
                text: one.emoji,
                on: { click: () => pick(one.emoji) },
              }),
            ),
          ),
        ),
      ),
    );
    if (!shown.length)
      grid.append(h("p", { class: "listbox-empty", text: "No emoji has that name. You can paste one." }));
  };
  search.addEventListener("input", draw);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") grid.querySelector("button")?.click();
    if (event.key === "ArrowDown") grid.querySelector("button")?.focus();
  });
  grid.addEventListener("keydown", (event) => gridKey(event, grid, search));
  draw();
  const box = popover(anchor, [search, grid], {
    label: "Pick an emoji",
    className: "emoji-box",
    above: true,
  });
}

function groupBy(list) {
  const groups = new Map();
  for (const one of list) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  return groups;
}

function gridKey(event, grid, search) {
  const all = [...grid.querySelectorAll("button")];
  const at = all.indexOf(document.activeElement);
  const across = Math.max(1, all.filter((one) => one.offsetTop === all[0].offsetTop).length);
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across }[event.key];
  if (!step || at < 0) return;
  event.preventDefault();
  if (at + step < 0) search.focus();
  else all[Math.min(all.length - 1, at + step)].focus();
}
