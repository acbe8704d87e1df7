/** Small panels beside what opened them (a sheet from below on a phone); Esc and a click elsewhere close them. */
import { h, uid } from "./dom.js";

let current = null;

/**
 * Shows a panel.
 *
 * `anchor` is the element it belongs to, which gets the focus back. `role` and `label` name it. Gives
 * `{panel, close}`; `onClose` is called once.
 */
export function popover(
  anchor,
  content,
  { role = "dialog", label = "", className = "", onClose = null, above = false } = {},
) {
  current?.close(false);
  const panel = h(
    "div",
    { class: `popover ${className}`, role, "aria-label": label, id: uid("popover"), tabIndex: -1 },
    content,
  );
  const shade = h("div", { class: "popover-shade" });
  const before = document.activeElement;
  const controller = new AbortController();
  const { signal } = controller;
  const close = (refocus = true) => {
    if (signal.aborted) return;
    controller.abort();
    shade.remove();
    panel.remove();
    if (anchor?.isConnected) anchor.removeAttribute("aria-expanded");
    if (current?.panel === panel) current = null;
    if (refocus) (anchor?.isConnected ? anchor : before)?.focus?.({ preventScroll: true });
    onClose?.();
  };
  shade.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    close();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      event.preventDefault();
      close();
    }
    if (event.key === "Tab") trap(event, panel);
  });
  const host = anchor?.closest?.("dialog") ?? document.body;
  host.append(shade, panel);
  anchor?.setAttribute("aria-expanded", "true");
  place(panel, anchor, above);
  addEventListener("resize", () => place(panel, anchor, above), { signal });
  current = { panel, close };
  const first = panel.querySelector("[data-first], input, button, [tabindex='0'], a[href]");
  (first ?? panel).focus({ preventScroll: true });
  return { panel, close, place: () => place(panel, anchor, above) };
}

/** Keeps the Tab key inside of a panel. */
function trap(event, panel) {
  const stops = [
    ...panel.querySelectorAll(
      "a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex='0']",
    ),
  ];
  if (!stops.length) return;
  const [first, last] = [stops[0], stops.at(-1)];
  const at = document.activeElement;
  if (event.shiftKey && (at === first || at === panel)) last.focus();
  else if (!event.shiftKey && at === last) first.focus();
  else return;
  event.preventDefault();
}

function place(panel, anchor, above) {
  if (innerWidth <= 640 || !anchor?.isConnected) {
    panel.classList.add("sheet");
    return;
  }
  panel.classList.remove("sheet");
  const edge = 8;
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = innerHeight - box.bottom - edge;
  const over = box.top - edge;
  const top =
    (above && over > height) || (below < height && over > below)
      ? Math.max(edge, box.top - height - 6)
      : box.bottom + 6;
  const left = Math.min(Math.max(edge, box.left), innerWidth - width - edge);
  panel.style.setProperty("top", `${Math.max(edge, Math.min(top, innerHeight - height - edge))}px`);
  panel.style.setProperty("left", `${left}px`);
}

/**
 * A menu of things to do: `[{label, icon?, danger?, run}]`, `null` for a line between.
 * Arrows move, Enter chooses.
 */
export function menu(anchor, label, entries) {
  const items = entries
    .filter((one) => one !== false)
    .map((entry) => {
      if (!entry) return h("div", { class: "menu-line", role: "separator" });
      const run = () => {
        box.close();
        entry.run();
      };
      return h(
        "button",
        {
          type: "button",
          role: "menuitem",
          tabIndex: -1,
          class: `menu-item${entry.danger ? " danger" : ""}`,
          on: { click: run },
        },
        entry.icon ?? null,
        h("span", { text: entry.label }),
        entry.hint ? h("small", { text: entry.hint }) : null,
      );
    });
  const box = popover(anchor, items, { role: "menu", label, className: "menu" });
  const stops = items.filter((one) => one.tagName === "BUTTON");
  stops[0]?.focus({ preventScroll: true });
  box.panel.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Tab") box.close();
    if (!step) return;
    event.preventDefault();
    const at = stops.indexOf(document.activeElement);
    stops[(at + step + stops.length) % stops.length]?.focus();
  });
  return box;
}
