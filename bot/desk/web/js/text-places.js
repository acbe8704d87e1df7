/** Places in the text field: where a fault is, and how to bring a place into sight. */

/** Start and end of a fault in a text that begins after `lines` lines of the file; null for one elsewhere. */
export function placeInText(text, fault, lines) {
  const number = fault.line - lines;
  if (!fault.line || number < 1) return null;
  let start = 0;
  for (let line = 1; line < number; line += 1) {
    const next = text.indexOf("\n", start);
    if (next < 0) return null;
    start = next + 1;
  }
  const stop = text.indexOf("\n", start);
  const line = text.slice(start, stop < 0 ? text.length : stop);
  if (!fault.column) return { at: start, end: start + line.length, warning: fault.warning };
  // Columns count characters, the text field halves of the rare ones.
  const before = [...line].slice(0, fault.column - 1).join("").length;
  const word = /^(?:[\p{L}\p{N}]+|\S{1,12}|.)/u.exec(line.slice(before))?.[0] ?? "";
  return { at: start + before, end: start + before + word.length, warning: fault.warning };
}

let ruler = null;

/** Puts the cursor at a place and scrolls there. */
export function revealPlace(area, at, focus) {
  const place = Math.max(0, Math.min(at, area.value.length));
  if (focus) {
    area.focus({ preventScroll: true });
    area.setSelectionRange(place, place);
  }
  area.scrollTop = Math.max(0, heightBefore(area, place) - area.clientHeight / 3);
}

/** How high the text before a place stands, measured with a copy of it. */
function heightBefore(area, place) {
  ruler ??= document.body.appendChild(Object.assign(document.createElement("div"), { className: "mirror ruler" }));
  ruler.style.setProperty("width", `${area.clientWidth}px`);
  ruler.textContent = area.value.slice(0, place);
  const height = ruler.offsetHeight;
  ruler.textContent = "";
  return height;
}
