/** Short notices at the edge of the page; faults are read out at once, the rest when there is a pause. */
import { h } from "./dom.js";

const SHOWN = 6000;
/** So many stand at once; the oldest give way. */
const MOST = 3;

/** Shows a sentence. `kind`: "info" or "fault"; `act`: the words of a button, and what it does. */
export function toast(text, kind = "info", act = null) {
  const node = h(
    "div",
    { class: `toast ${kind}`, role: kind === "fault" ? "alert" : "status" },
    h("span", { text }),
  );
  const close = () => node.remove();
  if (act) {
    const [words, run] = act;
    const go = () => {
      close();
      run();
    };
    node.append(h("button", { type: "button", class: "toast-act", text: words, on: { click: go } }));
  }
  node.append(
    h("button", {
      type: "button",
      class: "toast-close",
      "aria-label": "Close this notice",
      text: "✕",
      on: { click: close },
    }),
  );
  document.getElementById("toasts").append(node);
  const others = document.querySelectorAll("#toasts .toast");
  for (const old of [...others].slice(0, -MOST)) old.remove();
  // What one points at or has tabbed to stays until one leaves it.
  const later = () => (node.matches(":hover, :focus-within") ? setTimeout(later, SHOWN / 2) : close());
  setTimeout(later, SHOWN);
}

/** Runs something; what goes wrong is shown, not thrown. Gives what it made, or undefined. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    toast(error.message, "fault");
    return undefined;
  }
}

/** Tells a screen reader, politely, without anything to see. */
export function announce(text) {
  const region = document.getElementById("announcer");
  region.append(h("p", { text }));
  while (region.childElementCount > 5) region.firstElementChild.remove();
}
