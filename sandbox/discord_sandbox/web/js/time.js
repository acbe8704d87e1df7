/** Times as people read them; those that are relative keep ticking. The sandbox's clock counts, not this browser's. */
import { h } from "./dom.js";
import { now } from "./store.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" },
  S: { dateStyle: "short", timeStyle: "medium" },
};
const DATE = { day: "numeric", month: "short" };
const CLOCK = { hour: "numeric", minute: "2-digit" };
/** What stands for the long styles where there is little room; the full moment is in the title. */
const SHORT = { D: { ...DATE, year: "numeric" }, f: { ...DATE, ...CLOCK }, F: { weekday: "short", ...DATE, ...CLOCK } };
const narrow = matchMedia("(max-width: 640px)");
const formats = new Map();

function formatted(at, style, isShort = false) {
  const options = (isShort && SHORT[style]) || STYLES[style];
  if (!formats.has(options)) formats.set(options, new Intl.DateTimeFormat(undefined, options));
  return formats.get(options).format(at);
}

/** Units with their length, and how many of them are told before the next one is. */
const UNITS = [
  ["second", SECOND, 60],
  ["minute", MINUTE, 60],
  ["hour", HOUR, 24],
  ["day", DAY, 30],
  ["month", 30.44 * DAY, 12],
  ["year", 365.25 * DAY, Infinity],
];
const counted = new Intl.RelativeTimeFormat(undefined, { numeric: "always" });
const now0 = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(0, "second");
const inEnglish = counted.resolvedOptions().locale.startsWith("en");

/** "in 3 minutes", "an hour ago": each unit is rounded, as Discord does, so that 47 hours are two days. */
function relative(at, from = now()) {
  const gap = at - from;
  const [unit, size] = UNITS.find(([, length, most]) => Math.round(Math.abs(gap) / length) < most);
  const count = Math.round(gap / size);
  if (!count) return now0;
  const told = counted.format(count, unit);
  return inEnglish ? told.replace(/\b1 (?=hour)/, "an ").replace(/\b1 (?=[a-z])/, "a ") : told;
}

/** "4:07", "1:02:03", "2 days 3 h": what is left until something. */
function countdown(at, from = now()) {
  const left = Math.max(0, Math.ceil((at - from) / SECOND));
  const pad = (value) => String(value).padStart(2, "0");
  const [days, hours, minutes, seconds] = [
    Math.floor(left / 86400),
    Math.floor(left / 3600) % 24,
    Math.floor(left / 60) % 60,
    left % 60,
  ];
  if (days) return `${days} ${days === 1 ? "day" : "days"} ${hours} h`;
  return hours ? `${hours}:${pad(minutes)}:${pad(seconds)}` : `${minutes}:${pad(seconds)}`;
}

/** Midnight of the day in this browser's zone: equal for instants of the same day. */
export function dayOf(at) {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** "Today", "Yesterday" or the date. */
export function dayName(at) {
  const gap = Math.round((dayOf(now()) - dayOf(at)) / DAY);
  if (gap === 0) return "Today";
  return gap === 1 ? "Yesterday" : formatted(at, "D");
}

/** When a message was written: "just now", "5 minutes ago", "Today at 18:04", "21/11/26, 18:04". */
function stamp(at) {
  const gap = now() - at;
  if (gap < 45 * SECOND) return "just now";
  if (gap < HOUR) return relative(at);
  const day = dayName(at);
  return day === "Today" || day === "Yesterday" ? `${day} at ${formatted(at, "t")}` : formatted(at, "s");
}

function words(at, style) {
  if (style === "R") return relative(at);
  if (style === "stamp") return stamp(at);
  if (style === "left") return countdown(at);
  return formatted(at, style, narrow.matches);
}

/** A `<time>`. Styles: Discord's letters, `stamp` (of a message), `left` (a countdown). */
export function timeNode(at, style, className = "") {
  const date = new Date(at);
  const node = h("time", {
    class: className,
    dateTime: date.toISOString(),
    title: formatted(at, "F"),
    text: words(at, style),
  });
  if (["R", "stamp", "left"].includes(style)) node.dataset.tick = style;
  else if (style in SHORT) node.dataset.long = style;
  return node;
}

/** Brings every relative time on the page up to date. */
function tick() {
  for (const node of document.querySelectorAll("time[data-tick]")) {
    const next = words(Date.parse(node.dateTime), node.dataset.tick);
    if (node.textContent !== next) node.textContent = next;
  }
}

/** Starts the ticking; long dates are told anew where the room changes. */
export function startTicking() {
  narrow.addEventListener("change", () => {
    for (const node of document.querySelectorAll("time[data-long]"))
      node.textContent = words(Date.parse(node.dateTime), node.dataset.long);
  });
  setInterval(tick, SECOND);
}
