/** The pages as Discord shows them, following the cursor of the text. */
import { fill, h } from "/kit/js/dom.js";
import { componentNodes } from "/kit/js/components.js";
import { counted, emit, on } from "./desk-state.js";

let list;
let summary;
/** Payloads by id, so that the server need not send a page again; and what was opened on each. */
const known = new Map();
const revealed = new Map();
let pages = [];
let nodes = [];
let current = -1;
let cursor = 0;

export function mountPages(root) {
  summary = h("p", { class: "pages-summary" });
  list = h("ol", { class: "pages", role: "list", tabIndex: 0, "aria-label": "Pages" });
  root.append(h("div", { class: "pages-head" }, h("h2", { class: "category", text: "As readers see it" }), summary), list);
  on("cursor", (at) => {
    cursor = at;
    follow();
  });
  on("place", () => {
    current = -1;
  });
}

/** The ids of the pages that are here already. */
export const knownPages = () => [...known.keys()];

/** Shows the pages of an answer; without any, those from before stay, dimmed. */
export function showPages(answer) {
  list.classList.toggle("stale", !answer.pages);
  if (!answer.pages) {
    summary.textContent = "These pages are from before: the text cannot be read now.";
    return;
  }
  for (const page of answer.pages) if (page.components) known.set(page.id, page);
  pages = answer.pages;
  nodes = pages.map((page, index) => reuse(page, index));
  nodes.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  });
  while (list.childElementCount > nodes.length) list.lastElementChild.remove();
  summary.textContent = `${counted(pages.length, "page")} · ${counted(answer.words, "word")}`;
  forget();
  current = -1;
  follow();
}

/** Empties the pane. */
export function clearPages() {
  pages = [];
  nodes = [];
  fill(list);
  summary.textContent = "";
}

function reuse(page, index) {
  const old = nodes.find((node) => node.dataset.id === page.id && !node.dataset.taken);
  const node = old ?? pageNode(known.get(page.id));
  node.dataset.taken = "1";
  queueMicrotask(() => delete node.dataset.taken);
  const head = node.querySelector(".page-head");
  head.querySelector(".page-name").textContent = `Page ${index + 1}`;
  head.querySelector(".page-length").textContent = `${page.length.toLocaleString()} characters`;
  head.setAttribute("aria-label", `Page ${index + 1} of ${pages.length}. Go to its place in the text`);
  head.onclick = () => emit("go-to-offset", page.start);
  return node;
}

function pageNode(payload) {
  if (!revealed.has(payload.id)) revealed.set(payload.id, new Set());
  const message = { id: payload.id, attachments: payload.attachments, components: payload.components };
  const context = { message, channel: null, revealed: revealed.get(payload.id), key: "c" };
  return h(
    "li",
    { class: "page", dataset: { id: payload.id } },
    h(
      "button",
      { type: "button", class: "page-head" },
      h("span", { class: "page-name" }),
      h("span", { class: "page-length" }),
    ),
    h("div", { class: "message-body" }, componentNodes(payload.components, context)),
  );
}

/** A page that stands for itself, with its number. */
export function namedPage(payload, index) {
  const node = pageNode(payload);
  const head = node.querySelector(".page-head");
  head.disabled = true;
  head.querySelector(".page-name").textContent = `Page ${index + 1}`;
  head.querySelector(".page-length").textContent = `${payload.length.toLocaleString()} characters`;
  return node;
}

/** Marks the page with the cursor, and brings it into sight when it is another than before. */
function follow() {
  if (!pages.length) return;
  let index = pages.findLastIndex((page) => page.start <= cursor);
  index = Math.max(0, index);
  current = index;
  nodes.forEach((node, place) => {
    node.classList.toggle("current", place === index);
    if (place === index) node.setAttribute("aria-current", "true");
    else node.removeAttribute("aria-current");
  });
  // How far down the page the cursor is, as far as the text tells.
  const { start } = pages[index];
  const end = pages[index + 1]?.start ?? start + pages[index].length;
  const share = Math.max(0, Math.min(1, (cursor - start) / Math.max(1, end - start)));
  const box = nodes[index].getBoundingClientRect();
  const y = box.top + share * box.height - list.getBoundingClientRect().top;
  if (y < 40 || y > list.clientHeight - 90) list.scrollTop += share ? y - list.clientHeight / 3 : y - 8;
}

function forget() {
  if (known.size < 400) return;
  const shown = new Set(pages.map((page) => page.id));
  for (const id of known.keys()) if (!shown.has(id)) known.delete(id);
}
