/** What the buttons over the text and their shortcuts do. Each is one step for the browser's Undo. */

function insert(area, text) {
  area.focus();
  // Only this keeps the browser's own Undo.
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

/** Puts marks around the selection, or takes them away. */
export function wrap(area, mark) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const chosen = value.slice(start, end);
  const inner = chosen.trim();
  const from = start + chosen.indexOf(inner);
  const to = from + inner.length;
  const outside = value.slice(from - mark.length, from) === mark && value.slice(to, to + mark.length) === mark;
  if (inner && outside && isWhole(value, from, to, mark)) {
    area.setSelectionRange(from - mark.length, to + mark.length);
    insert(area, inner);
    area.setSelectionRange(from - mark.length, to - mark.length);
    return;
  }
  area.setSelectionRange(from, to);
  insert(area, `${mark}${inner}${mark}`);
  area.setSelectionRange(from + mark.length, to + mark.length);
}

/** One asterisk beside the selection may be half of a bold mark. */
function isWhole(value, from, to, mark) {
  if (mark !== "*") return true;
  const before = /\**$/.exec(value.slice(0, from))[0].length;
  const after = /^\**/.exec(value.slice(to))[0].length;
  return before % 2 === 1 && after % 2 === 1;
}

/** Puts a scene break after the paragraph with the cursor. */
export function sceneBreak(area) {
  const { selectionEnd, value } = area;
  const end = value.indexOf("\n", selectionEnd);
  const at = end < 0 ? value.length : end;
  const rest = value.slice(at).replace(/^\n+/, "");
  area.setSelectionRange(at, value.length - rest.length);
  insert(area, `${at ? "\n\n" : ""}***\n\n`);
}
