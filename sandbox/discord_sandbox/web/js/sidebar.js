/** The places one can go: servers with their channels and threads, and direct messages. */
import { openDm } from "./user-actions.js";
import { avatar, fill, h, icon, iconButton } from "./dom.js";
import { menu } from "./popover.js";
import { channelIcon } from "./selects.js";
import { channelName, emit, on, state, userName } from "./store.js";

let root;
/** Milliseconds until a press is looked at again. */
const PRESSED = 20;

let planned = 0;

/** Builds the list; it follows the store from then on. */
export function mountSidebar(node) {
  root = node;
  for (const event of ["channels", "selected", "bot"]) on(event, plan);
}

function plan() {
  if (!planned) planned = setTimeout(drawUnlessPressed, 0);
}

/** A link that is replaced between press and release would lose the click. */
function drawUnlessPressed() {
  planned = 0;
  if (root.querySelector(":is(a, button):active")) planned = setTimeout(drawUnlessPressed, PRESSED);
  else draw();
}

function draw() {
  const focus = root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const top = root.scrollTop;
  fill(root, state.guilds.map(guildBlock), dmBlock());
  root.scrollTop = top;
  const elsewhere = [...state.channels.values()].some(
    (one) => one.id !== state.selected && (one.mentions || (one.unread && one.type === 1)),
  );
  document.querySelector(".nav-toggle").classList.toggle("news", elsewhere);
  if (focus)
    [...root.querySelectorAll("[data-key]")]
      .find((one) => one.dataset.key === focus)
      ?.focus({ preventScroll: true });
}

const byPlace = (a, b) => (a.position ?? 0) - (b.position ?? 0) || (BigInt(a.id) < BigInt(b.id) ? -1 : 1);

/** Where something was said last stands first. */
const byNews = (a, b) => (BigInt(a.last_message_id ?? a.id) < BigInt(b.last_message_id ?? b.id) ? 1 : -1);

function guildBlock(guild) {
  const present = guild.channels.map((one) => state.channels.get(one.id) ?? one);
  const categories = present.filter((one) => one.type === 4).sort(byPlace);
  const inside = (id) =>
    present.filter((one) => one.type !== 4 && (one.parent_id ?? null) === id).sort(byPlace);
  const known = new Set(categories.map((one) => one.id));
  const loose = present.filter((one) => one.type !== 4 && !known.has(one.parent_id ?? ""));
  const title = `guild-${guild.id}`;
  return h(
    "section",
    { class: "places", "aria-labelledby": title },
    h(
      "h2",
      { class: "guild-name", id: title },
      h("span", { text: guild.name }),
      guild.bot_member
        ? null
        : h("span", { class: "badge quiet", title: "The bot is not in this server", text: "no bot" }),
    ),
    guild.unavailable ? h("p", { class: "note", text: "This server is having an outage." }) : null,
    channelList(loose.sort(byPlace), guild),
    categories.map((category) => {
      const list = inside(category.id);
      return list.length
        ? [h("h3", { class: "category", text: category.name }), channelList(list, guild)]
        : null;
    }),
  );
}

function channelList(channels, guild) {
  return h(
    "ul",
    { class: "channels", role: "list" },
    channels.map((channel) => {
      const threads = guild.threads
        .map((one) => state.channels.get(one.id) ?? one)
        .filter(
          (one) =>
            one.parent_id === channel.id && (channel.type !== 15 || one.unread || one.id === state.selected),
        );
      return h(
        "li",
        {},
        entry(channel),
        threads.length
          ? h(
              "ul",
              { class: "threads", role: "list" },
              threads.sort(byPlace).map((one) => h("li", {}, entry(one))),
            )
          : null,
      );
    }),
  );
}

function entry(channel) {
  const here = channel.id === state.selected;
  const name = channelName(channel);
  const told = [
    name,
    channel.nsfw && "age-restricted",
    channel.mentions && `${channel.mentions} mentions`,
    !channel.mentions && channel.unread && "unread",
  ]
    .filter(Boolean)
    .join(", ");
  const classes = ["place", here && "here", channel.unread && !here && "unread"].filter(Boolean).join(" ");
  return h(
    "a",
    {
      class: classes,
      href: `#/${channel.id}`,
      "aria-current": here ? "page" : null,
      "aria-label": told,
      dataset: { key: channel.id, channel: channel.id },
    },
    channel.type === 1 ? avatar(channel.recipients?.[0], 24) : channelIcon(channel),
    h("span", { class: "place-name", text: name }),
    channel.nsfw ? h("span", { class: "badge quiet", "aria-hidden": "true", text: "18+" }) : null,
    channel.bot_can_see === false && channel.type !== 1
      ? h(
          "span",
          { class: "unseen", title: "The bot cannot see this channel", "aria-hidden": "true" },
          icon("lock"),
        )
      : null,
    channel.mentions && !here
      ? h("span", { class: "badge", "aria-hidden": "true", text: String(channel.mentions) })
      : null,
  );
}

function dmBlock() {
  const add = iconButton(
    "plus",
    "New direct message",
    () => {
      const others = [state.bot, ...state.people.values()].filter((one) => one && one.id !== state.me.id);
      menu(
        add,
        "Write to",
        others.map((user) => ({
          label: userName(user),
          icon: avatar(user, 24),
          run: async () => {
            const made = await openDm(user.id);
            if (made) emit("go", { channel: made.id, data: made });
          },
        })),
      );
    },
    { class: "small", dataset: { key: "new-dm" }, "aria-haspopup": "menu" },
  );
  return h(
    "section",
    { class: "places", "aria-labelledby": "dms-title" },
    h("h2", { class: "guild-name dms", id: "dms-title" }, h("span", { text: "Direct messages" }), add),
    h(
      "ul",
      { class: "channels", role: "list" },
      state.dms
        .map((one) => state.channels.get(one.id) ?? one)
        .sort(byNews)
        .map((one) => h("li", {}, entry(one))),
    ),
    state.dms.length ? null : h("p", { class: "note", text: "Nobody has written to you yet." }),
  );
}
