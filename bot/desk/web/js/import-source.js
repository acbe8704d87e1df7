/** Giving a manuscript to the desk: files, folders and archives that are dropped or chosen, and pasted text. */
import { h, icon, uid } from "/kit/js/dom.js";
import { attempt, toast } from "/kit/js/toast.js";
import { post, remove, upload } from "./desk-api.js";
import { emit, go } from "./desk-state.js";

/** Bytes that the desk takes at once, as `MOST_BYTES` of the server has them. */
const MOST_BYTES = 256 * 1024 ** 2;
/** What is being read, one at a time. */
let current = null;

/** Begins an import of files, each a `{path, file}`, and shows it. */
export async function importFiles(files) {
  if (!files.length) throw new Error("There is no file in it. Choose the folder that has your chapters.");
  const size = files.reduce((sum, one) => sum + one.file.size, 0);
  if (size > MOST_BYTES) throw new Error("This is more than 256 MiB. Give me the chapters in several parts.");
  await reading(async (signal, tell) => {
    const name = files.length === 1 ? files[0].path : `${files.length.toLocaleString()} files`;
    tell(`Reading ${name}…`);
    const { id } = await post("/api/imports", {}, { signal });
    try {
      for (const [number, { path, file }] of files.entries()) {
        if (files.length > 1) tell(`Taking ${(number + 1).toLocaleString()} of ${name}…`);
        await upload(`/api/imports/${id}/files?${new URLSearchParams({ path })}`, file, { signal });
      }
      tell(`Looking for chapters in ${name}…`);
      await post(`/api/imports/${id}/read`, {}, { signal });
    } catch (error) {
      await remove(`/api/imports/${id}`).catch(() => null);
      throw error;
    }
    return id;
  });
}

/** Begins an import of a text, and shows it; tells whether it was read. */
export function importText(text) {
  return reading(async (signal, tell) => {
    tell("Reading your text…");
    return (await post("/api/imports", { text }, { signal })).id;
  });
}

async function reading(work) {
  if (current) throw new Error("Something is being read already. Wait for it, or cancel it.");
  current = new AbortController();
  const { signal } = current;
  const stop = () => current?.abort();
  try {
    const id = await work(signal, (words) => emit("importing", { words, stop }));
    go({ view: "import", slug: null, file: id });
    return true;
  } catch (error) {
    if (!signal.aborted) throw error;
    toast("Cancelled. Nothing was written.");
    return false;
  } finally {
    current = null;
    emit("importing", null);
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
  const words = h("span", { role: "status" });
  const cancel = h("button", { type: "button", class: "button small", text: "Cancel" });
  const busy = h("div", { class: "importing", hidden: true }, words, cancel);
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
    tell(doing) {
      busy.hidden = !doing;
      words.textContent = doing?.words ?? "";
      cancel.onclick = doing?.stop ?? null;
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
    read.disabled = true;
    attempt(async () => {
      if (await importText(text.value)) text.value = "";
    }).finally(() => {
      read.disabled = false;
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
    // The same file can be chosen once more.
    input.value = "";
    attempt(() => importFiles(files));
  });
  const button = h("button", { type: "button", class: "button small", on: { click: () => input.click() } }, icon("file"), label);
  return h("span", {}, button, input);
}
