/** Polls: voting while they run, results when one has voted, asked for them, or the time is over. */
import { vote } from "./user-actions.js";
import { h, uid } from "./dom.js";
import { now } from "./store.js";
import { timeNode } from "./time.js";

/** Polls whose results this window wants to see without voting: message ids. */
const peeking = new Set();
/** Answers ticked and not sent yet, by message. */
const drafts = new Map();

export function pollNode(message, redraw) {
  const { poll } = message;
  const counts = new Map((poll.results?.answer_counts ?? []).map((one) => [one.id, one]));
  const total = [...counts.values()].reduce((sum, one) => sum + one.count, 0);
  const over = poll.results?.is_finalized || (poll.expiry && Date.parse(poll.expiry) <= now());
  const mine = poll.answers.filter((one) => counts.get(one.answer_id)?.me_voted).map((one) => one.answer_id);
  const results = over || mine.length > 0 || peeking.has(message.id);
  const title = uid("poll");
  const draft = drafts.get(message.id) ?? new Set();
  const answers = poll.answers.map((one) => {
    const count = counts.get(one.answer_id)?.count ?? 0;
    return results ? bar(one, count, total, mine.includes(one.answer_id)) : tick(message, one, draft, redraw);
  });
  return h(
    "div",
    { class: "poll", role: "group", "aria-labelledby": title },
    h("div", { class: "poll-question", id: title, text: poll.question?.text ?? "" }),
    h("p", {
      class: "poll-note",
      text: results ? "Results" : poll.allow_multiselect ? "Choose one or more answers" : "Choose one answer",
    }),
    h("div", { class: "poll-answers" }, answers),
    foot(message, { total, over, mine, results, draft, redraw }),
  );
}

const words = (answer) =>
  [answer.poll_media?.emoji ? `${answer.poll_media.emoji.name} ` : "", answer.poll_media?.text ?? ""].join(
    "",
  );

function tick(message, answer, draft, redraw) {
  const many = message.poll.allow_multiselect;
  const input = h("input", {
    type: many ? "checkbox" : "radio",
    name: `poll-${message.id}`,
    checked: draft.has(answer.answer_id),
    dataset: { key: `p:${answer.answer_id}` },
  });
  input.addEventListener("change", () => {
    if (!many) draft.clear();
    if (input.checked) draft.add(answer.answer_id);
    else draft.delete(answer.answer_id);
    drafts.set(message.id, draft);
    redraw();
  });
  return h("label", { class: "poll-answer" }, input, h("span", { text: words(answer) }));
}

function bar(answer, count, total, mine) {
  const share = total ? Math.round((count / total) * 100) : 0;
  const fill = h("span", { class: "poll-fill", "aria-hidden": "true" });
  fill.style.setProperty("width", `${share}%`);
  const told = `${words(answer)}: ${count} ${count === 1 ? "vote" : "votes"}, ${share} %${mine ? ", your vote" : ""}`;
  return h(
    "div",
    { class: `poll-bar${mine ? " mine" : ""}`, role: "img", "aria-label": told },
    fill,
    h("span", { class: "poll-words", text: words(answer) }),
    h("span", { class: "poll-share", text: `${count} · ${share}%` }),
    mine ? h("span", { class: "poll-mine", text: "✓" }) : null,
  );
}

function foot(message, { total, over, mine, results, draft, redraw }) {
  const at = message.poll.expiry ? Date.parse(message.poll.expiry) : null;
  const end = over ? "Poll closed" : at ? ["ends ", timeNode(at, "R")] : "";
  const doing = [];
  const add = (text, run, extra = {}) =>
    doing.push(
      h("button", {
        type: "button",
        class: "button small",
        text,
        on: { click: run },
        dataset: { key: `poll:${text}` },
        ...extra,
      }),
    );
  if (!over && !results) {
    add("Show results", () => {
      peeking.add(message.id);
      redraw();
    });
    add(
      "Vote",
      () => {
        drafts.delete(message.id);
        vote(message, [...draft]);
      },
      { class: "button small primary", disabled: !draft.size },
    );
  } else if (!over && mine.length) {
    add("Take my vote back", () => {
      peeking.delete(message.id);
      vote(message, []);
    });
  } else if (!over) {
    add("Back to the answers", () => {
      peeking.delete(message.id);
      redraw();
    });
  }
  return h(
    "div",
    { class: "poll-foot" },
    h("span", {}, `${total} ${total === 1 ? "vote" : "votes"}`, end ? " · " : "", end),
    h("span", { class: "poll-acts" }, doing),
  );
}
