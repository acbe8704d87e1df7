/** The bot's requests and its gateway, newest first. */
import { get } from "./api.js";
import { fill, h } from "./dom.js";
import { on } from "./store.js";
import { toast } from "./toast.js";

const SHOWN = 300;
const FILTERS = [
  ["all", "Everything"],
  ["request", "Requests"],
  ["event", "Events"],
  ["fault", "Faults"],
];

let list;
let filter = "all";
let records = [];
let next = 0;
let open = false;

/** Builds the list; it fills when the drawer opens. */
export function mountTrace(root) {
  list = h("ol", { class: "trace", role: "list", "aria-label": "Newest first" });
  const chips = FILTERS.map(([key, label]) =>
    h("button", {
      type: "button",
      class: "chip",
      text: label,
      "aria-pressed": String(key === filter),
      on: {
        click: () => {
          filter = key;
          chips.forEach((one, at) => one.setAttribute("aria-pressed", String(FILTERS[at][0] === key)));
          draw();
        },
      },
    }),
  );
  const clear = h("button", {
    type: "button",
    class: "linkish",
    text: "Clear",
    on: {
      click: () => {
        records = [];
        draw();
      },
    },
  });
  root.append(
    h(
      "div",
      { class: "trace-tools" },
      h("div", { class: "chips", role: "group", "aria-label": "Show" }, chips),
      clear,
    ),
    list,
  );
  on("trace", (batch) => open && take(batch));
  on("toggle-drawer", () => (open = !open));
  on("drawer-opened", load);
}

async function load() {
  try {
    const answer = await get("/sandbox/trace", { after: next, limit: 200 });
    take(answer.records);
    next = Math.max(next, answer.next);
  } catch (error) {
    toast(error.message, "fault");
  }
}

function take(batch) {
  const known = records[0]?.n ?? -1;
  const fresh = batch.filter((one) => one.n > known).sort((a, b) => a.n - b.n);
  if (!fresh.length) {
    if (!records.length) draw();
    return;
  }
  next = Math.max(next, fresh.at(-1).n);
  records = [...fresh.reverse(), ...records].slice(0, SHOWN);
  const shown = fresh.filter(wanted);
  if (list.querySelector(".listbox-empty")) list.replaceChildren();
  list.prepend(...shown.map(row));
  while (list.childElementCount > SHOWN) list.lastElementChild.remove();
}

function draw() {
  const shown = records.filter(wanted);
  fill(
    list,
    shown.length
      ? shown.map(row)
      : h("li", { class: "listbox-empty", text: "Nothing yet. Turn a page, and watch." }),
  );
}

const bad = (one) =>
  one.kind === "schema" || one.fault || one.dropped || (one.kind === "request" && one.status >= 400);

function wanted(one) {
  if (filter === "all") return !(one.kind === "event" && [1, 11].includes(one.op));
  if (filter === "fault") return bad(one);
  return filter === "event" ? ["event", "gateway"].includes(one.kind) : one.kind === "request";
}

function row(one) {
  const at = new Date(one.at).toLocaleTimeString(undefined, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const time = h("span", { class: "trace-time", text: at });
  if (one.kind === "request") return request(one, time);
  if (one.kind === "schema")
    return h(
      "li",
      { class: "trace-row bad" },
      time,
      h("span", { class: "trace-what" }, `${one.method} ${one.path}: ${one.problem}`),
    );
  if (one.kind === "gateway")
    return h(
      "li",
      { class: "trace-row gateway" },
      time,
      h("span", { class: "trace-what", text: `Gateway: ${one.text}` }),
    );
  const way = one.direction === "out" ? "→ bot" : "← bot";
  const what =
    one.event ??
    { 1: "heartbeat", 2: "identify", 3: "presence", 6: "resume", 10: "hello", 11: "heartbeat taken" }[
      one.op
    ] ??
    `op ${one.op}`;
  return h(
    "li",
    { class: "trace-row event" },
    time,
    h("span", { class: "trace-way", text: way }),
    h(
      "span",
      { class: "trace-what" },
      h("code", { text: what }),
      one.seq ? h("small", { text: ` #${one.seq}` }) : null,
    ),
  );
}

function request(one, time) {
  const tone = one.dropped || one.status >= 400 || !one.status ? "bad" : "good";
  const summary = h(
    "summary",
    {},
    time,
    h("span", { class: `status ${tone}`, text: one.dropped ? "cut" : String(one.status ?? "…") }),
    h(
      "span",
      { class: "trace-what" },
      h("b", { text: one.method }),
      " ",
      h("code", {}, breakable(one.route ?? one.path)),
    ),
    h("span", { class: "trace-ms", text: `${Math.round(one.ms ?? 0)} ms` }),
  );
  const details = h("details", {}, summary);
  details.addEventListener(
    "toggle",
    () => details.open && details.childElementCount === 1 && details.append(more(one)),
    { once: true },
  );
  const notes = [
    one.fault,
    one.error && `${one.error}${one.code ? ` (code ${one.code})` : ""}`,
    one.status === 429 && `limited (${one.scope ?? "user"})`,
  ].filter(Boolean);
  return h(
    "li",
    { class: `trace-row ${tone}` },
    details,
    notes.length ? h("p", { class: "trace-note", text: notes.join(" · ") }) : null,
    one.limit ? limit(one.limit) : null,
  );
}

/** An address that may wrap after its slashes. */
function breakable(path) {
  return path.split(/(?<=.)(?=\/)/).flatMap((part, at) => (at ? [h("wbr"), part] : [part]));
}

function limit({ limit: most, remaining, reset_after }) {
  const meter = h("span", { class: "meter", "aria-hidden": "true" }, h("i"));
  meter.firstChild.style.setProperty("width", `${Math.round((remaining / Math.max(1, most)) * 100)}%`);
  return h(
    "p",
    { class: "trace-limit" },
    meter,
    `${remaining} of ${most} left, full again in ${Number(reset_after).toFixed(1)} s`,
  );
}

function more(one) {
  const text = (value) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));
  const block = (title, value) =>
    value === null || value === undefined || value === ""
      ? null
      : [
          h("h4", { text: title }),
          h("pre", { class: "md-pre", tabIndex: 0, "aria-label": title }, h("code", { text: text(value) })),
        ];
  return h(
    "div",
    { class: "trace-more" },
    h("p", {}, h("code", { text: one.path })),
    block("Sent", one.request),
    block("Answer", one.response),
  );
}
