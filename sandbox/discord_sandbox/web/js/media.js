/** Pictures, galleries and files. Only what the sandbox itself serves is loaded; other addresses become a link. */
import { h, icon } from "./dom.js";
import { lightbox } from "./lightbox.js";

/** The address on this server; null for one elsewhere. `attachment://name` is looked up among the message's files. */
export function localUrl(url, message) {
  if (!url) return null;
  const name = /^attachment:\/\/(.+)$/.exec(url)?.[1];
  const found = name ? message?.attachments?.find((one) => one.filename === name)?.url : url;
  if (!found) return null;
  const address = new URL(found, location.href);
  if (address.protocol === "data:" || address.origin === location.origin) return address.href;
  const loopback = ["127.0.0.1", "localhost", "[::1]"].includes(address.hostname);
  return loopback && address.port === location.port ? location.origin + address.pathname : null;
}

/** A picture that opens large; where it lies elsewhere, its address and description. */
export function picture(
  { url, description, spoiler = false, width, height, className = "", revealed, mark },
  message,
) {
  const local = localUrl(url, message);
  if (!local) return elsewhere(url, description);
  const img = h("img", { src: local, alt: description ?? "", loading: "lazy", decoding: "async" });
  if (width && height) {
    img.width = width;
    img.height = height;
  }
  const hidden = spoiler && !revealed?.has(mark);
  const name = description
    ? `Picture: ${description}. Press to enlarge`
    : "Picture without a description. Press to enlarge";
  const button = h(
    "button",
    {
      type: "button",
      class: `picture ${className}${hidden ? " hidden-media" : ""}`,
      "aria-label": hidden ? "Hidden picture (spoiler). Press to show it" : name,
    },
    img,
  );
  if (hidden) button.append(h("span", { class: "media-veil", text: "Spoiler" }));
  button.addEventListener("click", () => {
    if (button.classList.contains("hidden-media")) {
      revealed?.add(mark);
      button.classList.remove("hidden-media");
      button.querySelector(".media-veil")?.remove();
      button.setAttribute("aria-label", name);
    } else lightbox(local, description);
  });
  img.addEventListener("error", () =>
    button.replaceWith(elsewhere(url, description || "This picture could not be shown")),
  );
  return button;
}

function elsewhere(url, description) {
  const safe = /^https?:/.test(url ?? "");
  const words = h("span", { text: description || "A picture from elsewhere" });
  return h(
    "div",
    { class: "media-away" },
    icon("link"),
    words,
    safe
      ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer nofollow", text: "Open it" })
      : null,
  );
}

/** Several pictures side by side. `items`: `[{media: {url}, description, spoiler}]`. */
export function gallery(items, message, revealed) {
  const count = Math.min(items.length, 10);
  return h(
    "div",
    { class: `gallery g${count}` },
    items.map((item, at) => {
      const media = item.media ?? {};
      return picture(
        {
          url: media.url,
          description: item.description,
          spoiler: item.spoiler,
          width: media.width,
          height: media.height,
          revealed,
          mark: `g${media.url}${at}`,
        },
        message,
      );
    }),
  );
}

const UNITS = ["bytes", "kB", "MB"];

/** "1.4 MB". */
export function fileSize(bytes) {
  let [value, unit] = [bytes ?? 0, 0];
  while (value >= 1000 && unit < 2) [value, unit] = [value / 1000, unit + 1];
  return `${value < 10 && unit ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

/** A file to take along. */
export function fileNode({ url, filename, size, description }, message) {
  const local = localUrl(url, message);
  const name = filename || decodeURIComponent((url ?? "").split("/").pop());
  const link = local ? h("a", { href: local, download: name, text: name }) : h("span", { text: name });
  return h(
    "div",
    { class: "file" },
    icon("file"),
    h(
      "span",
      { class: "file-words" },
      link,
      h("small", {
        text: [size !== undefined ? fileSize(size) : "", description].filter(Boolean).join(" · "),
      }),
    ),
  );
}

/** The files of a message: pictures as a gallery, the rest to take along. Those a component shows are left out. */
export function attachments(message, revealed) {
  const shown = JSON.stringify(message.components ?? []) + JSON.stringify(message.embeds ?? []);
  const rest = message.attachments.filter(
    (one) => !shown.includes(one.url) && !shown.includes(`attachment://${one.filename}`),
  );
  const pictures = rest.filter((one) => one.content_type?.startsWith("image/"));
  const items = pictures.map((one) => ({
    media: one,
    description: one.description,
    spoiler: one.filename.startsWith("SPOILER_"),
  }));
  return [
    items.length ? gallery(items, message, revealed) : null,
    rest.filter((one) => !pictures.includes(one)).map((one) => fileNode(one, message)),
  ];
}
