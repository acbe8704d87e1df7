/** Moving rows of a list with mouse or finger, by their handles. */
import { coarse } from "/kit/js/dom.js";

const FAR = 6;

/** `move(from, to)` is called with places among the rows that have a handle. */
export function makeDraggable(list, move) {
  let drag = null;
  const rows = () => [...list.querySelectorAll(".chapter")];

  list.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(".handle");
    if (!handle || event.button) return;
    const row = handle.closest(".chapter");
    drag = { handle, row, y: event.clientY, begun: false, to: null, pointer: event.pointerId };
    handle.setPointerCapture(event.pointerId);
  });
  list.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    if (!drag.begun && Math.abs(event.clientY - drag.y) < (coarse() ? 2 * FAR : FAR)) return;
    drag.begun = true;
    event.preventDefault();
    drag.row.classList.add("dragged");
    drag.row.style.setProperty("translate", `0 ${event.clientY - drag.y}px`);
    mark(event.clientY);
    scroll(event.clientY);
  });
  const end = (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { handle, row, begun, to } = drag;
    drag = null;
    row.classList.remove("dragged");
    row.style.removeProperty("translate");
    for (const one of rows()) one.classList.remove("before", "after");
    if (!begun) return;
    handle.dataset.dragged = "1"; // the click that follows opens no menu
    setTimeout(() => delete handle.dataset.dragged, 300);
    const from = rows().indexOf(row);
    if (event.type === "pointerup" && to !== null && to !== from) move(indexOf(row), to);
  };
  list.addEventListener("pointerup", end);
  list.addEventListener("pointercancel", end);

  const indexOf = (row) => Number(row.querySelector(".number").textContent) - 1;

  function mark(y) {
    const others = rows().filter((one) => one !== drag.row);
    const below = others.find((one) => {
      const box = one.getBoundingClientRect();
      return y < box.top + box.height / 2;
    });
    for (const one of others) one.classList.remove("before", "after");
    const last = others.at(-1);
    if (below) below.classList.add("before");
    else last?.classList.add("after");
    const from = indexOf(drag.row);
    const place = below ? indexOf(below) : last ? indexOf(last) + 1 : from;
    drag.to = place > from ? place - 1 : place;
  }

  function scroll(y) {
    const box = list.getBoundingClientRect();
    if (y < box.top + 30) list.scrollTop -= 12;
    else if (y > box.bottom - 30) list.scrollTop += 12;
  }
}
