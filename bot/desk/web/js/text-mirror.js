/** Marks under the text: where its faults are and where pages begin. It lies behind the text field, letter for letter. */
import { fill, h } from "/kit/js/dom.js";

export class TextMirror {
  constructor(area) {
    this.area = area;
    this.node = h("div", { class: "mirror", "aria-hidden": "true" });
    area.addEventListener("scroll", () => this.follow());
    new ResizeObserver(() => this.fit()).observe(area);
  }

  /** `faults`: `[{at, end, warning}]`, `breaks`: `[{at, page}]`, as offsets of `text`. */
  draw(text, faults, breaks) {
    const marks = [
      ...breaks.map((one) => ({ at: one.at, node: () => h("i", { class: "cut", dataset: { page: `page ${one.page}` } }) })),
      ...faults.map((one) => ({ ...one, fault: true })),
    ].sort((a, b) => a.at - b.at);
    const parts = [];
    let done = 0;
    for (const mark of marks) {
      if (mark.at < done) continue;
      parts.push(text.slice(done, mark.at));
      done = mark.at;
      if (mark.fault) {
        parts.push(h("mark", { class: mark.warning ? "warn" : "bad", text: text.slice(mark.at, mark.end) }));
        done = mark.end;
      } else parts.push(mark.node());
    }
    fill(this.node, parts, `${text.slice(done)}\n`);
    this.fit();
  }

  /** Hides the marks until the text has been looked at again. */
  fade() {
    this.node.classList.add("faded");
  }

  fit() {
    this.node.style.setProperty("width", `${this.area.clientWidth}px`);
    this.node.classList.remove("faded");
    this.follow();
  }

  follow() {
    this.node.scrollTop = this.area.scrollTop;
  }
}
