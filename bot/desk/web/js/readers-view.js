/** Readers of the open story: their ideas with the author's decisions, and figures by chapter. */
import { fill, h, uid } from "/kit/js/dom.js";
import { openDialog, promptBox } from "/kit/js/dialogs.js";
import { attempt, toast } from "/kit/js/toast.js";
import { get, post, storyPath } from "./desk-api.js";
import { counted, desk, on } from "./desk-state.js";

const STATES = { new: "New", accepted: "Accepted", used: "Used", declined: "Declined", merged: "Merged", withdrawn: "Withdrawn" };
const LABELS = { accept: "Accept", decline: "Decline…", used: "Used in…", reopen: "Reopen", merge: "Merge…" };
let seen = null;
let state = "new";
let root;
let timer = 0;

export function mountReaders(node) {
  root = node;
  on("place", () => attempt(open));
}

async function open() {
  clearTimeout(timer);
  if (desk.place.view !== "readers") return;
  const { slug } = desk.place;
  const found = await get(storyPath(slug, "readers"));
  if (desk.place.view !== "readers" || desk.place.slug !== slug) return;
  seen = found;
  draw();
}

function draw() {
  const title = h("h2", { class: "view-title", text: "Readers" });
  if (seen.note) {
    fill(root, title, h("p", { class: "readers-note", text: seen.note }));
    return;
  }
  fill(root, title, figures(seen.figures), ideas());
  soon();
}

function ideas() {
  const counts = Object.keys(STATES).map((one) => [one, seen.ideas.filter((idea) => idea.state === one).length]);
  const there = counts.filter(([one, count]) => count || one === "new" || one === state);
  const tabs = there.map(([one, count]) =>
    h("button", {
      type: "button",
      class: "button small state-tab",
      text: `${STATES[one]} ${count}`,
      "aria-pressed": String(one === state),
      on: {
        click: () => {
          state = one;
          draw();
        },
      },
    }),
  );
  const shown = seen.ideas.filter((idea) => idea.state === state);
  return h(
    "section",
    { class: "ideas", "aria-label": "Ideas" },
    h("h3", { text: "Ideas" }),
    h("div", { class: "state-tabs", role: "group", "aria-label": "Which ideas" }, tabs),
    shown.length
      ? h("ol", { class: "idea-list", role: "list" }, shown.map(ideaItem))
      : h("p", { class: "note", text: state === "new" ? "No new ideas now." : "None." }),
  );
}

function ideaItem(idea) {
  const facts = [
    `No. ${idea.number}`,
    idea.by ? `by ${idea.by}` : "by a reader",
    idea.supporters ? counted(idea.supporters, "supporter") : null,
    idea.chapter ? `under ${idea.chapter}` : null,
    idea.used_in ? `used in ${idea.used_in}` : null,
    idea.merged_into ? `merged into no. ${idea.merged_into}` : null,
    idea.held ? "only you see it until you accept it" : null,
  ].filter(Boolean);
  return h(
    "li",
    { class: "idea", dataset: { number: String(idea.number) } },
    h("p", { class: "idea-text", text: idea.text, dir: "auto" }),
    h("p", { class: "dim small", text: facts.join(" · ") }),
    idea.reason ? h("p", { class: "small", text: `Your words: ${idea.reason}` }) : null,
    h(
      "div",
      { class: "idea-acts" },
      idea.decisions.map((one) =>
        h("button", { type: "button", class: "button small", text: LABELS[one], "aria-label": `${LABELS[one]} no. ${idea.number}`, on: { click: () => begin(idea, one) } }),
      ),
      idea.undo
        ? h("button", { type: "button", class: "button small", text: "Undo", title: "People are told when the time to undo is over", "aria-label": `Undo the decision on no. ${idea.number}`, on: { click: () => attempt(() => send(idea, { undo: idea.undo.change }, "Undone.")) } })
        : null,
    ),
  );
}

function begin(idea, decision) {
  if (decision === "decline") {
    reasonBox(idea);
  } else if (decision === "used") {
    chapterBox(idea);
  } else if (decision === "merge") {
    promptBox({
      title: `Merge no. ${idea.number} into another idea`,
      label: "Number of the other idea",
      action: "Merge",
      limit: 12,
      run: (into) => send(idea, { decision, into: Number(into) || 0 }, "Merged."),
    });
  } else {
    attempt(() => send(idea, { decision }, decision === "accept" ? "Accepted." : "Reopened."));
  }
}

function reasonBox(idea) {
  const id = uid("reason");
  const reason = h("textarea", { id, rows: 3, maxLength: 1000 });
  ask(`Decline no. ${idea.number}`, "Decline", [
    h("p", { class: "idea-text", text: idea.text }),
    h("div", { class: "field" }, h("label", { for: id, text: "A word to whoever had it (optional)" }), reason),
  ], () => send(idea, { decision: "decline", reason: reason.value }, "Declined."));
}

function chapterBox(idea) {
  const id = uid("chapter");
  const select = h("select", { id }, seen.chapters.map((one) => h("option", { value: one.token, text: `${one.number}. ${one.title}` })));
  ask(`No. ${idea.number} is used`, "Mark it used", [
    h("p", { class: "idea-text", text: idea.text }),
    h("div", { class: "field" }, h("label", { for: id, text: "In which chapter" }), select),
    h("p", { class: "dim small", text: "People are told when that chapter is out." }),
  ], () => send(idea, { decision: "used", chapter: select.value }, "Marked as used."));
}

function ask(title, action, content, run) {
  const fault = h("p", { class: "field-error", role: "alert" });
  const form = h("form", { class: "idea-form" }, content, fault, h("div", { class: "dialog-foot" }, h("button", { type: "submit", class: "button primary", text: action })));
  const box = openDialog(title, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await run();
      box.close();
    } catch (error) {
      fault.textContent = error.message;
    }
  });
}

async function send(idea, what, done) {
  seen = await post(storyPath(desk.place.slug, `ideas/${idea.number}`), what);
  toast(done);
  draw();
}

/** Draws again when the time of the next Undo is over. */
function soon() {
  clearTimeout(timer);
  const ends = seen.ideas.filter((idea) => idea.undo).map((idea) => new Date(idea.undo.until) - Date.now());
  if (ends.length) timer = setTimeout(() => attempt(open), Math.max(500, Math.min(...ends) + 300));
}

function figures({ followers, channels, chapters }) {
  const sum = (name) => chapters.reduce((total, one) => total + one[name], 0);
  const card = (number, words) => h("div", { class: "figure" }, h("b", { text: number.toLocaleString() }), h("span", { text: words }));
  const most = Math.max(1, ...chapters.map((one) => one.reads));
  return h(
    "section",
    { class: "figures", "aria-label": "Figures" },
    h(
      "div",
      { class: "figure-row" },
      card(sum("reads"), "reads"),
      card(sum("stars"), "stars"),
      card(followers, followers === 1 ? "follower" : "followers"),
      card(channels, channels === 1 ? "channel" : "channels"),
    ),
    chapters.length
      ? h(
          "table",
          { class: "figure-table" },
          h("thead", {}, h("tr", {}, ["Chapter", "Reads", "Stars", "Still reading"].map((one) => h("th", { scope: "col", text: one })))),
          h(
            "tbody",
            {},
            chapters.map((one) =>
              h(
                "tr",
                {},
                h("th", { scope: "row", text: `${one.number}. ${one.title}`, dir: "auto" }),
                h("td", {}, h("meter", { min: 0, max: most, value: one.reads, "aria-hidden": "true" }), h("span", { text: one.reads.toLocaleString() })),
                h("td", { text: one.stars.toLocaleString() }),
                h("td", { text: one.stayed === null ? "–" : `${one.stayed} %` }),
              ),
            ),
          ),
        )
      : h("p", { class: "note", text: "No chapter is out yet." }),
  );
}
