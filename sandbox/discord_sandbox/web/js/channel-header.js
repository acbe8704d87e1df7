/** The bar over a channel: its name and topic, pins, threads, members, the drawer; and light and dark. */
import { get } from "./api.js";
import { fill, h, icon, iconButton } from "./dom.js";
import { summarize } from "./message-summary.js";
import { popover } from "./popover.js";
import { channelIcon } from "./selects.js";
import { channelName, emit, guildOf, on, state, userName } from "./store.js";
import { timeNode } from "./time.js";
import { attempt } from "./toast.js";

const THEME = "fascicle-theme";

/** Builds the bar. */
export function mountHeader(root) {
  const menuButton = iconButton("menu", "Channels", () => emit("toggle-nav"), {
    class: "nav-toggle",
    "aria-controls": "nav",
    "aria-expanded": "false",
  });
  const title = h("div", { class: "channel-title" });
  const pins = iconButton("pin", "Pinned messages", () => openPins(pins), { "aria-haspopup": "dialog" });
  const threads = iconButton("thread", "Threads", () => openThreads(threads), { "aria-haspopup": "dialog" });
  const members = iconButton("people", "Members", () => emit("toggle-members"), { class: "members-toggle" });
  const behind = h(
    "button",
    {
      type: "button",
      class: "button small behind",
      id: "behind",
      "aria-expanded": "false",
      "aria-controls": "drawer",
      "aria-label": "Behind the scenes",
      title: "Behind the scenes",
    },
    icon("scope"),
    h("span", { text: "Behind the scenes" }),
  );
  behind.addEventListener("click", () => emit("toggle-drawer"));
  root.append(menuButton, title, h("div", { class: "header-tools" }, threads, pins, members, behind));
  const draw = () => {
    const channel = state.channels.get(state.selected);
    if (!channel) return;
    const forum = channel.type === 15;
    threads.hidden = forum || channel.type === 1 || Boolean(channel.thread_metadata);
    pins.hidden = forum || channel.gated;
    members.hidden = !guildOf(channel);
    drawTitle(title, channel);
  };
  for (const event of ["selected", "channels", "snapshot"]) on(event, draw);
}

function drawTitle(title, channel) {
  const parent = channel.thread_metadata ? state.channels.get(channel.parent_id) : null;
  const up = parent
    ? [h("a", { class: "parent-link", href: `#/${parent.id}`, text: channelName(parent) }), icon("right")]
    : [];
  const name = channelName(channel);
  document.title = `${channel.type === 1 ? name : `#${name}`} · Fascicle sandbox`;
  fill(
    title,
    channelIcon(channel),
    up,
    h("h1", { text: name, title: name }),
    channel.topic ? h("p", { class: "topic", title: channel.topic, text: channel.topic }) : null,
    channel.bot_can_see === false
      ? h("span", { class: "badge quiet", text: "the bot cannot see this channel" })
      : null,
  );
}

/** The switch between light and dark; without a choice the system's own counts. */
export function mountTheme(root) {
  const button = iconButton("sun", "Light or dark", () => setTheme(isDark() ? "light" : "dark", button));
  root.append(button);
  setTheme(localStorage.getItem(THEME), button);
}

const isDark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};

function setTheme(theme, button) {
  if (theme === "dark" || theme === "light") {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(THEME, theme);
  }
  const label = isDark() ? "Switch to light" : "Switch to dark";
  button.replaceChildren(icon(isDark() ? "sun" : "moon"));
  button.title = label;
  button.setAttribute("aria-label", label);
}

async function openPins(anchor) {
  const channel = state.channels.get(state.selected);
  const answer = await attempt(() => get(`/sandbox/channels/${channel.id}/pins`, { as: state.me.id }));
  if (!answer) return;
  const rows = answer.messages.map((message) =>
    listed(userName(message.author, guildOf(channel)), summarize(message), Date.parse(message.timestamp), () => {
      box.close();
      emit("go", { channel: channel.id, message: message.id });
    }),
  );
  const box = popover(
    anchor,
    [
      h("h3", { class: "popover-title", text: "Pinned messages" }),
      rows.length ? rows : h("p", { class: "note", text: "Nothing is pinned here yet." }),
    ],
    { label: "Pinned messages", className: "list-box" },
  );
}

async function openThreads(anchor) {
  const channel = state.channels.get(state.selected);
  const answer = await attempt(() =>
    get(`/sandbox/channels/${channel.id}/threads`, { as: state.me.id, archived: 1 }),
  );
  if (!answer) return;
  const rows = answer.threads.map((thread) =>
    listed(
      thread.name,
      `${thread.message_count ?? 0} messages${thread.thread_metadata?.archived ? " · archived" : ""}`,
      null,
      () => {
        box.close();
        emit("go", { channel: thread.id, data: thread });
      },
    ),
  );
  const box = popover(
    anchor,
    [
      h("h3", { class: "popover-title", text: "Threads" }),
      rows.length ? rows : h("p", { class: "note", text: "There are no threads here yet." }),
    ],
    { label: "Threads", className: "list-box" },
  );
}

function listed(title, words, at, run) {
  return h(
    "button",
    { type: "button", class: "listed", on: { click: run } },
    h("span", { class: "listed-head" }, h("b", { text: title }), at ? timeNode(at, "stamp", "stamp") : null),
    h("span", { text: words }),
  );
}
