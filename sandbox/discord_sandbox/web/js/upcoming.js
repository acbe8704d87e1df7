/** What comes out next, and the buttons that do not wait for it. */
import { get, post } from "./api.js";
import { confirmBox } from "./dialogs.js";
import { fill, h, icon, iconButton } from "./dom.js";
import { menu, popover } from "./popover.js";
import { now, on, state } from "./store.js";
import { timeNode } from "./time.js";
import { attempt, toast } from "./toast.js";

const EVERY = 5000;
/** So many buttons fit beside what comes next. */
const MOST = 2;

let root;
let upcoming = [];
let note = "";
let drawn = "";

/** Builds the strip; it stays away where nobody tells what comes and there is nothing to do. */
export function mountStoryTime(node) {
  root = node;
  on("snapshot", () => {
    draw();
    load();
  });
  on("message", () => setTimeout(load, 300));
  setInterval(() => document.visibilityState === "visible" && state.ready && load(), EVERY);
}

async function load() {
  try {
    ({ upcoming, note = "" } = await get("/sandbox/upcoming"));
  } catch {
    return;
  }
  draw();
}

function draw() {
  const coming = upcoming.filter((one) => Date.parse(one.at) > now() - 60000);
  const key = JSON.stringify([coming, note, state.actions]);
  if (key === drawn) return;
  drawn = key;
  root.hidden = !coming.length && !state.actions.length;
  const focus = root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  fill(
    root,
    h("h2", { class: "sr", text: "Story time" }),
    icon("clock"),
    words(coming),
    state.actions.length ? acts(state.actions) : null,
  );
  if (focus) [...root.querySelectorAll("[data-key]")].find((one) => one.dataset.key === focus)?.focus();
}

function words(coming) {
  if (!coming.length) return h("p", { class: "story-next", text: note || "No chapter is due." });
  const [first] = coming;
  const more =
    coming.length > 1
      ? h("button", {
          type: "button",
          class: "linkish",
          text: `and ${coming.length - 1} more`,
          "aria-haspopup": "dialog",
          dataset: { key: "more" },
          on: { click: (event) => openAll(event.currentTarget, coming) },
        })
      : null;
  return h(
    "p",
    { class: "story-next" },
    h(
      "span",
      { class: "story-line" },
      h("span", { class: "story-label", text: "Next " }),
      h("b", { text: first.title }),
      h("span", { class: "story-of", text: ` · ${first.story}` }),
      " in ",
      timeNode(Date.parse(first.at), "left", "story-left"),
      " ",
      more,
    ),
    note ? h("small", { class: "story-note", title: note, text: note }) : null,
  );
}

function openAll(anchor, coming) {
  popover(
    anchor,
    [
      h("h3", { class: "popover-title", text: "What comes next" }),
      h(
        "ul",
        { class: "coming", role: "list" },
        coming.map((one) =>
          h(
            "li",
            {},
            h("b", { text: one.title }),
            h("span", { class: "dim", text: one.story }),
            h("span", {}, timeNode(Date.parse(one.at), "s"), " · ", timeNode(Date.parse(one.at), "R")),
          ),
        ),
      ),
    ],
    { label: "What comes next", className: "list-box" },
  );
}

/** The buttons; where there is no room for all, the first one and a menu with the rest. */
function acts(actions) {
  const rest = actions.slice(1);
  const more = iconButton(
    "more",
    "More to do",
    () =>
      menu(
        more,
        "More to do",
        rest.map((one) => ({ label: one.label, danger: Boolean(one.confirm), run: () => begin(one) })),
      ),
    { class: "story-more", dataset: { key: "acts" }, "aria-haspopup": "menu" },
  );
  return h(
    "div",
    { class: `story-acts${actions.length > MOST ? " many" : ""}` },
    actions.map(action),
    rest.length ? more : null,
  );
}

function action(one) {
  const button = h("button", {
    type: "button",
    class: "button small",
    text: one.label,
    dataset: { key: `act:${one.name}` },
  });
  button.addEventListener("click", () => begin(one, button));
  return button;
}

/** Does it, after a question where the action has one. */
function begin(one, button = null) {
  if (one.confirm) confirmBox(`${one.label}?`, one.confirm, one.label, () => run(one, button));
  else run(one, button);
}

async function run(one, button) {
  button?.classList.add("busy");
  if (button) button.disabled = true;
  const answer = await attempt(() => post(`/sandbox/actions/${encodeURIComponent(one.name)}`));
  button?.classList.remove("busy");
  if (button) button.disabled = false;
  if (answer?.text) toast(answer.text);
  load();
}
