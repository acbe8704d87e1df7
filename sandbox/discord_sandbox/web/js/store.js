/**
 * What this window knows: the snapshot of the person who looks, the messages read so far, and who must be told of
 * changes. Views subscribe with `on` and read `state`; only the functions here and `live.js` change it.
 */
export const state = {
  ready: false,
  now: 0, // the sandbox's clock minus this browser's, in milliseconds
  me: null,
  people: new Map(),
  bot: null,
  guilds: [],
  dms: [],
  channels: new Map(),
  interactions: new Map(),
  faults: [],
  actions: [],
  logs: new Map(), // channel id -> Log
  selected: null,
  epoch: undefined, // another one: the world began anew
  connection: "connecting", // connecting | open | lost
};

const listeners = new Map();

/** Calls `handler` whenever `event` happens. */
export function on(event, handler) {
  if (!listeners.has(event)) listeners.set(event, new Set());
  listeners.get(event).add(handler);
}

/** Tells everybody who listens. One view's failure does not keep it from the others. */
export function emit(event, detail) {
  for (const handler of listeners.get(event) ?? []) {
    try {
      handler(detail);
    } catch (error) {
      console.error(error);
    }
  }
}

/** Takes a snapshot as the whole truth. Messages read so far stay and are brought up to date by `resync`. */
export function applySnapshot(snapshot) {
  if (state.ready && snapshot.epoch !== state.epoch) {
    emit("anew");
    return;
  }
  state.epoch = snapshot.epoch;
  const other = state.me && state.me.id !== snapshot.me.id;
  state.now = Date.parse(snapshot.now) - Date.now();
  state.me = snapshot.me;
  state.locales = snapshot.locales;
  state.people = new Map(snapshot.people.map((person) => [person.id, person]));
  state.bot = snapshot.bot;
  state.guilds = snapshot.guilds;
  state.dms = snapshot.dms;
  state.faults = snapshot.faults ?? [];
  state.actions = snapshot.actions ?? [];
  state.interactions = new Map((snapshot.interactions ?? []).map((one) => [one.id, one]));
  state.channels = new Map();
  for (const guild of snapshot.guilds) {
    for (const channel of [...guild.channels, ...guild.threads])
      state.channels.set(channel.id, { ...channel, guild_id: guild.id });
  }
  for (const channel of snapshot.dms) state.channels.set(channel.id, channel);
  if (other) state.logs.clear();
  for (const id of state.logs.keys()) if (!state.channels.has(id)) state.logs.delete(id);
  state.ready = true;
  emit("snapshot", snapshot);
  emit("channels");
}

/** A channel that is new or has changed. */
export function applyChannel(channel) {
  const known = state.channels.get(channel.id);
  state.channels.set(channel.id, { ...known, ...channel });
  const archived = channel.thread_metadata?.archived;
  if (channel.guild_id === undefined || channel.guild_id === null) {
    state.dms = [...state.dms.filter((one) => one.id !== channel.id), channel];
  } else if (!known || archived !== known.thread_metadata?.archived) {
    listInGuild(channel, archived);
  }
  emit("channels");
  emit("channel", channel.id);
}

function listInGuild(channel, archived) {
  const guild = state.guilds.find((one) => one.id === channel.guild_id);
  if (!guild) return;
  const field = isThread(channel) ? "threads" : "channels";
  const others = guild[field].filter((one) => one.id !== channel.id);
  guild[field] = archived ? others : [...others, channel];
}

/** A channel that is gone (or that I may no longer see). */
export function dropChannel({ id }) {
  state.channels.delete(id);
  state.logs.delete(id);
  for (const guild of state.guilds) {
    guild.channels = guild.channels.filter((one) => one.id !== id);
    guild.threads = guild.threads.filter((one) => one.id !== id);
  }
  state.dms = state.dms.filter((one) => one.id !== id);
  emit("channels");
  emit("channel-gone", id);
}

/** The bot's presence. */
export function applyBot(presence) {
  state.bot = { ...state.bot, ...presence };
  emit("bot");
}

/** An interaction of mine that began, moved or ended. */
export function applyInteraction(interaction) {
  const { id, message_id: message } = interaction;
  if (message && interaction.state === "waiting") dropFailures(message);
  state.interactions.set(id, interaction);
  emit("interaction", interaction);
  if (interaction.state === "done") state.interactions.delete(id);
}

/** A new press on a message makes the old failures there uninteresting. */
function dropFailures(message) {
  for (const [id, one] of state.interactions)
    if (one.message_id === message && one.state === "failed") state.interactions.delete(id);
}

/** Forgets an interaction that the person has seen the end of. */
export function forgetInteraction(id) {
  const known = state.interactions.get(id);
  state.interactions.delete(id);
  if (known) emit("interaction", { ...known, forgotten: true });
}

export function isThread(channel) {
  return channel.type === 10 || channel.type === 11 || channel.type === 12;
}

/** The guild of a channel; null for a DM. */
export function guildOf(channel) {
  return (channel?.guild_id && state.guilds.find((one) => one.id === channel.guild_id)) || null;
}

/** What a channel is called by the person who looks. */
export function channelName(channel) {
  if (!channel) return "a channel you cannot see";
  if (channel.type === 1) return channel.recipients?.map(userName).join(", ") || "Direct message";
  return channel.name;
}

/** What a user is called: nick in the guild, else display name, else user name. */
export function userName(user, guild = null) {
  if (!user) return "someone";
  const member = guild?.members?.find((one) => one.user.id === user.id);
  return member?.nick || user.global_name || user.username;
}

/** What a person is here: the sandbox's own word for them, else their roles. */
export function describe(person) {
  if (person.note) return person.note;
  const names = state.guilds.flatMap((guild) => {
    const member = guild.members.find((one) => one.user.id === person.id);
    return guild.roles.filter((role) => member?.roles.includes(role.id)).map((role) => role.name);
  });
  return [...new Set(names)].join(", ") || "member";
}

/** The first of what there is to say of a person: "admin" of "admin, owner of Lantern House". */
export const partOf = (person) => person?.note?.split(",")[0] ?? "";

/** Anyone we have heard of, by id. */
export function userById(id) {
  if (state.bot?.id === id) return state.bot;
  if (state.people.has(id)) return state.people.get(id);
  for (const guild of state.guilds) {
    const member = guild.members.find((one) => one.user.id === id);
    if (member) return member.user;
  }
  return null;
}

/** The sandbox's time, in milliseconds. */
export function now() {
  return Date.now() + state.now;
}
