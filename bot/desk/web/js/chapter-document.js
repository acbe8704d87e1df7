/**
 * The open chapter: its text as it is typed, as it is kept as a draft, and as it is saved in its file.
 *
 * What is typed is kept as a draft within a second, on the server, or in this browser while that cannot be reached.
 * The file itself changes by `save` alone.
 */
import { emit } from "/kit/js/store.js";
import { get, put, remove, storyPath } from "./desk-api.js";
import { takeOpened } from "./desk-state.js";

const KEEP_AFTER = 600;

export class ChapterDocument {
  constructor(slug, file, read) {
    this.slug = slug;
    this.file = file;
    this.read = read; // gives the whole text as it is on the screen
    this.saved = "";
    this.version = "";
    this.draft = null; // the version of the kept draft
    this.timer = 0;
    this.keeping = false;
    this.closed = false;
    this.state = "saved"; // saved | typing | kept | local | conflict
  }

  get localKey() {
    return `fascicle-desk:${this.slug}/${this.file}`;
  }

  /**
   * Reads the chapter; gives the text to show, the other one if the two do not go together, and its pages where the
   * server has sent them along.
   */
  async open() {
    const found = takeOpened(this.slug, this.file) ?? (await get(storyPath(this.slug, "text", { file: this.file })));
    this.saved = found.text;
    this.version = found.version;
    this.draft = found.draft?.draft ?? null;
    const local = this.takeLocal();
    const mine = local ?? (found.draft && { text: found.draft.text, base: found.draft.base });
    const looked = (text) => (text === (found.draft ?? found).text ? (found.look ?? null) : null);
    if (!mine || mine.text === found.text) return { text: found.text, other: null, seen: looked(found.text) };
    const other = mine.base === found.version ? null : { text: found.text, version: found.version };
    return { text: mine.text, other, seen: looked(mine.text) };
  }

  takeLocal() {
    try {
      return JSON.parse(localStorage.getItem(this.localKey));
    } catch {
      return null;
    }
  }

  get isChanged() {
    return this.read() !== this.saved;
  }

  /** Tells that the text is another one now. */
  touched() {
    if (this.state !== "conflict") this.tell(this.isChanged ? "typing" : "saved");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), KEEP_AFTER);
  }

  /** Keeps what is typed. */
  async keep() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.keeping || this.closed) return;
    const text = this.read();
    this.keeping = true;
    try {
      if (text === this.saved) {
        if (this.draft) await remove(storyPath(this.slug, "draft", { file: this.file }));
        this.draft = null;
      } else {
        const body = { file: this.file, text, version: this.version, over: this.draft };
        this.draft = (await put(storyPath(this.slug, "draft"), body)).draft;
      }
      localStorage.removeItem(this.localKey);
      if (this.state !== "conflict") this.tell(text === this.saved ? "saved" : "kept");
    } catch (error) {
      this.keepLocally(text);
      if (error.status === 409 && error.current) emit("conflict", { document: this, other: error.current });
      else this.tell("local");
    } finally {
      this.keeping = false;
    }
    if (this.closed) return;
    if (this.state === "local") this.timer = setTimeout(() => this.keep(), 3000);
    else if (this.read() !== text) this.touched();
  }

  keepLocally(text) {
    try {
      localStorage.setItem(this.localKey, JSON.stringify({ text, base: this.version }));
    } catch {
      // The browser has no room; the server is asked again in a moment.
    }
  }

  /** Keeps what is not kept yet while the page goes away. */
  leave() {
    if (!this.timer && !this.keeping) return;
    if (this.isChanged) this.keepLocally(this.read());
  }

  /** Lets go of the chapter once everything is kept. */
  async close() {
    this.leave();
    if (this.timer) await this.keep();
    this.closed = true;
    clearTimeout(this.timer);
  }

  /** Saves into the file; a conflict is told by `conflict`. Gives whether it is saved. */
  async save() {
    clearTimeout(this.timer);
    this.timer = 0;
    const text = this.read();
    try {
      const { version } = await put(storyPath(this.slug, "text"), { file: this.file, text, version: this.version });
      Object.assign(this, { saved: text, version, draft: null });
      localStorage.removeItem(this.localKey);
      this.tell("saved");
      if (this.isChanged) this.touched();
      return true;
    } catch (error) {
      if (error.status === 409 && error.current) {
        emit("conflict", { document: this, other: error.current });
        return false;
      }
      this.keepLocally(text);
      throw error;
    }
  }

  /** Looks whether the file has changed outside. Gives its new text, or null. */
  async lookOutside() {
    const found = await get(storyPath(this.slug, "text", { file: this.file }));
    if (found.version === this.version || this.closed) return null;
    return { text: found.text, version: found.version };
  }

  /** Goes on from another version of the file, with the text on the screen or the other one. */
  rebase(other) {
    if (other.version) {
      this.version = other.version;
      this.saved = other.text;
    }
    if (other.draft !== undefined) this.draft = other.draft;
    this.state = "typing";
    this.touched();
  }

  tell(state) {
    this.state = state;
    emit("document", this);
  }
}
