/** Two texts of one chapter, side by side, and the choice between them. Neither is lost before somebody chooses. */
import { h, uid } from "/kit/js/dom.js";
import { openDialog } from "/kit/js/dialogs.js";

let shown = null;

/** `choose` is called with "mine", "theirs" or null (not decided yet). */
export function openConflict({ mine, theirs, elsewhere, choose }) {
  shown?.close();
  let chosen = null;
  const [left, right] = different(mine, theirs);
  const pick = (which) => () => {
    chosen = which;
    box.close();
  };
  const words = elsewhere
    ? "Another window has other text of this chapter that is not saved either."
    : "The file was changed outside of this page, or saved in another window, while you were writing.";
  const box = openDialog(
    "Two versions of this chapter",
    [
      h("p", { text: `${words} Nothing is lost: choose which one to go on with.` }),
      h(
        "div",
        { class: "versions" },
        version("Yours, here", left),
        version(elsewhere ? "The other window’s" : "The file’s", right),
      ),
      h(
        "div",
        { class: "dialog-foot" },
        h("button", { type: "button", class: "button", text: "Decide later", on: { click: pick(null) } }),
        h("button", { type: "button", class: "button", text: "Take the other", on: { click: pick("theirs") } }),
        h("button", { type: "button", class: "button primary", text: "Keep mine", on: { click: pick("mine") } }),
      ),
    ],
    {
      className: "conflict",
      onClose: () => {
        shown = null;
        choose(chosen);
      },
    },
  );
  shown = box;
  for (const one of box.dialog.querySelectorAll("mark")) one.scrollIntoView({ block: "center" });
}

function version(title, { before, middle, after }) {
  const id = uid("version");
  return h(
    "div",
    {},
    h("h3", { id, text: title }),
    h(
      "div",
      { class: "version-text", tabIndex: 0, dataset: { first: "1" }, role: "region", "aria-labelledby": id, dir: "auto" },
      before,
      middle ? h("mark", { text: middle }) : null,
      after,
    ),
  );
}

/** Both texts in three parts: what is the same before and after, and between them what differs, in whole lines. */
function different(mine, theirs) {
  const [a, b] = [mine.split("\n"), theirs.split("\n")];
  const most = Math.min(a.length, b.length);
  let first = 0;
  while (first < most && a[first] === b[first]) first += 1;
  let last = 0;
  while (last < most - first && a[a.length - 1 - last] === b[b.length - 1 - last]) last += 1;
  return [a, b].map((lines) => {
    const end = lines.length - last;
    const join = (some) => (some.length ? `${some.join("\n")}\n` : "");
    return { before: join(lines.slice(0, first)), middle: join(lines.slice(first, end)), after: lines.slice(end).join("\n") };
  });
}
