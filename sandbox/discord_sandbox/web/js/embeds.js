/** Embeds: the framed cards under a message. */
import { colorOf, h } from "./dom.js";
import { markdown } from "./markdown/render.js";
import { localUrl, picture } from "./media.js";
import { timeNode } from "./time.js";

export function embedNode(embed, context, at) {
  const texts = (key) => ({ ...context, key: `e${at}${key}` });
  const card = h("div", { class: `embed${embed.thumbnail ? " with-thumb" : ""}` });
  const color = colorOf(embed.color);
  if (color) card.style.setProperty("--accent-line", color);
  const body = h("div", { class: "embed-body" });
  if (embed.author?.name)
    body.append(
      h(
        "div",
        { class: "embed-author" },
        small(embed.author.icon_url, context.message),
        linked(embed.author.name, embed.author.url),
      ),
    );
  if (embed.title)
    body.append(
      h(
        "div",
        { class: "embed-title" },
        embed.url ? linkOf(embed.url, markdown(embed.title, texts("t"))) : markdown(embed.title, texts("t")),
      ),
    );
  if (embed.description) body.append(markdown(embed.description, texts("d")));
  if (embed.fields?.length) body.append(fields(embed.fields, texts));
  card.append(body);
  if (embed.thumbnail?.url) card.append(picture({ ...embed.thumbnail, className: "thumb" }, context.message));
  if (embed.image?.url) card.append(picture({ ...embed.image, className: "embed-image" }, context.message));
  if (embed.footer?.text || embed.timestamp) card.append(footer(embed, context));
  return card;
}

function fields(list, texts) {
  return h(
    "dl",
    { class: "embed-fields" },
    list.map((field, at) =>
      h(
        "div",
        { class: field.inline ? "inline" : "" },
        h("dt", {}, markdown(field.name, texts(`n${at}`))),
        h("dd", {}, markdown(field.value, texts(`v${at}`))),
      ),
    ),
  );
}

function footer(embed, context) {
  const at = embed.timestamp ? Date.parse(embed.timestamp) : NaN;
  return h(
    "div",
    { class: "embed-footer" },
    small(embed.footer?.icon_url, context.message),
    h(
      "span",
      {},
      embed.footer?.text ?? "",
      embed.footer?.text && !Number.isNaN(at) ? " · " : "",
      Number.isNaN(at) ? null : timeNode(at, "s"),
    ),
  );
}

function small(url, message) {
  const local = localUrl(url, message);
  return local ? h("img", { class: "embed-icon", src: local, alt: "" }) : null;
}

const linkOf = (url, child) =>
  /^https?:/.test(url)
    ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer nofollow" }, child)
    : child;
const linked = (words, url) => (url ? linkOf(url, h("span", { text: words })) : h("span", { text: words }));
