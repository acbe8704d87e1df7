/** The live socket: one open line, opened again with growing waits, and a fresh picture after every gap. */
import { applyMessage, dropMessage, resync } from "./channel-history.js";
import {
  applyBot,
  applyChannel,
  applyInteraction,
  applySnapshot,
  dropChannel,
  emit,
  state,
} from "./store.js";

const FIRST_WAIT = 400;
const LONGEST_WAIT = 8000;

let socket = null;
let person = null;
let trace = false;
let wait = FIRST_WAIT;
let timer = 0;

const HANDLERS = {
  state: (data) => {
    applySnapshot(data);
    resync().catch(() => {});
  },
  message: (data) => applyMessage(data, true),
  message_edit: (data) => applyMessage(data, false),
  message_delete: dropMessage,
  channel: applyChannel,
  channel_delete: dropChannel,
  interaction: applyInteraction,
  bot: applyBot,
  typing: (data) => emit("typing", data),
  commands: () => emit("commands"),
  trace: (data) => emit("trace", data),
  faults: (data) => {
    state.faults = data;
    emit("faults");
  },
};

/** Opens the line as a person; an older one is closed. */
export function connect(personId) {
  person = personId;
  wait = FIRST_WAIT;
  open();
}

/** Whether the bot's requests are told too. */
export function setTrace(wanted) {
  if (trace === wanted) return;
  trace = wanted;
  if (person) open();
}

function open() {
  clearTimeout(timer);
  const old = socket;
  const address = new URL("/sandbox/live", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  address.searchParams.set("as", person);
  if (trace) address.searchParams.set("trace", "1");
  const line = new WebSocket(address);
  socket = line;
  line.addEventListener("message", (event) => receive(line, event));
  line.addEventListener("close", () => lost(line));
  old?.close();
}

function receive(line, event) {
  if (line !== socket) return;
  const frame = JSON.parse(event.data);
  if (frame.type === "state") {
    wait = FIRST_WAIT;
    setConnection("open");
  }
  HANDLERS[frame.type]?.(frame.data);
}

function lost(line) {
  if (line !== socket) return;
  setConnection("lost");
  timer = setTimeout(open, wait);
  wait = Math.min(wait * 1.7, LONGEST_WAIT);
}

function setConnection(value) {
  if (state.connection === value) return;
  state.connection = value;
  emit("connection");
}

// A laptop that wakes up, or a network that returns, need not wait for the timer.
addEventListener("online", () => {
  if (state.connection === "lost") open();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && state.connection === "lost") open();
});
