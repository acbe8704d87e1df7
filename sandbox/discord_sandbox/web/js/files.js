/** Files that go with a message: chosen, pasted or dropped. */
import { h, iconButton } from "./dom.js";
import { fileSize } from "./media.js";
import { toast } from "./toast.js";

const MOST = 10;
const LARGEST = 10 * 1024 * 1024;

/** A file as the driver takes it. */
export function encodeFile(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      const data = String(reader.result);
      resolve({
        filename: file.name,
        content_type: file.type || "application/octet-stream",
        data: data.slice(data.indexOf(",") + 1),
      });
    });
    reader.addEventListener("error", () => reject(new Error(`${file.name} could not be read.`)));
    reader.readAsDataURL(file);
  });
}

export class Files {
  constructor(changed) {
    this.changed = changed;
    this.list = [];
    this.input = h("input", {
      type: "file",
      multiple: true,
      hidden: true,
      "aria-label": "Files to attach",
      on: { change: () => this.add(this.input.files) },
    });
    this.row = h("ul", { class: "files", "aria-label": "Attached files" });
    this.node = h("div", { class: "files-box" }, this.input, this.row);
  }

  get any() {
    return this.list.length > 0;
  }

  ask() {
    this.input.value = "";
    this.input.click();
  }

  add(files) {
    for (const file of files) {
      if (file.size > LARGEST) toast(`${file.name} is larger than 10 MB.`, "fault");
      else if (this.list.length >= MOST) toast("A message takes ten files at most.", "fault");
      else this.list.push(file);
    }
    this.draw();
  }

  clear() {
    this.list = [];
    this.draw();
  }

  draw() {
    this.row.replaceChildren(
      ...this.list.map((file, at) =>
        h(
          "li",
          {},
          h("span", { text: file.name }),
          h("small", { text: fileSize(file.size) }),
          iconButton("close", `Take ${file.name} away`, () => {
            this.list.splice(at, 1);
            this.draw();
          }),
        ),
      ),
    );
    this.changed();
  }

  encoded() {
    return Promise.all(this.list.map(encodeFile));
  }
}
