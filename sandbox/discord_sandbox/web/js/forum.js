/** A forum: its posts, newest activity first, and the way to a new one. */
import { startThread } from "./user-actions.js";
import { get } from "./api.js";
import { promptBox } from "./dialogs.js";
import { avatar, fill, h, icon } from "./dom.js";
import { summarize } from "./message-summary.js";
import { channelName, emit, on, state, userName } from "./store.js";
import { timeNode } from "./time.js";
import { toast } from "./toast.js";

let root;
let shown = null;
let tag = null;
let timer = 0;

/** Builds the place for forums. */
export function mountForum(node) {
  root = node;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(() => shown && load(), 250);
  };
  for (const event of ["channels", "message", "message-edit"]) on(event, again);
}

/** Shows a forum; null takes it away. */
export function showForum(channel) {
  shown = channel?.id ?? null;
  tag = null;
  root.hidden = !channel;
  if (!channel) return;
  fill(root, h("p", { class: "note", text: "Looking…" }));
  load();
}

async function load() {
  const id = shown;
  let answer;
  try {
    answer = await get(`/sandbox/channels/${id}/threads`, { as: state.me.id, archived: 1 });
  } catch (error) {
    if (shown === id) toast(error.message, "fault");
    return;
  }
  if (shown === id) draw(state.channels.get(id), answer.threads);
}

function draw(channel, posts) {
  if (!channel) return;
  const focus = document.activeElement?.dataset?.key;
  const tags = channel.available_tags ?? [];
  const chips = tags.map((one) =>
    tagButton(one, tag === one.id, () => {
      tag = tag === one.id ? null : one.id;
      draw(channel, posts);
    }),
  );
  const fresh = h(
    "button",
    {
      type: "button",
      class: "button primary",
      disabled: channel.can?.send === false,
      dataset: { key: "new-post" },
      on: { click: () => newPost(channel) },
    },
    icon("plus"),
    h("span", { text: "New post" }),
  );
  const list = posts.filter((one) => !tag || one.applied_tags?.includes(tag));
  fill(
    root,
    h(
      "div",
      { class: "forum-head" },
      channel.topic ? h("p", { class: "dim", text: channel.topic }) : null,
      h(
        "div",
        { class: "forum-tools" },
        h("div", { class: "tags", role: "group", "aria-label": "Filter by tag" }, chips),
        fresh,
      ),
    ),
    list.length
      ? h(
          "ul",
          { class: "posts", role: "list" },
          list.map((one) => post(one, tags)),
        )
      : h(
          "div",
          { class: "forum-empty" },
          icon("forum", "icon large"),
          h("p", {
            text: posts.length
              ? "No post has this tag."
              : `No posts yet. Begin ${channelName(channel)} with the first one.`,
          }),
        ),
  );
  if (focus) [...root.querySelectorAll("[data-key]")].find((one) => one.dataset.key === focus)?.focus();
}

function tagButton(one, on, run) {
  return h(
    "button",
    {
      type: "button",
      class: "tag-chip",
      "aria-pressed": String(on),
      dataset: { key: `tag${one.id}` },
      on: { click: run },
    },
    one.emoji_name ? `${one.emoji_name} ` : "",
    one.name,
  );
}

function post(thread, tags) {
  const { starter } = thread;
  const mine = tags.filter((one) => thread.applied_tags?.includes(one.id));
  const count = thread.message_count ?? 0;
  const top = starter?.reactions?.[0];
  const stamp = thread.last_message ?? starter;
  const picture = starter?.attachments?.find((one) => one.content_type?.startsWith("image/"));
  const go = () => emit("go", { channel: thread.id, data: thread });
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "post", dataset: { key: thread.id, channel: thread.id }, on: { click: go } },
      h(
        "span",
        { class: "post-words" },
        mine.length
          ? h(
              "span",
              { class: "post-tags" },
              mine.map((one) =>
                h("span", { class: "tag-chip small" }, one.emoji_name ? `${one.emoji_name} ` : "", one.name),
              ),
            )
          : null,
        h(
          "b",
          { class: "post-title" },
          thread.name,
          thread.unread ? h("span", { class: "new-dot", title: "Unread" }) : null,
        ),
        h(
          "span",
          { class: "post-gist" },
          starter
            ? [h("b", { text: `${userName(starter.author)}: ` }), summarize(starter, 180)]
            : "The first message was deleted.",
        ),
        h(
          "span",
          { class: "post-foot" },
          top ? h("span", { text: `${top.emoji.name} ${top.count}` }) : null,
          h("span", { text: `${count} ${count === 1 ? "reply" : "replies"}` }),
          stamp ? timeNode(Date.parse(stamp.timestamp), "stamp") : null,
          thread.thread_metadata?.archived ? h("span", { text: "archived" }) : null,
        ),
      ),
      picture
        ? h("img", {
            class: "post-picture",
            src: picture.url,
            alt: picture.description ?? "",
            loading: "lazy",
          })
        : starter
          ? avatar(starter.author, 40)
          : null,
    ),
  );
}

function newPost(channel) {
  const boxes = (channel.available_tags ?? []).map((one) => [
    one.id,
    h("input", { type: "checkbox" }),
    one.name,
  ]);
  const extra = boxes.length
    ? h(
        "fieldset",
        { class: "choices" },
        h("legend", { text: "Tags" }),
        boxes.map(([, box, name]) => h("label", { class: "choice" }, box, h("span", { text: name }))),
      )
    : null;
  promptBox({
    title: "New post",
    label: "Title",
    action: "Post",
    limit: 100,
    long: "What do you want to say?",
    extra,
    run: async (name, content) => {
      const made = await startThread({
        channel: channel.id,
        name,
        content,
        tags: boxes.filter(([, box]) => box.checked).map(([id]) => id),
      });
      emit("go", { channel: made.id, data: made });
    },
  });
}
