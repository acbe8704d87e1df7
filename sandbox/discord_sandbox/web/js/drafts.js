/** What somebody has begun to write, by person and channel. The words outlive a reload of this window. */
const KEPT = "fascicle-drafts";

const words = new Map(Object.entries(JSON.parse(sessionStorage.getItem(KEPT) ?? "{}")));
const forms = new Map();
const keyOf = (person, channel) => `${person}/${channel}`;

/** Keeps the words; none takes the draft away. */
export function keepWords(person, channel, text) {
  const key = keyOf(person, channel);
  if ((words.get(key) ?? "") === text) return;
  if (text) words.set(key, text);
  else words.delete(key);
  sessionStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(words)));
}

/** Keeps a command that is being filled in; null takes it away. */
export function keepForm(person, channel, form) {
  if (form) forms.set(keyOf(person, channel), form);
  else forms.delete(keyOf(person, channel));
}

/** `{text, form}`: empty and null where nothing was begun. */
export function draftOf(person, channel) {
  const key = keyOf(person, channel);
  return { text: words.get(key) ?? "", form: forms.get(key) ?? null };
}

/** Forgets everything, for a world that begins anew. */
export function forgetDrafts() {
  words.clear();
  forms.clear();
  sessionStorage.removeItem(KEPT);
}
