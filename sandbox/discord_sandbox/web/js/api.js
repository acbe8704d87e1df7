/** The sandbox's driver API: JSON in, JSON out, and faults as sentences. */

/** A refusal or fault of the driver; `message` is a sentence for people. */
class ApiError extends Error {
  constructor(status, body) {
    super(
      body?.error ||
        (status ? `The sandbox answered ${status}.` : "The sandbox cannot be reached. Is it still running?"),
    );
    this.status = status;
    this.code = body?.code ?? 0;
    this.fields = body?.fields ?? null;
  }
}

async function call(method, path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new ApiError(0, null);
  }
  let data = null;
  try {
    data = await answer.json();
  } catch {
    data = null;
  }
  if (!answer.ok) throw new ApiError(answer.status, data);
  return data ?? {};
}

/** Reads. `query` values of null and undefined are left out. */
export function get(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  const search = new URLSearchParams(given).toString();
  return call("GET", search ? `${path}?${search}` : path);
}

/** Does something. */
export function post(path, body = {}) {
  return call("POST", path, body);
}

/** Takes something away. */
export function remove(path) {
  return call("DELETE", path);
}
