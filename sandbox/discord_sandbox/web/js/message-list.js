/**
 * The open channel's messages. Every change goes through `draw`, which compares what should stand there with what
 * does and touches only the rows that differ; the place one reads stays where it is.
 */
import { markRead } from "./user-actions.js";
import { h } from "./dom.js";
import {
  firstUnreadOf,
  lastOwnMessage,
  loadAround,
  loadLatest,
  loadNewer,
  loadOlder,
  logOf,
} from "./channel-history.js";
import { summarize } from "./message-summary.js";
import { editNode } from "./message-edit.js";
import { isThinking, messageNode } from "./message.js";
import { reconcile } from "./reconcile.js";
import { JumpPill } from "./jump-pill.js";
import { rove, walk } from "./roving-focus.js";
import { expectedRows, nameSignature } from "./list-rows.js";
import { emit, guildOf, on, state, userName } from "./store.js";
import { announce, toast } from "./toast.js";
import { mountToolbar } from "./message-toolbar.js";

const FORUM = 15;
const NEAR_END = 60;
/** Pixels over a row that is brought to the upper edge. */
const HEADROOM = 8;
/** Milliseconds until a press is looked at again. */
const PRESSED = 20;

const rows = new Map(); // row key -> {node, signature}
let scroller;
let list;
let jump;
let channelId = null;
let editing = null;
/** The private answer that is still "thinking…". */
let awaited = null;
let firstUnread = null;
let stuck = true;
let readTimer = 0;
let names = "";
let waiting = 0;

/** Builds the region; it follows the store from then on. */
export function mountMessages(root) {
  list = h("ol", { class: "log", id: "log", role: "list" });
  scroller = h(
    "div",
    { class: "scroller", id: "scroller", tabIndex: -1 },
    h("div", { class: "scroller-fill" }, list),
  );
  jump = new JumpPill(toPresent);
  root.append(h("h2", { class: "sr", text: "Messages" }), scroller, jump.node);
  scroller.addEventListener("scroll", onScroll, { passive: true });
  new ResizeObserver(() => stuck && toEnd()).observe(list);
  new ResizeObserver(() => stuck && toEnd()).observe(scroller);
  list.addEventListener("keydown", (event) => walk(event, list));
  mountToolbar(list, (id) => logOf(channelId).messages.find((one) => one.id === id));
  on("log", (id) => id === channelId && draw());
  on("channel", (id) => id === channelId && draw());
  on("snapshot", () => channelId && state.channels.has(channelId) && refreshNames());
  on("interaction", touchInteraction);
  on("message", heard);
  on("message-edit", (message) => message.id === awaited && showAnswer(message));
  on("to-newest", () => channelId && toPresent());
  on("edit-message", (id) => {
    editing = id;
    redraw(id);
  });
}

/** Shows a channel, at its end or at a message of it. */
export async function showChannel(id, messageId = null) {
  const changed = id !== channelId;
  channelId = id;
  const log = logOf(id);
  if (changed) {
    clear();
    firstUnread = firstUnreadOf(log);
    stuck = !messageId;
  }
  scroller.classList.toggle("loading", !log.loaded);
  if (log.loaded) draw();
  try {
    if (messageId) {
      if (!(await loadAround(log, messageId))) toast("That message is gone.");
    } else if (!log.loaded || log.newer) await loadLatest(log);
  } catch (error) {
    if (channelId === id) toast(error.message, "fault");
  }
  if (channelId !== id) return;
  scroller.classList.remove("loading");
  if (changed && firstUnread === null) firstUnread = firstUnreadOf(log);
  draw();
  if (messageId) reveal(messageId);
  else if (changed) toStart();
  readSoon();
}

/** Takes everything away (before a gate or a forum is shown in the place). */
export function hideMessages() {
  channelId = null;
  clear();
}

function clear() {
  rows.clear();
  list.replaceChildren();
  editing = null;
  firstUnread = null;
}

/** After a new picture of everything: rows are drawn again only where names, roles or rights may differ. */
function refreshNames() {
  const next = nameSignature(state.guilds);
  if (next !== names) for (const one of rows.values()) one.signature = "";
  names = next;
  draw();
}

function redraw(id) {
  const row = rows.get(id);
  if (row) row.signature = "";
  draw();
}

function draw() {
  clearTimeout(waiting);
  if (list.querySelector(":is(button, a, label):active")) {
    // A control that is replaced between press and release would lose the click.
    waiting = setTimeout(draw, PRESSED);
    return;
  }
  const channel = state.channels.get(channelId);
  const log = channel && logOf(channelId);
  if (!log?.loaded) return;
  const hold = anchor();
  reconcile(list, rows, expectedRows(log, channel, { firstUnread, editing, messageRow: row }));
  rove(list);
  settle(hold);
}

/** What must not move on the screen while rows change: the focused control, else the end if one is there. */
function anchor() {
  const focus = list.contains(document.activeElement) ? document.activeElement : null;
  const rowNode = focus?.closest("li");
  if (!rowNode || !focus.dataset.key) return null;
  return { row: rowNode.dataset.row, key: focus.dataset.key, top: focus.getBoundingClientRect().top };
}

function settle(hold) {
  const node = hold && rows.get(hold.row)?.node;
  const same = node && [...node.querySelectorAll("[data-key]")].find((one) => one.dataset.key === hold.key);
  if (stuck && !same) toEnd();
  else if (same) {
    const moved = same.getBoundingClientRect().top - hold.top;
    if (Math.abs(moved) > 1) scroller.scrollTop += moved;
  }
  onScroll();
}

function row(message, channel, joined) {
  const item = h("li", { class: joined ? "item" : "item opens" });
  const again = () => redraw(message.id);
  const node = messageNode(message, { channel, grouped: joined, redraw: again });
  if (editing === message.id) {
    node.querySelector(".message-body").replaceChildren(
      editNode(message, () => {
        editing = null;
        again();
        document.getElementById("say")?.focus();
      }),
    );
  }
  if (logOf(channelId).turned === message.id) {
    node.classList.add("turned");
    logOf(channelId).turned = null;
  }
  item.append(node);
  return item;
}

function touchInteraction(one) {
  if (!channelId || one.kind === "autocomplete") return;
  if (one.message_id && rows.has(one.message_id)) rows.get(one.message_id).signature = "";
  if (one.channel_id === channelId) draw();
}

function heard(message) {
  if (message.channel_id !== channelId) return;
  if (message.author.id !== state.me.id)
    announce(`${userName(message.author, guildOf(state.channels.get(channelId)))}: ${summarize(message, 300)}`);
  if (message.ephemeral) showAnswer(message);
  else if (message.author.id === state.me.id) toPresent();
  else if (!jump.node.hidden) jump.add(1);
  readSoon();
}

/** The bot's private answer comes into view, a long one with its beginning; again when "thinking…" becomes words. */
function showAnswer(message) {
  const node = message.channel_id === channelId && rows.get(message.id)?.node;
  if (!node) return;
  awaited = isThinking(message) ? message.id : null;
  toEnd();
  if (node.offsetHeight > scroller.clientHeight) bring(node, HEADROOM);
  onScroll();
}

/** Tells the driver that this is read, once the end is on the screen for a moment. */
function readSoon() {
  clearTimeout(readTimer);
  readTimer = setTimeout(() => {
    const channel = state.channels.get(channelId);
    if (!channel || !stuck || document.visibilityState !== "visible" || logOf(channelId).newer) return;
    if (!channel.unread && !channel.mentions && channel.last_read_id === channel.last_message_id) return;
    channel.unread = false;
    channel.mentions = 0;
    channel.last_read_id = channel.last_message_id;
    markRead(channel.id);
    emit("channels");
  }, 400);
}

function toEnd() {
  scroller.scrollTop = scroller.scrollHeight;
}

/** Where one goes on reading: at what is new, else at the end; a forum's post begins at its beginning. */
function toStart() {
  const channel = state.channels.get(channelId);
  const inForum = state.channels.get(channel.parent_id)?.type === FORUM;
  if (inForum && !channel.last_read_id && !logOf(channelId).more) scroller.scrollTop = 0;
  else toEnd();
  const fresh = rows.get("new")?.node;
  const edge = scroller.getBoundingClientRect().top + HEADROOM;
  if (fresh && fresh.getBoundingClientRect().top < edge) bring(fresh, HEADROOM);
  onScroll();
}

/** Puts a row at so many pixels under the upper edge; `scrollIntoView` would move the page around the list too. */
function bring(node, under) {
  scroller.scrollTop += node.getBoundingClientRect().top - scroller.getBoundingClientRect().top - under;
}

async function toPresent() {
  const log = logOf(channelId);
  if (log.newer) await loadLatest(log);
  stuck = true;
  toEnd();
}

function onScroll() {
  if (!channelId) return;
  const log = logOf(channelId);
  const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
  stuck = left < NEAR_END && !log.newer;
  jump.update(scroller, list, log.newer);
  if (stuck) readSoon();
  if (log.loading || !log.loaded) return;
  if (log.more && scroller.scrollTop < 600) extend(() => loadOlder(log));
  else if (log.newer && left < 600) extend(() => loadNewer(log));
}

/** Reads on at an end and keeps the message at the top of the screen where it is. */
async function extend(load) {
  const top = scroller.getBoundingClientRect().top;
  const first = [...list.children].find(
    (one) => one.dataset.row?.match(/^\d+$/) && one.getBoundingClientRect().bottom > top,
  );
  const before = first?.getBoundingClientRect().top;
  const loaded = await load().then(() => true, (error) => toast(error.message, "fault"));
  // The row may be drawn anew: with others above it, it may go on under the same author.
  const same = first && rows.get(first.dataset.row)?.node;
  if (same) scroller.scrollTop += same.getBoundingClientRect().top - before;
  if (loaded) onScroll();
}

/** Scrolls to a message and marks it for a moment. */
function reveal(id) {
  const node = rows.get(id)?.node;
  if (!node) return;
  stuck = false;
  bring(node, (scroller.clientHeight - node.offsetHeight) / 2);
  node.classList.add("found");
  node.querySelector("article")?.focus({ preventScroll: true });
  setTimeout(() => node.classList.remove("found"), 2500);
}

/** My newest message here that I can edit, for the arrow key in the empty message box. */
export function lastOwn() {
  return channelId ? lastOwnMessage(logOf(channelId)) : null;
}
