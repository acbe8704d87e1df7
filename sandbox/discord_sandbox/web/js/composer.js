/** Where one writes: the text, its attachments, the message it answers, and the way into commands. */
import { invoke, say, typing } from "./user-actions.js";
import { CommandForm } from "./command-form.js";
import { commandAtStart, commandOptions, commandsOf } from "./command-list.js";
import { coarse, h, iconButton } from "./dom.js";
import { draftOf, keepForm, keepWords } from "./drafts.js";
import { encodeMentions, suggestionsFor } from "./mentions.js";
import { Files } from "./files.js";
import { filterOptions, Listbox } from "./listbox.js";
import { placeName } from "./message-parts.js";
import { lastOwn } from "./message-list.js";
import { openEmojiPicker } from "./reactions.js";
import { ReplyBar } from "./reply-bar.js";
import { emit, guildOf, on, state } from "./store.js";
import { announce, attempt, toast } from "./toast.js";

const LIMIT = 2000;
const TYPING_EVERY = 8000;

let root;
let area;
let bar;
let counter;
let files;
let reply;
let list;
let suggesting = null; // {start, end, kind} of the word that is being completed
let channel = null;
let owner = null; // whose words these are
let form = null;
let typed = 0;

/** Builds the box. */
export function mountComposer(node) {
  root = node;
  area = h("textarea", { id: "say", rows: 1, autocomplete: "off", spellcheck: true });
  counter = h("span", { class: "counter", "aria-live": "polite" });
  reply = new ReplyBar();
  files = new Files(() => fit());
  list = new Listbox({ label: "Suggestions", onPick: pickSuggestion, empty: "No command has that name" });
  list.node.classList.add("suggestions");
  list.node.hidden = true;
  bar = h(
    "div",
    { class: "say-bar" },
    iconButton("plus", "Attach a file", () => files.ask(), { class: "attach" }),
    area,
    counter,
    iconButton("slash", "Commands of the bot", openPicker, { class: "slash" }),
    iconButton("smile", "Emoji", (event) => openEmojiPicker(event.currentTarget, insert)),
    iconButton("send", "Send", send, { class: "send" }),
  );
  list.attach(area);
  area.addEventListener("input", onInput);
  area.addEventListener("keydown", onKey);
  area.addEventListener("paste", ({ clipboardData: pasted }) => pasted?.files.length && files.add(pasted.files));
  area.addEventListener("blur", () =>
    setTimeout(() => !root.contains(document.activeElement) && closeList(), 150),
  );
  root.append(list.node, reply.node, files.node, bar);
  root.addEventListener("dragover", (event) => event.preventDefault());
  root.addEventListener("drop", (event) => {
    event.preventDefault();
    files.add(event.dataTransfer.files);
  });
  on("reply", (message) => {
    reply.set(message, channel);
    area.focus();
  });
  on("use-command", ({ name, atOnce }) => channel && useCommand(name, atOnce));
  on("pick-command", () => channel && !root.hidden && openPicker());
  on("channels", () => channel && refresh());
}

/** Turns to a channel; what was written in the one before stays there. */
export function composeIn(next) {
  if (channel?.id === next.id && owner === state.me.id) return refresh();
  stow();
  channel = next;
  owner = state.me.id;
  const draft = draftOf(owner, channel.id);
  area.value = draft.text;
  if (draft.form) openForm(draft.form);
  refresh();
  if (!coarse() && !document.querySelector("dialog[open]"))
    (draft.form ?? area).focus({ preventScroll: true });
  return undefined;
}

/** Puts away what is begun, when another person takes the place. */
export function resetComposer() {
  stow();
  channel = null;
  area.value = "";
}

function stow() {
  closeList();
  reply.set(null);
  files.clear();
  if (!channel) return;
  keepWords(owner, channel.id, area.value);
  keepForm(owner, channel.id, form?.isBegun ? form : null);
  leaveForm(false);
}

function refresh() {
  channel = state.channels.get(channel.id) ?? channel;
  const may = channel.can?.send !== false;
  const archived = channel.thread_metadata?.locked && !channel.can?.manage;
  area.disabled = !may || Boolean(archived);
  const place = placeName(channel);
  area.placeholder = archived ? "This thread is locked" : may ? `Message ${place}` : "You cannot write here";
  area.setAttribute("aria-label", area.placeholder);
  bar.classList.toggle("locked", area.disabled);
  for (const button of bar.querySelectorAll("button")) {
    button.disabled = area.disabled && !button.classList.contains("slash");
    if (button.classList.contains("slash")) button.disabled = channel.can?.commands === false;
  }
  fit();
}

function fit() {
  area.style.setProperty("height", "auto");
  area.style.setProperty("height", `${Math.min(area.scrollHeight, innerHeight * 0.4)}px`);
  const left = LIMIT - area.value.length;
  counter.textContent = left < 200 ? String(left) : "";
  counter.classList.toggle("over", left < 0);
  bar.classList.toggle("ready", area.value.trim().length > 0 || files.any);
}

async function send() {
  if (form) return form.run();
  closeList();
  const text = area.value.trim();
  if (!text && !files.any) return undefined;
  if (text.length > LIMIT) return toast(`That is ${text.length - LIMIT} characters too long.`, "fault");
  if (/^\/[\p{L}\p{N}_-]/u.test(text) && (await typedCommand(text))) return undefined;
  const sent = { channel: channel.id, content: encodeMentions(text, guildOf(channel)), extra: {} };
  if (reply.message) sent.extra.reply_to = reply.message.id;
  if (files.any) sent.extra.attachments = await files.encoded();
  const before = area.value;
  area.value = "";
  const replied = reply.message;
  reply.set(null);
  keepWords(owner, channel.id, "");
  fit();
  const made = await attempt(() => say(sent.channel, sent.content, sent.extra));
  if (made) return files.clear();
  area.value = before;
  reply.set(replied, channel);
  return fit();
}

/** "/author queue" typed to the end: the command that it names takes over. */
async function typedCommand(text) {
  const found = await commandAtStart(channel.id, text);
  if (!found) return false;
  useCommand(found.name);
  return true;
}

function insert(text) {
  const at = area.selectionStart ?? area.value.length;
  area.setRangeText(text, at, area.selectionEnd ?? at, "end");
  area.focus();
  onInput();
}

function onInput() {
  fit();
  keepWords(owner, channel.id, area.value);
  const now = Date.now();
  if (area.value && !area.value.startsWith("/") && now - typed > TYPING_EVERY) {
    typed = now;
    typing(channel.id);
  }
  suggest();
}

async function suggest() {
  const caret = area.selectionStart;
  if (area.value.startsWith("/") && !area.value.includes("\n")) return suggestCommands(area.value.slice(1));
  const found = suggestionsFor(area.value, caret, channel);
  suggesting = found;
  if (!found || !found.options.length) return closeList();
  return openList(found.options);
}

async function suggestCommands(words) {
  suggesting = { kind: "command" };
  const asked = area.value;
  const options = await commandOptions(channel.id);
  if (area.value !== asked || document.activeElement !== area) return;
  const matches = filterOptions(options, words ? `/${words}` : "");
  const loose = matches.length ? matches : filterOptions(options, words);
  list.empty = options.length
    ? "No command has that name"
    : state.bot?.online
      ? "There are no commands you may use here"
      : "The bot is not here, so there are no commands";
  // Who writes on after a word that is no command means a sentence.
  if (!loose.length && /\S\s/.test(words)) closeList();
  else openList(loose);
}

function openList(options) {
  if (list.node.hidden) announce(`${options.length} suggestions. Arrows choose, Enter takes`);
  list.node.hidden = false;
  list.show(options);
}

function closeList() {
  list.node.hidden = true;
  suggesting = null;
  area.removeAttribute("aria-activedescendant");
}

function openPicker() {
  if (area.disabled) area.disabled = false;
  area.value = "/";
  fit();
  area.focus();
  suggest();
}

function pickSuggestion(option) {
  if (suggesting?.kind === "command") return useCommand(option.name);
  const { start, end } = suggesting;
  area.setRangeText(`${option.insert} `, start, end, "end");
  closeList();
  area.focus();
  return fit();
}

function onKey(event) {
  if (event.isComposing) return;
  if (!list.node.hidden) {
    if (list.key(event)) return;
    if (event.key === "Escape") {
      event.preventDefault();
      closeList();
      return;
    }
    if (["Enter", "Tab"].includes(event.key) && !event.shiftKey && list.pick()) {
      event.preventDefault();
      return;
    }
  }
  if (event.key === "Enter" && !event.shiftKey && !coarse()) {
    event.preventDefault();
    send();
  } else if (event.key === "Escape" && reply.message) reply.set(null);
  else if (event.key === "ArrowUp" && !area.value) editLast(event);
}

function editLast(event) {
  const message = lastOwn();
  if (!message) return;
  event.preventDefault();
  emit("edit-message", message.id);
}

/** Opens a command's form in the place of the text. One without options runs at once, with `atOnce` also without optional ones. */
async function useCommand(name, atOnce = false) {
  const command = (await attempt(() => commandsOf(channel.id)))?.find(
    (one) => one.name === name && one.type === 1,
  );
  closeList();
  if (!command) {
    toast(`You cannot use /${name} here.`, "fault");
    return;
  }
  area.value = "";
  keepWords(owner, channel.id, "");
  fit();
  const asked = (command.options ?? []).filter((one) => one.required || !atOnce);
  if (!asked.length) {
    await attempt(() => invoke(channel.id, command.name, {}));
    area.focus();
    return;
  }
  leaveForm(false);
  openForm(new CommandForm(command, channel, leaveForm));
  form.start();
}

function openForm(made) {
  form = made;
  bar.hidden = true;
  root.append(form.node);
}

function leaveForm(refocus = true) {
  form?.node.remove();
  form = null;
  bar.hidden = false;
  if (refocus) area.focus();
}
