/** "Try it in the demo": starts the demo with the author's own stories, and opens it in a new tab. */
import { fill, h, icon } from "/kit/js/dom.js";
import { announce } from "/kit/js/toast.js";
import { post } from "./desk-api.js";
import { emit, on } from "./desk-state.js";

const STARTING = "The demo is starting. This takes a few seconds.";
const demo = { url: null, busy: false, fault: "" };

/** A button that is the same demo everywhere; beside it stands how far it is. */
export function demoButton() {
  const told = h("span", { class: "demo-told", role: "status" });
  const button = h("button", { type: "button", class: "button small demo-button", on: { click: open } });
  const draw = () => {
    button.disabled = demo.busy;
    button.setAttribute("aria-busy", String(demo.busy));
    fill(button, icon("eye"), demo.busy ? "The demo is starting…" : "Try it in the demo");
    fill(told, progress());
  };
  on("demo", draw);
  draw();
  return h("div", { class: "demo-try" }, button, told);
}

function progress() {
  if (demo.busy) return h("span", { class: "dim", text: "This takes a few seconds." });
  if (demo.fault) return h("span", { class: "field-error", text: demo.fault });
  if (demo.url) return h("a", { href: demo.url, target: "_blank", rel: "noopener", text: "The demo is open here" });
  return null;
}

async function open() {
  // Only a click may open a tab; by the time the demo is ready, the click is long ago.
  const tab = window.open("about:blank", "_blank");
  if (tab) tell(tab);
  Object.assign(demo, { busy: true, fault: "" });
  emit("demo");
  try {
    demo.url = (await post("/api/demo", {})).url;
    if (tab) tab.location.replace(demo.url);
    announce("The demo is ready.");
  } catch (error) {
    tab?.close();
    Object.assign(demo, { url: null, fault: error.message });
  }
  demo.busy = false;
  emit("demo");
}

function tell(tab) {
  tab.document.title = "Demo";
  tab.document.body.append(STARTING);
}
