/** Building DOM nodes. Text is always text: nothing here, or anywhere on the page, parses HTML. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with its properties and children.
 *
 * `class`, `text`, `dataset` and `on` (event name to handler) are understood; a property that the element knows as
 * an attribute only (`role`, `aria-…`, `for`) is set as one; `null` and `false` attributes are left out.
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) setProp(node, name, value);
  append(node, children);
  return node;
}

function setProp(node, name, value) {
  if (value === undefined || value === null) return;
  if (name === "class") node.className = value;
  else if (name === "text") node.textContent = value;
  else if (name === "dataset") Object.assign(node.dataset, value);
  else if (name === "on")
    for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
  else if (name in node && !name.startsWith("aria") && name !== "role" && name !== "list") node[name] = value;
  else if (value !== false) node.setAttribute(name, value === true ? "" : String(value));
  else if (name.startsWith("aria-")) node.setAttribute(name, "false");
}

/** Adds nodes, strings and (nested) lists of them; nothing for null, undefined and false. */
export function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child);
  }
  return node;
}

/** Puts new children in the place of the old ones. */
export function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

const ICONS = {
  hash: "M10 4 8 20M16 4l-2 16M4.5 9h16M3.5 15h16",
  announce: "M4 10v4h3l7 4V6l-7 4H4zM17.5 9.5a4 4 0 0 1 0 5M8 14.5V19h2.5",
  forum: "M4 5h12v8H9l-3.5 3v-3H4zM19 9v7h-1.5v3L14 16H9.5",
  thread: "M6 4v10a3 3 0 0 0 3 3h9M6 8h12M15 14l3 3-3 3",
  at: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM16 8v5a2.5 2.5 0 0 0 5 0v-1a9 9 0 1 0-4 7.5",
  lock: "M7 11V8a5 5 0 0 1 10 0v3M5.5 11h13v9h-13z",
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6 6 18",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5v.5M15 9.5v.5",
  smileplus: "M19 12.5A8 8 0 1 1 12 4M8 14a4 4 0 0 0 6 0M8.5 9.5v.5M13.5 9.5v.5M19 3v6M16 6h6",
  reply: "M10 6 4 12l6 6M4 12h10a6 6 0 0 1 6 6v1",
  more: "M4.2 12a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0M11.2 12a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0M18.2 12a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0",
  pin: "M9 4h6l-1 6 4 4H6l4-4zM12 14v6",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.2a6.5 6.5 0 0 1 3.5 5.8",
  gear: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
  scope: "M3 12h4l3-7 4 14 3-7h4",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.5v2M12 19.5v2M4.5 12h-2M21.5 12h-2M6.7 6.7 5.3 5.3M18.7 18.7l-1.4-1.4M17.3 6.7l1.4-1.4M5.3 18.7l1.4-1.4",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  plus: "M12 5v14M5 12h14",
  send: "M4 12l16-8-6 16-3-6.5z",
  down: "M12 5v14M6 13l6 6 6-6",
  chevron: "M8 10l4 4 4-4",
  right: "M10 8l4 4-4 4",
  check: "M5 12.5l4.5 4.5L19 7.5",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  link: "M14 5h5v5M19 5l-8 8M17 14v5H5V7h5",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  slash: "M15 4 9 20",
  edit: "M4 20l1-4L16 5l3 3L8 19z",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
  poll: "M5 20v-8M12 20V4M19 20v-5",
  warn: "M12 4 2.5 20h19zM12 10v4.5M12 17v.5",
  help: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 16.5v.3",
  keyboard: "M3 6.5h18v11H3zM6.5 10h.1M10 10h.1M13.5 10h.1M17 10h.1M8 14h8",
  book: "M12 6.5C10 5 7 4.5 3.5 4.5v14c3.5 0 6.5.5 8.5 2 2-1.5 5-2 8.5-2v-14c-3.5 0-6.5.5-8.5 2zM12 6.5v14",
};

/** One of the page's own line drawings; decoration only, so a screen reader passes over it. */
export function icon(name, className = "icon") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name] ?? ICONS.hash);
  svg.append(path);
  return svg;
}

/** A button that shows only a drawing; `label` is what it is called. */
export function iconButton(name, label, onClick, extra = {}) {
  const { class: extraClass = "", on = {}, ...rest } = extra;
  return h(
    "button",
    {
      type: "button",
      class: `icon-button ${extraClass}`,
      title: label,
      "aria-label": label,
      on: { click: onClick, ...on },
      ...rest,
    },
    icon(name),
  );
}

/** A user's picture. */
export function avatar(user, size = 40) {
  const url = user?.avatar_url ?? `/sandbox/avatars/${user?.id ?? "0"}.svg`;
  return h("img", {
    class: "avatar",
    src: url,
    alt: "",
    width: size,
    height: size,
    loading: "lazy",
    draggable: false,
  });
}

/** "#rrggbb" of Discord's colour number; null for none. */
export function colorOf(number) {
  if (number === null || number === undefined) return null;
  return `#${Number(number).toString(16).padStart(6, "0")}`;
}

let counter = 0;
/** An id for a new element. */
export function uid(prefix = "x") {
  counter += 1;
  return `${prefix}-${counter}`;
}

/** Whether the pointer is a finger. */
export function coarse() {
  return matchMedia("(pointer: coarse)").matches;
}
