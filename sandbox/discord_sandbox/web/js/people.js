/** Who one is, who else there is, and a person's card. */
import { acceptDms, invoke, openDm, speak } from "./user-actions.js";
import { get } from "./api.js";
import { commandsOf } from "./command-list.js";
import { paintName } from "./color.js";
import { avatar, fill, h, icon } from "./dom.js";
import { popover } from "./popover.js";
import { describe, emit, guildOf, on, partOf, state, userById, userName } from "./store.js";
import { attempt } from "./toast.js";

/** The panel at the foot of the channel list: who I am, and the way to be someone else. */
export function mountMe(root) {
  const button = h("button", {
    type: "button",
    class: "me",
    id: "me",
    "aria-haspopup": "dialog",
    disabled: true, // until it is known who there is
  });
  button.addEventListener("click", () => openSwitcher(button));
  root.append(button);
  on("snapshot", () => {
    const { me } = state;
    const name = userName(me);
    button.disabled = false;
    button.setAttribute("aria-label", `You are ${name}, ${describe(me)}. Press to be someone else`);
    fill(
      button,
      avatar(me, 36),
      h("span", { class: "me-words" }, h("b", { text: name }), h("small", { text: partOf(me) || describe(me) })),
      h("span", { class: "me-switch" }, "Switch", icon("chevron")),
    );
  });
}

/** Asks anew who there is, for whom a message waits changes without this window being told. */
async function openSwitcher(anchor) {
  const answer = await get("/sandbox/people").catch(() => null);
  for (const one of answer?.people ?? []) state.people.set(one.id, one);
  showSwitcher(anchor);
}

function showSwitcher(anchor) {
  const choose = (person) => {
    box.close();
    if (person.id !== state.me.id) emit("switch", person.id);
  };
  const rows = [...state.people.values()].map((person) => {
    const mine = person.id === state.me.id;
    return h(
      "button",
      {
        type: "button",
        class: `person${mine ? " here" : ""}`,
        "aria-pressed": String(mine),
        dataset: { person: person.id },
        on: { click: () => choose(person) },
      },
      avatar(person, 36),
      h(
        "span",
        { class: "me-words" },
        h("b", { text: userName(person) }),
        h("small", { text: describe(person) }),
      ),
      person.unread_dms && !mine
        ? h("span", {
            class: "badge",
            text: String(person.unread_dms),
            "aria-label": `${person.unread_dms} unread direct messages`,
          })
        : null,
      mine ? icon("check") : null,
    );
  });
  const accept = h("input", { type: "checkbox", checked: state.me.accepts_dms !== false });
  accept.addEventListener("change", () => acceptDms(accept.checked));
  const language = h(
    "select",
    {},
    Object.entries(state.locales ?? {}).map(([locale, name]) =>
      h("option", { value: locale, text: name, selected: locale === state.me.locale }),
    ),
  );
  language.addEventListener("change", () => speak(language.value));
  const box = popover(
    anchor,
    [
      h("h3", { class: "popover-title", text: "Who do you want to be?" }),
      h("div", { class: "persons" }, rows),
      h(
        "label",
        { class: "switch-line" },
        accept,
        h("span", { text: "Take direct messages from people and bots of my servers" }),
      ),
      h("label", { class: "switch-line" }, h("span", { text: "My language in Discord" }), language),
    ],
    { label: "Switch person", className: "switcher", above: true },
  );
  const stops = [...box.panel.querySelectorAll(".person")];
  box.panel.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = stops.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    stops[(at + step + stops.length) % stops.length].focus();
  });
}

/** The card that opens when one presses a name. */
export function mountProfiles() {
  on("profile", ({ user: id, anchor }) => {
    const user = userById(id);
    if (user) openProfile(user, anchor);
  });
}

async function openProfile(user, anchor) {
  const channel = state.channels.get(state.selected);
  const guild = guildOf(channel);
  const member = guild?.members.find((one) => one.user.id === user.id);
  const roles = (guild?.roles ?? [])
    .filter((one) => member?.roles.includes(one.id))
    .sort((a, b) => b.position - a.position);
  const person = state.people.get(user.id);
  const write = h("button", { type: "button", class: "button primary", text: "Write a direct message" });
  write.addEventListener("click", async () => {
    box.close();
    const made = await openDm(user.id);
    if (made) emit("go", { channel: made.id, data: made });
  });
  const apps = h("div", { class: "profile-apps" });
  const body = [
    h(
      "div",
      { class: "profile-head" },
      avatar(user, 64),
      h(
        "div",
        {},
        paintName(h("h3", { text: userName(user, guild) }), member?.color),
        h("p", { class: "dim" }, user.username, user.bot ? h("span", { class: "tag", text: "APP" }) : null),
      ),
    ),
    person?.note ? h("p", { class: "note", text: person.note }) : null,
    roles.length
      ? h(
          "ul",
          { class: "role-chips", "aria-label": "Roles" },
          roles.map((role) => roleChip(role)),
        )
      : null,
    user.id === state.me.id ? h("p", { class: "note", text: "This is you." }) : write,
    apps,
  ];
  const box = popover(anchor, body, { label: `About ${userName(user, guild)}`, className: "profile" });
  const commands = channel ? await commandsOf(channel.id).catch(() => []) : [];
  fill(
    apps,
    commands
      .filter((one) => one.type === 2)
      .map((one) =>
        h("button", {
          type: "button",
          class: "button small",
          text: one.name,
          on: {
            click: () => {
              box.close();
              attempt(() => invoke(channel.id, one.name, {}, user.id));
            },
          },
        }),
      ),
  );
}

function roleChip(role) {
  const dot = h("span", { class: "role-dot" });
  if (role.color) dot.style.setProperty("background", `#${role.color.toString(16).padStart(6, "0")}`);
  return h("li", {}, dot, role.name);
}

/** The list of members at the right. */
export function mountMembers(root) {
  const draw = () => {
    const guild = guildOf(state.channels.get(state.selected));
    root.closest(".shell").classList.toggle("no-members", !guild);
    if (guild) fill(root, h("h2", { class: "sr", text: `Members of ${guild.name}` }), groups(guild));
  };
  for (const event of ["snapshot", "selected", "bot"]) on(event, draw);
}

function groups(guild) {
  const hoisted = guild.roles.filter((one) => one.hoist).sort((a, b) => b.position - a.position);
  const left = new Set(guild.members);
  const out = [];
  for (const role of hoisted) {
    const list = [...left].filter((one) => one.roles.includes(role.id));
    list.forEach((one) => left.delete(one));
    if (list.length) out.push(group(role.name, list, guild));
  }
  const bots = [...left].filter((one) => one.user.bot);
  bots.forEach((one) => left.delete(one));
  if (left.size) out.push(group("Members", [...left], guild));
  if (bots.length) out.push(group("Bots", bots, guild));
  return out;
}

function group(name, members, guild) {
  return h(
    "section",
    {},
    h("h3", { class: "category", text: `${name} — ${members.length}` }),
    h(
      "ul",
      { class: "members", role: "list" },
      members.map((one) => memberRow(one, guild)),
    ),
  );
}

/** The part that somebody plays, under their name. */
function part(id) {
  const words = partOf(state.people.get(id));
  return words ? h("small", { text: words }) : null;
}

function memberRow(one, guild) {
  const bot = one.user.id === state.bot?.id;
  const offline = bot && !state.bot.online;
  const row = h(
    "button",
    { type: "button", class: `member${offline ? " offline" : ""}` },
    h("span", { class: `with-dot${bot ? (offline ? " off" : " on") : ""}` }, avatar(one.user, 32)),
    h(
      "span",
      { class: "me-words" },
      paintName(h("b", { text: userName(one.user, guild) }), one.color),
      bot
        ? h("small", { text: offline ? "offline" : state.bot.activity || "online" })
        : part(one.user.id),
    ),
    one.user.bot ? h("span", { class: "tag", text: "APP" }) : null,
  );
  row.addEventListener("click", () => emit("profile", { user: one.user.id, anchor: row }));
  return h("li", {}, row);
}
