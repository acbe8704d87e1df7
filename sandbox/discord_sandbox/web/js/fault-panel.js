/** Switches that make trouble for the bot, each in plain words. */
import { get, post, remove } from "./api.js";
import { fill, h } from "./dom.js";
import { channelName, guildOf, on, state, userName } from "./store.js";
import { attempt, toast } from "./toast.js";
import { FAULTS, LINE, PERMISSIONS } from "./fault-kinds.js";

let root;
let active;
let here;

/** Builds the panel. */
export function mountTrouble(node) {
  root = node;
  active = h("section", { class: "trouble-part", "aria-label": "Switched on now" });
  here = h("section", { class: "trouble-part", "aria-label": "Permissions here" });
  root.append(
    active,
    part(
      "Its requests",
      FAULTS.map(([label, words, body, inChannel]) =>
        entry(label, words, () =>
          post("/sandbox/faults", inChannel ? { ...body, channel: state.selected } : body),
        ),
      ),
    ),
    part(
      "Its line",
      LINE.map(([label, words, run]) => entry(label, words, run)),
    ),
    here,
  );
  for (const event of ["faults", "snapshot"]) on(event, drawActive);
  for (const event of ["selected", "snapshot", "channel"]) on(event, () => shown() && drawHere());
}

const shown = () => root.offsetParent !== null;

function part(title, rows) {
  return h("section", { class: "trouble-part" }, h("h3", { text: title }), h("ul", { role: "list" }, rows));
}

function entry(label, words, run) {
  const button = h("button", { type: "button", class: "button small", text: "Do it", "aria-label": label });
  button.addEventListener("click", async () => {
    button.disabled = true;
    if (await attempt(run)) toast(`${label}: done.`);
    button.disabled = false;
  });
  return h(
    "li",
    { class: "trouble" },
    h("span", { class: "trouble-words" }, h("b", { text: label }), h("small", { text: words })),
    button,
  );
}

/** Brings the panel up to date. */
export function drawTrouble() {
  drawActive();
  drawHere();
}

function drawActive() {
  if (!state.faults.length) {
    fill(active);
    return;
  }
  const away = (fault) => attempt(() => remove(`/sandbox/faults/${fault.id}`));
  fill(
    active,
    h("h3", { text: "Switched on now" }),
    h(
      "ul",
      { role: "list" },
      state.faults.map((fault) =>
        h(
          "li",
          { class: "trouble on" },
          h(
            "span",
            { class: "trouble-words" },
            h("b", { text: fault.label ?? fault.kind }),
            h("small", { text: `met ${fault.used ?? 0} times${fault.count ? ` of ${fault.count}` : ""}` }),
          ),
          h("button", {
            type: "button",
            class: "button small",
            text: "Switch off",
            "aria-label": `Switch off: ${fault.label ?? fault.kind}`,
            on: { click: () => away(fault) },
          }),
        ),
      ),
    ),
    h("button", {
      type: "button",
      class: "button small",
      text: "Switch all off",
      on: { click: () => attempt(() => remove("/sandbox/faults")) },
    }),
  );
}

async function drawHere() {
  const channel = state.channels.get(state.selected);
  const guild = guildOf(channel);
  if (!guild) {
    fill(
      here,
      h("h3", { text: "What the bot may do" }),
      h("p", { class: "note", text: "Open a channel of a server to change what the bot may do there." }),
    );
    return;
  }
  const target = channel.thread_metadata ? state.channels.get(channel.parent_id) : channel;
  const known = guild.bot_member
    ? await get("/sandbox/permissions", { channel: target.id }).catch(() => null)
    : null;
  if (state.selected !== channel.id) return;
  const focus = here.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  fill(
    here,
    h("h3", { text: `What the bot may do in #${channelName(target)}` }),
    known
      ? h(
          "ul",
          { role: "list" },
          PERMISSIONS.map(([name, label]) => permission(target, name, label, known.names.includes(name))),
        )
      : null,
    member(guild),
  );
  if (focus) [...here.querySelectorAll("[data-key]")].find((one) => one.dataset.key === focus)?.focus();
}

function permission(channel, name, label, may) {
  const box = h("input", {
    type: "checkbox",
    role: "switch",
    checked: may,
    dataset: { key: name, permission: name },
  });
  box.addEventListener("change", async () => {
    await attempt(() =>
      post("/sandbox/permissions", {
        channel: channel.id,
        permission: name,
        state: box.checked ? "allow" : "deny",
      }),
    );
    drawHere();
  });
  return h(
    "li",
    {},
    h(
      "label",
      { class: "switch-line" },
      box,
      h("span", { text: label }),
      h("small", { text: may ? "yes" : "no" }),
    ),
  );
}

function member(guild) {
  const bot = userName(state.bot);
  const run = async () => {
    await attempt(() => post(`/sandbox/guilds/${guild.id}/${guild.bot_member ? "kick" : "invite"}`));
    setTimeout(drawHere, 200);
  };
  return h(
    "div",
    { class: "trouble" },
    h(
      "span",
      { class: "trouble-words" },
      h("b", {
        text: guild.bot_member ? `Throw ${bot} out of ${guild.name}` : `Invite ${bot} to ${guild.name}`,
      }),
      h("small", {
        text: guild.bot_member
          ? "What was set up there should be remembered."
          : "It should go on where it stopped.",
      }),
    ),
    h("button", {
      type: "button",
      class: "button small danger",
      dataset: { key: "member" },
      text: guild.bot_member ? "Throw out" : "Invite",
      on: { click: run },
    }),
  );
}
