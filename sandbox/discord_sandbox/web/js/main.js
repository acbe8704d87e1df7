/** Wires the page together: where one is, as whom, and what is shown. */
import { gate } from "./user-actions.js";
import { get } from "./api.js";
import { composeIn, mountComposer, resetComposer } from "./composer.js";
import { mountDrawer } from "./drawer.js";
import { forgetDrafts } from "./drafts.js";
import { fill, h, icon } from "./dom.js";
import { mountForum, showForum } from "./forum.js";
import { mountHelp } from "./help-menu.js";
import { mountHeader, mountTheme } from "./channel-header.js";
import { mountHelper } from "./first-steps.js";
import { connect } from "./live-socket.js";
import { hideMessages, mountMessages, showChannel } from "./message-list.js";
import { mountModals } from "./modal.js";
import { mountMe, mountMembers, mountProfiles } from "./people.js";
import { mountSidebar } from "./sidebar.js";
import { applyChannel, channelName, emit, isThread, on, state, userName } from "./store.js";
import { mountStoryTime } from "./upcoming.js";
import { startTicking } from "./time.js";
import { announce, attempt, toast } from "./toast.js";
import { mountTyping } from "./typing.js";

const PERSON = "fascicle-person";
const at = (id) => document.getElementById(id);
const shell = at("shell");
/** A channel that was just made and that the socket has not told yet. */
let promised = null;
let shownGate = false;
/** Where one was before the gate. */
let before = null;

function mount() {
  mountHeader(at("header"));
  mountHelp(at("brand"));
  mountTheme(at("brand"));
  mountSidebar(at("channels"));
  mountMe(at("me-panel"));
  mountMembers(at("members"));
  mountProfiles();
  mountStoryTime(at("story-time"));
  mountHelper(at("helper"));
  mountMessages(at("messages"));
  mountForum(at("forum"));
  mountTyping(at("typing"));
  mountComposer(at("composer"));
  mountModals();
  mountDrawer(at("drawer"));
  startTicking();
  mountShell();
}

function mountShell() {
  on("snapshot", route);
  on("channel", (id) => id === state.selected && show(id, null, true));
  on("channel-gone", (id) => id === state.selected && leaveGone());
  on("go", go);
  on("go-newest", (then) => firstPlace() && go({ channel: firstPlace().id, then }));
  on("go-named", goNamed);
  on("switch", switchTo);
  on("message", tellOfDm);
  on("anew", beginAnew);
  on("connection", drawConnection);
  on("bot", drawConnection);
  on("snapshot", drawConnection);
  on("toggle-nav", () => setNav(!shell.classList.contains("nav-open")));
  on("toggle-members", () => shell.classList.toggle("members-shown"));
  at("nav-shade").addEventListener("click", () => setNav(false));
  at("nav").addEventListener("keydown", (event) => event.key === "Escape" && setNav(false));
  at("channels").addEventListener("click", (event) => event.target.closest("a.place") && setNav(false));
  addEventListener("hashchange", route);
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    const field = at("composer").hidden
      ? at("forum").querySelector("button")
      : at("composer").querySelector(".command-form input");
    (field ?? at("say")).focus();
  });
}

/** On a phone the channels are a drawer of their own. */
function setNav(open) {
  const was = shell.classList.contains("nav-open");
  shell.classList.toggle("nav-open", open);
  const toggle = document.querySelector(".nav-toggle");
  toggle.setAttribute("aria-expanded", String(open));
  if (open) (at("channels").querySelector("[aria-current]") ?? at("channels").querySelector("a"))?.focus();
  else if (was && at("nav").contains(document.activeElement)) toggle.focus();
}

function go({ channel, message = null, data = null, then = null }) {
  if (data && !state.channels.has(channel)) applyChannel(data);
  promised = channel;
  const target = message ? `#/${channel}/${message}` : `#/${channel}`;
  if (location.hash === target) {
    route();
    then?.();
  } else {
    if (then) addEventListener("hashchange", () => then(), { once: true });
    location.hash = target;
  }
}

/** Shows what the address names; where that is not to be seen, the first place there is. */
function route() {
  if (!state.ready) return;
  const [, channel, message] = location.hash.split("/");
  if (channel && state.channels.has(channel)) {
    show(channel, message ?? null);
    if (message) history.replaceState(null, "", `#/${channel}`);
    return;
  }
  if (channel && channel === promised) return;
  const first = firstPlace();
  if (first) location.replace(`#/${first.id}`);
}

/** The place that a newcomer should see: where something was last said, else the first channel. */
function firstPlace() {
  const readable = [...state.channels.values()].filter((one) => [0, 5].includes(one.type) && !one.gated);
  const said = readable.filter((one) => one.last_message_id);
  const newest = said.sort((a, b) => (BigInt(a.last_message_id) < BigInt(b.last_message_id) ? 1 : -1))[0];
  return (
    newest ??
    readable.sort((a, b) => a.position - b.position)[0] ??
    [...state.channels.values()].find((one) => one.type !== 4)
  );
}

function show(id, message = null, again = false) {
  const channel = state.channels.get(id);
  if (!channel || channel.type === 4) return;
  const changed = state.selected !== id;
  state.selected = id;
  const gated = Boolean(channel.gated);
  const forum = channel.type === 15;
  at("gate").hidden = !gated;
  at("messages").hidden = gated || forum;
  at("composer").hidden = gated || forum;
  if (changed || !again) emit("selected", id);
  if (gated) return showGate(channel);
  shownGate = false;
  before = id;
  if (forum) {
    hideMessages();
    if (changed || at("forum").hidden) showForum(channel);
    return undefined;
  }
  showForum(null);
  composeIn(channel);
  if (again && !changed) return undefined;
  if (changed) announce(`${isThread(channel) ? "Thread" : "Channel"} ${channelName(channel)}`);
  return showChannel(id, message);
}

function showGate(channel) {
  showForum(null);
  hideMessages();
  if (shownGate === channel.id) return;
  shownGate = channel.id;
  const yes = h("button", { type: "button", class: "button primary", text: "I am of age, show it" });
  yes.addEventListener("click", async () => {
    await gate(channel.id);
    if (state.channels.get(channel.id)?.gated)
      applyChannel({ ...state.channels.get(channel.id), gated: false });
    show(channel.id);
  });
  const back = h("button", {
    type: "button",
    class: "button",
    text: "Take me back",
    on: { click: () => go({ channel: (state.channels.get(before) ?? firstPlace()).id }) },
  });
  fill(
    at("gate"),
    icon("warn", "icon large"),
    h("h2", { text: `#${channelName(channel)} is age-restricted` }),
    h("p", { text: "It may hold stories for adults. Are you of age?" }),
    h("div", { class: "gate-acts" }, yes, back),
  );
  yes.focus();
}

function leaveGone() {
  toast("That channel is gone, or you may not see it any more.");
  state.selected = null;
  const first = firstPlace();
  if (first) location.hash = `#/${first.id}`;
}

function switchTo(id) {
  sessionStorage.setItem(PERSON, id);
  localStorage.setItem(PERSON, id);
  history.replaceState(null, "", location.pathname + location.hash);
  resetComposer();
  hideMessages();
  setNav(false);
  connect(id);
  setTimeout(() => announce(`You are ${userName(state.me)} now`), 600);
}

/** Goes to a channel with that name, or stays where there is none; `then` something. */
function goNamed({ name, then }) {
  const found = [...state.channels.values()].find((one) => one.name === name && one.can?.send !== false);
  go({ channel: found?.id ?? state.selected, then });
}

/** A direct message that comes while one looks elsewhere. */
function tellOfDm(message) {
  if (message.guild_id || message.author.id === state.me.id || message.channel_id === state.selected) return;
  const read = () => state.channels.has(message.channel_id) && go({ channel: message.channel_id });
  toast(`${userName(message.author)} wrote to you.`, "info", ["Read it", read]);
}

/** The world behind the page began anew, so nothing that this window remembers holds any more. */
function beginAnew() {
  forgetDrafts();
  emit("first-steps");
  history.replaceState(null, "", location.pathname + location.search);
  location.reload();
}

function drawConnection() {
  const bar = at("connection");
  const lost = state.connection === "lost";
  const gone = !lost && state.bot && !state.bot.online;
  bar.hidden = !lost && !gone;
  bar.textContent = lost
    ? "The line to the sandbox is broken. Trying again…"
    : gone
      ? `${userName(state.bot)} is offline. Reactions and commands wait until it is back.`
      : "";
}

/** The person of this window, else the one of the last visit, else a reader: a newcomer begins by reading. */
async function start() {
  const answer = await attempt(() => get("/sandbox/people"));
  if (!answer) {
    at("connection").hidden = false;
    at("connection").textContent = "The sandbox does not answer. Trying again…";
    setTimeout(start, 2000);
    return;
  }
  const { people } = answer;
  const asked = new URLSearchParams(location.search).get("as");
  const wanted = [asked, sessionStorage.getItem(PERSON), localStorage.getItem(PERSON)];
  const known = wanted.map((id) => people.find((one) => one.id === id)).find(Boolean);
  const person =
    known ?? people.find((one) => /reader/i.test(one.note)) ?? people.find((one) => !one.note) ?? people[0];
  sessionStorage.setItem(PERSON, person.id);
  connect(person.id);
}

mount();
start();
