/** The card that a newcomer sees: three things to try, ticked off as they are done. */
import { fill, h, icon, iconButton } from "./dom.js";
import { emit, on, state, userName } from "./store.js";

const CLOSED = "fascicle-helper-closed";
const DONE = "fascicle-helper-done";
const STEPS = ["turn", "suggest", "author"];

let root;
let done;

export function mountHelper(node) {
  root = node;
  done = new Set(JSON.parse(localStorage.getItem(DONE) ?? "[]"));
  on("snapshot", draw);
  on("reacted", (emoji) => /^[▶◀]/u.test(emoji) && tick("turn"));
  on("invoked", (command) => {
    if (command === "suggest") tick("suggest");
    if (command === "author queue") tick("author");
  });
}

function tick(step) {
  if (done.has(step)) return;
  done.add(step);
  localStorage.setItem(DONE, JSON.stringify([...done]));
  draw();
}

const author = () => [...state.people.values()].find((one) => /author/i.test(one.note));

function steps() {
  const writer = author();
  const isWriter = writer && writer.id === state.me?.id;
  return [
    ["turn", "Turn the page", "Press ▶️ under a chapter.", null],
    [
      "suggest",
      "Suggest what happens next",
      "Readers use /suggest.",
      ["Try /suggest", () => emit("use-command", "suggest")],
    ],
    [
      "author",
      "Be the author and decide",
      isWriter
        ? "You are the author now: run /author queue."
        : `Switch to ${writer ? userName(writer) : "the author"}, then run /author queue.`,
      isWriter
        ? ["Run /author queue", () => emit("use-command", "author queue")]
        : writer
          ? [`Be ${userName(writer)}`, () => emit("switch", writer.id)]
          : null,
    ],
  ];
}

function draw() {
  root.hidden = Boolean(localStorage.getItem(CLOSED));
  if (root.hidden) return;
  const all = done.size >= STEPS.length;
  const current = STEPS.find((one) => !done.has(one));
  const close = () => {
    localStorage.setItem(CLOSED, "1");
    root.hidden = true;
    document.getElementById("say")?.focus();
  };
  fill(
    root,
    h(
      "div",
      { class: "helper-head" },
      icon("book"),
      h(
        "h2",
        { text: all ? "You have seen the heart of it" : "New here? Three things to try" },
        all ? null : h("small", { text: ` ${done.size} of 3 done` }),
      ),
      iconButton("close", "Close these hints", close),
    ),
    all
      ? h("p", {
          text: "Next: switch to the admin and /subscribe another channel, or open “Behind the scenes” and make some trouble for the bot.",
        })
      : h(
          "ol",
          { class: "steps" },
          steps().map((one) => step(one, current)),
        ),
  );
}

/** On a phone only the `current` one is shown. */
function step([key, title, words, act], current) {
  const finished = done.has(key);
  return h(
    "li",
    { class: finished ? "finished" : key === current ? "current" : "" },
    h(
      "span",
      { class: "step-mark", "aria-hidden": "true" },
      finished ? icon("check") : String(STEPS.indexOf(key) + 1),
    ),
    h(
      "div",
      {},
      h("b", { text: title }),
      finished ? h("span", { class: "sr", text: " (done)" }) : null,
      h("p", {}, words),
      act && !finished
        ? h("button", { type: "button", class: "linkish", text: act[0], on: { click: act[1] } })
        : null,
    ),
  );
}
