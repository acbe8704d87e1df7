/** Behind the scenes: what the bot asks of Discord, what it is told, and switches that make trouble for it. */
import { fill, h, iconButton } from "./dom.js";
import { setTrace } from "./live-socket.js";
import { emit, on, state } from "./store.js";
import { drawTrouble, mountTrouble } from "./fault-panel.js";
import { mountTrace } from "./trace.js";

const TABS = [
  ["trace", "What the bot does"],
  ["trouble", "Make trouble"],
];

let root;
let shell;
let panels;
let tabs;

/** Builds the drawer, closed. */
export function mountDrawer(node) {
  root = node;
  shell = document.getElementById("shell");
  panels = Object.fromEntries(
    TABS.map(([key, label]) => [
      key,
      h("div", {
        class: `drawer-panel for-${key}`,
        id: `panel-${key}`,
        role: "tabpanel",
        "aria-label": label,
        hidden: key !== "trace",
      }),
    ]),
  );
  tabs = TABS.map(([key, label]) =>
    h("button", {
      type: "button",
      role: "tab",
      id: `tab-${key}`,
      class: "tab",
      text: label,
      "aria-controls": `panel-${key}`,
      "aria-selected": String(key === "trace"),
      tabIndex: key === "trace" ? 0 : -1,
      on: { click: () => select(key) },
    }),
  );
  const strip = h("div", { class: "tabs", role: "tablist", "aria-label": "Behind the scenes" }, tabs);
  strip.addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = tabs.find((one) => one.getAttribute("aria-selected") !== "true");
    other.click();
    other.focus();
  });
  const status = h("p", { class: "bot-status", role: "status" });
  root.append(
    h(
      "div",
      { class: "drawer-head" },
      h("h2", { text: "Behind the scenes" }),
      iconButton("close", "Close", () => emit("toggle-drawer")),
    ),
    status,
    strip,
    ...Object.values(panels),
  );
  root.addEventListener("keydown", (event) => event.key === "Escape" && emit("toggle-drawer"));
  mountTrace(panels.trace);
  mountTrouble(panels.trouble);
  on("toggle-drawer", toggle);
  const drawStatus = () => {
    const { bot } = state;
    if (!bot) return;
    const faults = state.faults.length;
    fill(
      status,
      h("span", { class: `presence ${bot.online ? "on" : "off"}` }),
      `${bot.global_name || bot.username} is ${bot.online ? "online" : "offline"}`,
      faults
        ? h("button", {
            type: "button",
            class: "linkish",
            text: ` · ${faults} ${faults === 1 ? "trouble" : "troubles"} switched on`,
            on: { click: () => select("trouble") },
          })
        : null,
    );
  };
  for (const event of ["snapshot", "bot", "faults"]) on(event, drawStatus);
}

function select(key) {
  for (const one of tabs) {
    const chosen = one.id === `tab-${key}`;
    one.setAttribute("aria-selected", String(chosen));
    one.tabIndex = chosen ? 0 : -1;
  }
  for (const [name, panel] of Object.entries(panels)) panel.hidden = name !== key;
  if (key === "trouble") drawTrouble();
}

function toggle() {
  const open = root.hidden;
  root.hidden = !open;
  shell.classList.toggle("drawer-open", open);
  const button = document.getElementById("behind");
  button.setAttribute("aria-expanded", String(open));
  setTrace(open);
  if (open) {
    emit("drawer-opened");
    drawTrouble();
    tabs.find((one) => one.tabIndex === 0).focus();
  } else button.focus();
}
