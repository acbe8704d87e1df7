/** The Markdown tree as DOM nodes. Words go in as text nodes, addresses only as http and https links. */
import { append, h } from "../dom.js";
import { channelName, emit, guildOf, state, userById, userName } from "../store.js";
import { timeNode } from "../time.js";
import { isOnlyEmoji, parse } from "./blocks.js";

/**
 * Nodes of a text.
 *
 * `context.channel` is where it stands (names and colours depend on the guild); `context.revealed` is a set that
 * remembers opened spoilers while the message is drawn anew; `context.key` tells several texts of a message apart.
 */
export function markdown(source, context = {}) {
  const where = {
    guild: guildOf(context.channel),
    revealed: context.revealed ?? new Set(),
    key: context.key ?? "",
    n: 0,
  };
  const jumbo = isOnlyEmoji(source) ? " jumbo" : "";
  return h(
    "div",
    { class: `md${jumbo}` },
    parse(source).map((node) => block(node, where)),
  );
}

function all(nodes, where) {
  return nodes.map((node) => inline(node, where));
}

function block(node, where) {
  switch (node.t) {
    case "h":
      return h("h3", { class: `md-h md-h${node.level}` }, all(node.c, where));
    case "sub":
      return h("p", { class: "md-sub" }, all(node.c, where));
    case "quote":
      return h(
        "blockquote",
        { class: "md-quote" },
        node.c.map((one) => block(one, where)),
      );
    case "pre":
      return h(
        "pre",
        { class: "md-pre", tabIndex: 0, "aria-label": node.language ? `Code, ${node.language}` : "Code" },
        h("code", { text: node.text }),
      );
    case "list":
      return list(node, where);
    default:
      return h("p", { class: "md-p" }, all(node.c, where));
  }
}

function list(node, where) {
  const items = node.items.map((item) =>
    h(
      "li",
      {},
      all(item.c, where),
      item.kids.map((kid) => list(kid, where)),
    ),
  );
  const made = h(node.ordered ? "ol" : "ul", { class: "md-list" }, items);
  if (node.ordered) made.start = node.start;
  return made;
}

const SIMPLE = { em: "em", strong: "strong", underline: "u", strike: "s" };

function inline(node, where) {
  if (SIMPLE[node.t]) return h(SIMPLE[node.t], {}, all(node.c, where));
  switch (node.t) {
    case "text":
      return document.createTextNode(node.text);
    case "code":
      return h("code", { class: "md-code", text: node.text });
    case "spoiler":
      return spoiler(node, where);
    case "link":
      return link(node, where);
    case "time":
      return timeNode(node.at * 1000, node.style, "md-time");
    case "everyone":
      return h("span", { class: "mention", text: node.text });
    case "emoji":
      return h("span", { class: "custom-emoji", title: `:${node.name}:`, text: `:${node.name}:` });
    case "command":
      return h("button", {
        type: "button",
        class: "mention",
        text: `/${node.name}`,
        on: { click: () => emit("use-command", { name: node.name }) },
      });
    default:
      return mention(node, where);
  }
}

function link(node, where) {
  const props = {
    class: "md-link",
    href: node.url,
    target: "_blank",
    rel: "noopener noreferrer nofollow",
    title: node.title ?? node.url,
  };
  return h("a", props, all(node.c, where));
}

function mention(node, where) {
  if (node.t === "user") {
    const user = userById(node.id);
    const props = {
      type: "button",
      class: "mention",
      text: `@${user ? userName(user, where.guild) : "unknown person"}`,
    };
    return h("button", {
      ...props,
      on: { click: (event) => emit("profile", { user: node.id, anchor: event.currentTarget }) },
    });
  }
  if (node.t === "role") {
    const role = where.guild?.roles.find((one) => one.id === node.id);
    const made = h("span", {
      class: "mention",
      text: role ? `@${role.name.replace(/^@/, "")}` : "@unknown role",
    });
    if (role?.color) made.style.setProperty("--mention", `#${role.color.toString(16).padStart(6, "0")}`);
    return made;
  }
  const channel = state.channels.get(node.id);
  if (!channel) return h("span", { class: "mention", text: "#a channel you cannot see" });
  return h("button", {
    type: "button",
    class: "mention",
    text: `#${channelName(channel)}`,
    on: { click: () => emit("go", { channel: node.id }) },
  });
}

function spoiler(node, where) {
  where.n += 1;
  const mark = `${where.key}/${where.n}`;
  const inside = append(h("span", { class: "spoiler-text" }), all(node.c, where));
  const made = h("span", { class: "spoiler" }, inside);
  const open = () => {
    where.revealed.add(mark);
    made.classList.add("open");
    inside.removeAttribute("aria-hidden");
    for (const name of ["role", "tabindex", "aria-label"]) made.removeAttribute(name);
  };
  if (where.revealed.has(mark)) open();
  else {
    inside.setAttribute("aria-hidden", "true");
    made.setAttribute("role", "button");
    made.setAttribute("aria-label", "Spoiler. Press to show it");
    made.tabIndex = 0;
    const act = (event) => {
      if (
        made.classList.contains("open") ||
        (event.type === "keydown" && !["Enter", " "].includes(event.key))
      )
        return;
      event.preventDefault();
      event.stopPropagation();
      open();
    };
    made.addEventListener("click", act, true);
    made.addEventListener("keydown", act);
  }
  return made;
}
