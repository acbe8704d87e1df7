/** The messages of one channel that this window holds: a window of its history without holes. */
import { get } from "./api.js";
import { emit, state } from "./store.js";

const PAGE = 50;
/** More than this many messages are not kept; the far end is dropped and read again when it is needed. */
const KEPT = 400;

const older = (a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1);

/** The log of a channel; made (empty and not loaded) where there is none. */
export function logOf(channelId) {
  let log = state.logs.get(channelId);
  if (!log) {
    log = {
      id: channelId,
      messages: [],
      loaded: false,
      loading: null,
      missed: [], // what came over the socket while a page was on its way
      more: false,
      newer: false,
      versions: new Map(),
      turned: null, // the message that shows another page since it was last drawn
    };
    state.logs.set(channelId, log);
  }
  return log;
}

function bump(log, id) {
  log.versions.set(id, (log.versions.get(id) ?? 0) + 1);
}

/** Merges messages in; only those that really differ count as changed. */
function merge(log, incoming) {
  const byId = new Map(log.messages.map((one) => [one.id, one]));
  for (const message of incoming) {
    const known = byId.get(message.id);
    if (known && JSON.stringify(known) === JSON.stringify(message)) continue;
    if (known && known.edited_timestamp !== message.edited_timestamp) log.turned = message.id;
    byId.set(message.id, message);
    bump(log, message.id);
  }
  log.messages = [...byId.values()].sort(older);
}

function fetchPage(log, query) {
  return get(`/sandbox/channels/${log.id}/messages`, { as: state.me.id, limit: PAGE, ...query });
}

/** Reads one page at a time. The page may be older than what the socket tells meanwhile, so that is done again after it. */
async function guarded(log, work) {
  if (log.loading) return log.loading;
  log.missed = [];
  log.loading = work()
    .then(() => log.missed.forEach((again) => again()))
    .finally(() => {
      log.loading = null;
    });
  return log.loading;
}

/** Does something to a log, now and once more after the page that is on its way. */
function onLog(log, act) {
  if (!log) return;
  if (log.loading) log.missed.push(act);
  act();
}

/** Reads the newest page. What is newer than it is kept; what was deleted meanwhile goes. */
export function loadLatest(log) {
  return guarded(log, async () => {
    const page = await fetchPage(log, {});
    const oldest = page.messages[0]?.id;
    const joined = !log.newer && log.messages.some((one) => page.messages.some((two) => two.id === one.id));
    const fresh = new Set(page.messages.map((one) => one.id));
    const last = page.messages.at(-1)?.id;
    log.messages = log.messages.filter((one) => {
      if (last && BigInt(one.id) > BigInt(last)) return !log.newer;
      return joined && (fresh.has(one.id) || BigInt(one.id) < BigInt(oldest));
    });
    if (!joined || log.messages[0]?.id === oldest || !log.messages.length) log.more = page.more;
    merge(log, page.messages);
    log.loaded = true;
    log.newer = false;
    emit("log", log.id);
  });
}

/** Reads the page before the oldest message held. */
export function loadOlder(log) {
  if (!log.more || !log.messages.length) return Promise.resolve();
  return guarded(log, async () => {
    const page = await fetchPage(log, { before: log.messages[0].id });
    merge(log, page.messages);
    log.more = page.more;
    if (log.messages.length > KEPT) {
      log.messages = log.messages.slice(0, KEPT);
      log.newer = true;
    }
    emit("log", log.id);
  });
}

/** Reads the page after the newest message held. */
export function loadNewer(log) {
  if (!log.newer) return Promise.resolve();
  return guarded(log, async () => {
    const page = await fetchPage(log, { after: log.messages.at(-1).id });
    merge(log, page.messages);
    log.newer = page.messages.length >= PAGE;
    if (log.messages.length > KEPT) {
      log.messages = log.messages.slice(-KEPT);
      log.more = true;
    }
    emit("log", log.id);
  });
}

/** Makes sure that a message is held, whatever its age; false where it does not exist any more. */
export async function loadAround(log, messageId) {
  if (log.loading) await log.loading;
  if (log.messages.some((one) => one.id === messageId)) return true;
  await guarded(log, async () => {
    const page = await fetchPage(log, { around: messageId });
    const last = page.messages.at(-1)?.id;
    const newest = state.channels.get(log.id)?.last_message_id;
    log.messages = [];
    merge(log, page.messages);
    log.more = page.more;
    log.newer = Boolean(last && newest && BigInt(last) < BigInt(newest));
    log.loaded = true;
    emit("log", log.id);
  });
  return log.messages.some((one) => one.id === messageId);
}

/** A message that was made or changed. */
export function applyMessage(message, isNew) {
  const channel = state.channels.get(message.channel_id);
  if (isNew && channel) {
    if (!message.ephemeral) channel.last_message_id = message.id;
    const reading = state.selected === channel.id && document.visibilityState === "visible";
    if (message.author.id !== state.me.id && !reading && !message.ephemeral) {
      channel.unread = true;
      if (message.pings_me || channel.type === 1) channel.mentions = (channel.mentions ?? 0) + 1;
      emit("channels");
    }
  }
  const log = state.logs.get(message.channel_id);
  onLog(log, () => {
    const known = log.messages.some((one) => one.id === message.id);
    if (!log.loaded || !(known || (isNew && !log.newer))) return;
    merge(log, [message]);
    emit("log", log.id);
  });
  emit(isNew ? "message" : "message-edit", message);
}

/** A message that is gone. */
export function dropMessage({ channel_id, id }) {
  const log = state.logs.get(channel_id);
  onLog(log, () => {
    if (!log.messages.some((one) => one.id === id)) return;
    log.messages = log.messages.filter((one) => one.id !== id);
    log.versions.delete(id);
    emit("log", log.id);
  });
  emit("message-delete", { channel_id, id });
}

/** After a gap in the line: the open channel is read again, the others when they are opened. */
export function resync() {
  for (const log of state.logs.values()) if (log.id !== state.selected) log.loaded = false;
  const log = state.logs.get(state.selected);
  if (log?.loaded) return loadLatest(log);
  return Promise.resolve();
}

/** The id of the first message I have not read; null where there is none or it is not loaded. */
export function firstUnreadOf(log) {
  const channel = state.channels.get(log.id);
  if (!channel?.unread || channel.last_read_id === undefined || !log.loaded) return null;
  if (channel.last_read_id === null && log.more) return null;
  const read = BigInt(channel.last_read_id ?? 0);
  return log.messages.find((one) => BigInt(one.id) > read && one.author.id !== state.me.id)?.id ?? null;
}

/** My newest message that I can edit. */
export function lastOwnMessage(log) {
  return (
    log.messages.findLast((one) => one.author.id === state.me.id && one.type !== 20 && !one.ephemeral) ?? null
  );
}
