/** Chapters that both the author and the source have changed: both texts side by side, and three answers. */
import { h, uid } from "/kit/js/dom.js";
import { attempt } from "/kit/js/toast.js";
import { counted } from "./desk-state.js";

const ANSWERS = {
  keep_mine: "Keep mine",
  take_source: "Take the source’s",
  beside: "Keep mine, and put the source’s after it as a draft",
};
/** Paragraphs that are shown around a change; the others are only counted. */
const AROUND = 1;

/** A form with a question for each conflict; `answer` is called with the answers by file. */
export function conflictForm(conflicts, answer) {
  const send = h("button", { type: "submit", class: "button primary" });
  const state = h("span", { class: "dim small", role: "status" });
  const questions = conflicts.map((one) => question(one));
  const form = h(
    "form",
    { class: "import-conflicts" },
    h("p", { text: "You have changed these chapters, and so has the source. Yours stay as they are until you answer. What differs is marked." }),
    conflicts.length > 1 ? forAll(questions, () => tell()) : null,
    questions.map((one) => one.node),
    h("div", { class: "conflict-foot" }, send, state),
  );
  const tell = () => {
    const done = questions.filter((one) => one.chosen()).length;
    send.textContent = done > 1 ? `Do these ${done.toLocaleString()}` : "Do it";
    send.disabled = !done;
    const left = questions.length - done;
    state.textContent = left ? `${counted(left, "chapter")} still open` : "";
  };
  form.addEventListener("change", tell);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answers = questions.filter((one) => one.chosen()).map((one) => [one.file, { answer: one.chosen(), version: one.version }]);
    send.disabled = true;
    attempt(() => answer(Object.fromEntries(answers))).finally(tell);
  });
  tell();
  return form;
}

function forAll(questions, tell) {
  const button = (value) =>
    h("button", {
      type: "button",
      class: "button small",
      text: ANSWERS[value],
      on: {
        click: () => {
          for (const one of questions) one.choose(value);
          tell();
        },
      },
    });
  return h("div", { class: "conflict-all", role: "group", "aria-label": "The same answer for all" }, h("span", { text: "For all:" }), Object.keys(ANSWERS).map(button));
}

function question({ file, title, version, rows }) {
  const name = uid("answer");
  const radios = Object.entries(ANSWERS).map(([value, text]) => {
    const radio = h("input", { type: "radio", name, value });
    return { radio, label: h("label", { class: "conflict-choice" }, radio, h("span", { text })) };
  });
  const node = h(
    "fieldset",
    { class: "import-conflict" },
    h("legend", { text: title, dir: "auto" }),
    h(
      "div",
      { class: "conflict-rows", tabIndex: 0, role: "region", "aria-label": `Mine and the source’s: ${title}` },
      h("div", { class: "conflict-row conflict-heads", "aria-hidden": "true" }, h("span", { text: "Mine" }), h("span", { text: "The source’s" })),
      shortened(rows),
    ),
    h("div", { class: "conflict-choices" }, radios.map((one) => one.label)),
  );
  return {
    node,
    file,
    version,
    chosen: () => radios.find((one) => one.radio.checked)?.radio.value ?? null,
    choose: (value) => {
      for (const one of radios) one.radio.checked = one.radio.value === value;
    },
  };
}

/** The rows, with long stretches that are the same folded up. */
function shortened(rows) {
  const near = rows.map((_, at) => rows.slice(Math.max(0, at - AROUND), at + AROUND + 1).some((one) => !one.same));
  const shown = [];
  let folded = [];
  const unfold = () => {
    if (folded.length) {
      const words = `${counted(folded.length, "paragraph")} the same in both`;
      shown.push(h("details", { class: "conflict-same" }, h("summary", { text: words }), folded));
    }
    folded = [];
  };
  rows.forEach((one, at) => {
    if (!near[at]) {
      folded.push(pair(one));
      return;
    }
    unfold();
    shown.push(pair(one));
  });
  unfold();
  return shown;
}

function pair({ mine, source, same, matter }) {
  const side = (text, whose) =>
    h(
      "div",
      { class: `conflict-side ${whose}`, dir: "auto" },
      same ? null : h("span", { class: "conflict-whose", text: whose === "mine" ? "Mine" : "The source’s" }),
      same ? text : text ? h("mark", { text }) : h("span", { class: "dim", text: "Not there" }),
    );
  return h("div", { class: `conflict-row${same ? " same" : ""}${matter ? " matter" : ""}` }, side(mine, "mine"), side(source, "source"));
}
