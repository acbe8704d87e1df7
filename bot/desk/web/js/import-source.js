/** Giving a manuscript to the desk: files, folders and archives that are dropped or chosen, and pasted text. */
import { h, icon, uid } from "/kit/js/dom.js";
import { attempt, toast } from "/kit/js/toast.js";
import { post, upload } from "./desk-api.js";
import { emit, go } from "./desk-state.js";

/** Begins an import of files, each a `{path, file}`, and shows it. */
export async function importFiles(files) {
  if (!files.length) return;
  const { id } = await post("/api/imports", {});
  emit("importing", files.length === 1 ? files[0].path : `${files.length.toLocaleString()} files`);
  try {
    for (const { path, file } of files) {
      await upload(`/api/imports/${id}/files?${new URLSearchParams({ path })}`, file);
    }
    await post(`/api/imports/${id}/read`, {});
    go({ view: "import", slug: null, file: id });
  } finally {
    emit("importing", "");
  }
}

/** Begins an import of a text, and shows it. */
export async function importText(text) {
  emit("importing", "your text");
  try {
    const { id } = await post("/api/imports", { text });
    go({ view: "import", slug: null, file: id });
  } finally {
    emit("importing", "");
  }
}

/** All files of what was dropped, those of folders with their paths. */
async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map((file) => ({ path: file.name, file }));
  const found = [];
  for (const entry of entries) await collect(entry, entry.name, found);
  return found;
}

async function collect(entry, path, found) {
  if (entry.isFile) {
    const file = await new Promise((done, fail) => entry.file(done, fail));
    found.push({ path, file });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    // A reader gives a hundred entries at a time.
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return;
    for (const one of some) await collect(one, `${path}/${one.name}`, found);
  }
}

/** Lets files be dropped anywhere on the page. */
export function mountDrop(shell) {
  const veil = h("div", { class: "drop-veil", hidden: true }, icon("file"), h("p", { text: "Drop it to see what becomes of it" }));
  const busy = h("p", { class: "importing", role: "status", hidden: true });
  document.body.append(veil, busy);
  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  let depth = 0;
  const over = (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    if (event.type === "dragenter") depth += 1;
    veil.hidden = false;
  };
  shell.addEventListener("dragenter", over);
  shell.addEventListener("dragover", over);
  shell.addEventListener("dragleave", (event) => {
    if (!hasFiles(event)) return;
    depth -= 1;
    if (depth <= 0) hide();
  });
  const hide = () => {
    depth = 0;
    veil.hidden = true;
  };
  shell.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    hide();
    // The entries must be asked for before anything is waited for.
    const files = dropped(event.dataTransfer);
    attempt(async () => importFiles(await files));
  });
  return {
    tell(words) {
      busy.hidden = !words;
      busy.textContent = words ? `Reading ${words}…` : "";
    },
  };
}

/** The ways to give a manuscript: choose a file or a folder, or paste a text. */
export function sourceForm() {
  const id = uid("paste");
  const text = h("textarea", { id, rows: 5, spellcheck: false, placeholder: "Paste chapters here" });
  const read = h("button", { type: "submit", class: "button primary small", text: "Look at it" });
  const form = h("form", { class: "paste-form" }, h("label", { for: id, text: "Or paste the text" }), text, read);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!text.value.trim()) {
      toast("Paste your text first.");
      text.focus();
      return;
    }
    attempt(async () => {
      await importText(text.value);
      text.value = "";
    });
  });
  return h(
    "section",
    { class: "source-form" },
    h(
      "p",
      { class: "source-choices" },
      chooser("Choose a file", {}),
      chooser("Choose a folder", { webkitdirectory: true }),
      h("span", { class: "dim small wide-only", text: "or drop it anywhere on this page" }),
    ),
    h("p", { class: "dim small", text: "Word, LibreOffice, EPUB, web pages, Markdown, plain text, or a ZIP of them. Nothing is written before you accept it." }),
    form,
  );
}

function chooser(label, extra) {
  const input = h("input", { type: "file", class: "sr", tabIndex: -1, multiple: true, "aria-label": label, ...extra });
  input.addEventListener("change", () => {
    const files = [...input.files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
    attempt(async () => {
      await importFiles(files);
      input.value = "";
    });
  });
  const button = h("button", { type: "button", class: "button small", on: { click: () => input.click() } }, icon("file"), label);
  return h("span", {}, button, input);
}
