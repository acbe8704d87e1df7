/** What is wrong with the text, or may be, each with the way to its place. */
import { fill, h, icon, uid } from "/kit/js/dom.js";
import { counted } from "./desk-state.js";

/** `goTo(fault)` is called when one is pressed. */
export function faultList(goTo) {
  const id = uid("faults");
  const title = h("summary", {});
  const list = h("ul", { class: "fault-list", role: "list", id });
  const box = h("details", { class: "faults", hidden: true }, title, list);
  const status = h("p", { class: "sr", role: "status" });
  let told = "";

  function show(faults) {
    box.hidden = !faults.length;
    const wrong = faults.filter((one) => !one.warning).length;
    const words = [
      wrong ? counted(wrong, "fault") : "",
      faults.length - wrong ? counted(faults.length - wrong, "warning") : "",
    ].filter(Boolean);
    fill(title, icon("warn"), h("span", { text: words.join(", ") }));
    box.classList.toggle("bad", wrong > 0);
    fill(list, faults.map(row));
    if (told !== words.join()) status.textContent = faults.length ? words.join(", ") : told ? "No faults." : "";
    told = words.join();
  }

  function row(fault) {
    const where = fault.line ? `Line ${fault.line}${fault.column ? `, column ${fault.column}` : ""}` : "The file";
    return h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: `fault${fault.warning ? "" : " bad"}`, on: { click: () => goTo(fault) } },
        h("b", { text: where }),
        h("span", { dir: "auto", text: `${fault.problem}. ${fault.mend}` }),
      ),
    );
  }
  return { box, status, show };
}
