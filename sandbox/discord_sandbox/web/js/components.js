/** Components of a message, classic rows and Components V2. */
import { choose, press } from "./user-actions.js";
import { colorOf, h, icon } from "./dom.js";
import { markdown } from "./markdown/render.js";
import { fileNode, gallery, picture } from "./media.js";
import { selectNode } from "./selects.js";
import { emit, guildOf, state } from "./store.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link" };

/** Whether one of my presses on this control still waits for the bot. */
function waiting(message, customId) {
  for (const one of state.interactions.values()) {
    if (one.message_id === message.id && one.custom_id === customId && one.state === "waiting") return true;
  }
  return false;
}

/** All components of a message as nodes. `context`: `{message, channel, revealed}`. */
export function componentNodes(components, context) {
  return (components ?? []).map((one, at) =>
    component(one, { ...context, key: `${context.key ?? "c"}.${at}` }),
  );
}

function component(one, context) {
  switch (one.type) {
    case 1:
      return h(
        "div",
        { class: "row" },
        one.components.map((each) => control(each, context)),
      );
    case 9:
      return section(one, context);
    case 10:
      return markdown(one.content, context);
    case 12:
      return gallery(one.items, context.message, context.revealed);
    case 13:
      return fileNode({ url: one.file.url, filename: one.name, size: one.size }, context.message);
    case 14:
      return one.divider === false
        ? h("div", { class: `gap s${one.spacing ?? 1}` })
        : h("hr", { class: `separator s${one.spacing ?? 1}` });
    case 17:
      return container(one, context);
    default:
      return control(one, context);
  }
}

function section(one, context) {
  const texts = one.components.map((each, at) =>
    component(each, { ...context, key: `${context.key}.${at}` }),
  );
  const { accessory } = one;
  const beside =
    accessory?.type === 11
      ? picture(
          {
            url: accessory.media?.url,
            description: accessory.description,
            spoiler: accessory.spoiler,
            className: "thumb",
            revealed: context.revealed,
            mark: `${context.key}.thumb`,
          },
          context.message,
        )
      : accessory && control(accessory, context);
  return h("div", { class: "section" }, h("div", { class: "section-words" }, texts), beside ?? null);
}

function container(one, context) {
  const box = h("div", { class: "container" }, componentNodes(one.components, context));
  const color = colorOf(one.accent_color);
  if (color) {
    box.classList.add("accented");
    box.style.setProperty("--accent-line", color);
  }
  const mark = `${context.key}.spoiler`;
  if (one.spoiler && !context.revealed.has(mark)) return veiled(box, mark, context);
  return box;
}

function veiled(box, mark, context) {
  const cover = h("div", { class: "veiled" }, box);
  box.inert = true;
  const open = () => {
    context.revealed.add(mark);
    box.inert = false;
    cover.replaceWith(box);
  };
  cover.append(h("button", { type: "button", class: "veil", on: { click: open } }, "Spoiler: press to show"));
  return cover;
}

function control(one, context) {
  if (one.type === 2) return button(one, context);
  const busy = waiting(context.message, one.custom_id);
  return selectNode(one, {
    guild: guildOf(context.channel),
    busy,
    onChange: (values) => choose(context.message, one.custom_id, values),
  });
}

function emojiOf(emoji) {
  if (!emoji) return null;
  return h("span", {
    class: "button-emoji",
    "aria-hidden": emoji.id ? null : "true",
    text: emoji.id ? `:${emoji.name}:` : emoji.name,
  });
}

function button(one, context) {
  const style = STYLES[one.style] ?? "secondary";
  const words = one.label ? h("span", { text: one.label }) : null;
  const name = one.label ? null : one.emoji?.name;
  if (one.style === 5) {
    const safe = /^(https?|discord):/.test(one.url ?? "");
    return h(
      "a",
      {
        class: "button link",
        href: safe && !one.disabled ? one.url : undefined,
        target: "_blank",
        rel: "noopener noreferrer nofollow",
        "aria-label": name,
        "aria-disabled": one.disabled ? "true" : null,
        role: one.disabled ? "link" : null,
      },
      emojiOf(one.emoji),
      words,
      icon("link"),
    );
  }
  const busy = waiting(context.message, one.custom_id);
  const node = h(
    "button",
    {
      type: "button",
      class: `button ${style}${busy ? " busy" : ""}`,
      disabled: Boolean(one.disabled),
      "aria-label": name,
      "aria-busy": busy ? "true" : null,
      dataset: { key: `c:${one.custom_id}` },
    },
    emojiOf(one.emoji),
    words,
  );
  node.addEventListener("click", () => {
    if (busy) return;
    node.classList.add("busy");
    emit("pressed", one);
    press(context.message, one.custom_id).then((made) => {
      if (!made) node.classList.remove("busy");
    });
  });
  return node;
}
