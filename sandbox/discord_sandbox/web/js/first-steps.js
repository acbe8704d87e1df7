/** The card that leads a newcomer: as reader, author and admin, one thing after the other, ticked as they are done. */
import { fill, h, icon, iconButton } from "./dom.js";
import { emit, on, partOf, state, userName } from "./store.js";

const CLOSED = "fascicle-helper-closed";
const DONE = "fascicle-helper-done";
const DECISION = /accept|decline|annehm|ablehn/i;
const FORWARD = /^[▶◀⏭]/u;

/** `part` is whom one is for it, `words` are sentences and names of commands; `act` is the words of its button, and what that does. */
const STEPS = [
  {
    key: "turn",
    part: "reader",
    title: "Turn a page",
    words: ["A chapter is out. Press ▶️ below it to turn its page."],
    act: ["Show me", beckon],
  },
  {
    key: "suggest",
    part: "reader",
    title: "Send an idea",
    words: ["What should happen next? Tell the author with ", "/suggest", "."],
    act: ["Send an idea", () => use("suggest")],
  },
  {
    key: "author",
    part: "author",
    title: "Decide on it",
    words: ["The idea waits in the queue, ", "/author queue", ". Accept or decline it."],
    act: ["Open the queue", () => use("author queue")],
  },
  {
    key: "admin",
    part: "admin",
    title: "Add a channel",
    words: ["Admins choose where a story appears: ", "/subscribe", " brings one to a channel."],
    act: ["Add a channel", addChannel],
  },
];

const QUIET = "reading-room";
/** Milliseconds until the messages of a channel stand there. */
const MOVED = 500;

let root;
let done;

/** Runs a command; where nothing can be written, where the newest chapter is. */
function use(name) {
  const run = () => emit("use-command", { name, atOnce: true });
  if (document.getElementById("composer").hidden) emit("go-newest", run);
  else run();
}

function addChannel() {
  emit("go-named", { name: QUIET, then: () => use("subscribe") });
}

/** Brings the newest chapter's ▶️ into view and draws the eye to it. */
function beckon() {
  const draw = () => {
    const signs = [...document.querySelectorAll("#log .reaction")].filter((one) =>
      one.textContent.includes("▶"),
    );
    const sign = signs.at(-1);
    sign?.scrollIntoView({ block: "center", behavior: "smooth" });
    sign?.focus({ preventScroll: true });
    sign?.classList.add("beckons");
  };
  emit("go-newest", () => setTimeout(draw, MOVED));
}


export function mountHelper(node) {
  root = node;
  done = new Set(JSON.parse(localStorage.getItem(DONE) ?? "[]"));
  for (const event of ["snapshot", "selected"]) on(event, draw);
  on("reacted", (emoji) => FORWARD.test(emoji) && tick("turn"));
  on("pressed", ({ label, emoji }) => {
    if (FORWARD.test(emoji?.name ?? "")) tick("turn");
    if (DECISION.test(label ?? "") && am("author")) tick("author");
  });
  on("invoked", ({ command, options }) => {
    if (command === "suggest" && Object.keys(options).length) tick("suggest");
    if (command === "author decide") tick("author");
    if (command === "subscribe") tick("admin");
  });
  on("submitted", () => !am("author") && tick("suggest"));
  on("first-steps", restart);
}

/** Whether I play that part. */
const am = (part) => partOf(state.me).toLowerCase() === part;

const whoIs = (part) => [...state.people.values()].find((one) => partOf(one).toLowerCase() === part);

function tick(key) {
  if (done.has(key) || !state.ready) return;
  done.add(key);
  localStorage.setItem(DONE, JSON.stringify([...done]));
  draw();
}

/** Shows the card again, from the first step. */
function restart() {
  done.clear();
  localStorage.removeItem(DONE);
  localStorage.removeItem(CLOSED);
  draw();
}

function close() {
  localStorage.setItem(CLOSED, "1");
  root.hidden = true;
  document.getElementById("say")?.focus();
}

function draw() {
  root.hidden = !state.ready || Boolean(localStorage.getItem(CLOSED));
  if (root.hidden) return;
  const focus = root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const current = STEPS.find((one) => !done.has(one.key));
  fill(
    root,
    h(
      "div",
      { class: "helper-head" },
      icon("book"),
      h(
        "h2",
        { text: current ? "Try it in three minutes" : "You have seen the heart of it" },
        current ? h("small", { text: ` ${done.size} of ${STEPS.length} done` }) : null,
      ),
      iconButton("close", "Close these hints", close, { dataset: { key: "close" } }),
    ),
    current
      ? [
          h(
            "ol",
            { class: "steps" },
            STEPS.map((one, at) => mark(one, at, one === current)),
          ),
          doNow(current),
        ]
      : whatNext(),
  );
  if (focus) (root.querySelector(`[data-key="${focus}"]`) ?? root.querySelector(".button"))?.focus();
}

function mark(one, at, isCurrent) {
  const finished = done.has(one.key);
  return h(
    "li",
    {
      class: finished ? "finished" : isCurrent ? "current" : "",
      "aria-current": isCurrent ? "step" : null,
    },
    h("span", { class: "step-mark", "aria-hidden": "true" }, finished ? icon("check") : String(at + 1)),
    h("span", { class: "step-title" }, one.title, h("small", { text: `as ${one.part}` })),
    finished ? h("span", { class: "sr", text: " (done)" }) : null,
  );
}

/** The one thing to do now, and the button for it: to be the right person first, then to do it. */
function doNow(step) {
  const who = whoIs(step.part);
  const [label, run] =
    am(step.part) || !who
      ? step.act
      : [`Be ${userName(who)}, the ${step.part}`, () => emit("switch", who.id)];
  return h(
    "div",
    { class: "helper-now" },
    h(
      "p",
      {},
      step.words.map((one) => (one.startsWith("/") ? h("code", { class: "context-command", text: one }) : one)),
    ),
    h("button", {
      type: "button",
      class: "button small primary",
      text: label,
      dataset: { key: "act" },
      on: { click: run },
    }),
  );
}

function whatNext() {
  const act = (text, run) =>
    h("button", { type: "button", class: "button small", text, dataset: { key: text }, on: { click: run } });
  return h(
    "div",
    { class: "helper-now" },
    h(
      "p",
      {},
      "Next, write your own: a folder with ",
      h("code", { class: "md-code", text: "story.yaml" }),
      " and a text file for each chapter. README, “Your first story”.",
    ),
    h(
      "div",
      { class: "helper-acts" },
      act("Open the library", () => use("library")),
      act("Make trouble", () => emit("toggle-drawer")),
      act("Once more", restart),
    ),
  );
}
