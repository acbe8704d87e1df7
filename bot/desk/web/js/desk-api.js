/** The desk's own server: JSON in, JSON out, and what goes wrong as a sentence. */

let key = document.querySelector('meta[name="desk-key"]').content;

/** A refusal; `message` is a sentence for people, `current` the other text of a conflict. */
export class DeskError extends Error {
  constructor(status, body) {
    super(body?.error || "The desk does not answer. Is it still running? Your text is kept in this browser.");
    this.status = status;
    this.current = body?.current ?? null;
  }
}

async function send(method, path, body, extra) {
  const options = { method, headers: { "X-Desk-Key": key }, ...extra };
  if (body !== undefined) options.body = JSON.stringify(body);
  return fetch(path, options).catch((error) => {
    if (error.name === "AbortError") throw error;
    throw new DeskError(0, null);
  });
}

/** After a restart of the desk its page has another key; what is typed here goes on. */
async function renewKey() {
  const page = await fetch("/").then((answer) => answer.text(), () => "");
  const found = /name="desk-key" content="([^"]+)"/.exec(page)?.[1];
  const fresh = Boolean(found) && found !== key;
  if (fresh) key = found;
  return fresh;
}

async function call(method, path, body, extra = {}) {
  let answer = await send(method, path, body, extra);
  if (answer.status === 403 && (await renewKey())) answer = await send(method, path, body, extra);
  const read = await answer.json().catch(() => null);
  if (!answer.ok) throw new DeskError(answer.status, read);
  return read;
}

export const get = (path, extra) => call("GET", path, undefined, extra);
export const post = (path, body, extra) => call("POST", path, body, extra);
export const put = (path, body, extra) => call("PUT", path, body, extra);
/** Sends a file as it is. */
export const upload = (path, file, extra) => call("PUT", path, undefined, { ...extra, body: file });
export const remove = (path) => call("DELETE", path);

/** The address of something of a story. */
export function storyPath(slug, what = "", query = null) {
  const tail = what ? `/${what}` : "";
  return `/api/stories/${encodeURIComponent(slug)}${tail}${query ? `?${new URLSearchParams(query)}` : ""}`;
}
