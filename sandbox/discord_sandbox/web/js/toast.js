/** Short notices at the edge of the page; faults are read out at once, the rest when there is a pause. */
import { h } from "./dom.js";

const SHOWN = 6000;

/** Shows a sentence. `kind`: "info" or "fault". */
export function toast(text, kind = "info") {
  const node = h(
    "div",
    { class: `toast ${kind}`, role: kind === "fault" ? "alert" : "status" },
    h("span", { text }),
  );
  const close = () => node.remove();
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
  setTimeout(close, SHOWN);
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
