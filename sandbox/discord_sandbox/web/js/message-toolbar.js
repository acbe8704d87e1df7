/** What can be done with a message: one bar that goes to the message under the pointer or the focus. */
import { clearReactions, emojiKey, erase, invoke, pin, startThread, toggleReaction } from "./user-actions.js";
import { commandsOf } from "./command-list.js";
import { confirmBox, promptBox } from "./dialogs.js";
import { h, icon, iconButton } from "./dom.js";
import { menu } from "./popover.js";
import { openEmojiPicker } from "./reactions.js";
import { emit, isThread, state } from "./store.js";
import { attempt, toast } from "./toast.js";

let find;
let shown = null;
const bar = h("div", { class: "toolbar", role: "toolbar", "aria-label": "What to do with this message" });

/** Sets the bar to work in a list; `lookup(id)` gives the message. */
export function mountToolbar(list, lookup) {
  find = lookup;
  bar.append(
    iconButton("smileplus", "Add a reaction", (event) => react(event.currentTarget)),
    iconButton("reply", "Answer", () => withMessage((message) => emit("reply", message))),
    iconButton("more", "More", (event) => more(event.currentTarget)),
  );
  list.addEventListener("pointerover", (event) => event.pointerType === "mouse" && show(event.target));
  list.addEventListener("focusin", (event) => show(event.target));
  list.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, img, textarea, input") || getSelection()?.toString()) return;
    show(event.target);
    if (!shown) return;
    event.preventDefault();
    more(bar.lastElementChild);
  });
  list.addEventListener("click", (event) => event.target.closest("article.message") && show(event.target));
}

function show(target) {
  const article = target.closest?.("article.message:not(.system)");
  if (!article || bar.contains(target)) return;
  shown = article.dataset.id;
  if (bar.parentElement === article) return;
  const message = find(shown);
  const channel = message && state.channels.get(message.channel_id);
  bar.children[0].hidden = !channel?.can?.react || message.ephemeral;
  bar.children[1].hidden = !channel?.can?.send || message.ephemeral;
  article.append(bar);
}

function withMessage(run) {
  const message = find(shown);
  if (message) run(message);
}

function react(anchor) {
  withMessage((message) =>
    openEmojiPicker(anchor, (sign) => {
      const mine = message.reactions?.some((one) => (one.me || one.me_burst) && emojiKey(one.emoji) === sign);
      toggleReaction(message, sign, mine);
    }),
  );
}

async function more(anchor) {
  const message = find(shown);
  if (!message) return;
  const channel = state.channels.get(message.channel_id);
  const own = message.author.id === state.me.id && !message.ephemeral;
  const manage = channel.can?.manage_messages;
  const dm = channel.type === 1;
  const apps = message.ephemeral
    ? []
    : (await commandsOf(channel.id).catch(() => [])).filter((one) => one.type === 3);
  menu(
    anchor,
    "Message",
    [
      own &&
        message.type !== 20 && {
          label: "Edit",
          icon: icon("edit"),
          run: () => emit("edit-message", message.id),
        },
      !message.ephemeral &&
        (manage || dm) && {
          label: message.pinned ? "Unpin" : "Pin",
          icon: icon("pin"),
          run: () => pin(message, !message.pinned),
        },
      !message.thread &&
        !dm &&
        !isThread(channel) &&
        channel.can?.threads &&
        !message.ephemeral && { label: "Start a thread", icon: icon("thread"), run: () => thread(message) },
      manage &&
        message.reactions?.length > 0 && {
          label: "Remove all reactions",
          icon: icon("smile"),
          run: () => clearReactions(message),
        },
      ...apps.map((one) => ({
        label: one.name,
        icon: icon("book"),
        hint: "from the bot",
        run: () => attempt(() => invoke(channel.id, one.name, {}, message.id)),
      })),
      { label: "Copy the words", icon: icon("file"), run: () => copy(message.content) },
      { label: "Copy the message's number", icon: icon("hash"), run: () => copy(message.id) },
      (own || manage) &&
        !message.ephemeral && {
          label: "Delete",
          icon: icon("trash"),
          danger: true,
          run: () =>
            confirmBox("Delete this message?", "It will be gone for everybody.", "Delete", () =>
              erase(message),
            ),
        },
    ].filter(Boolean),
  );
}

function copy(text) {
  attempt(async () => {
    await navigator.clipboard.writeText(text);
    toast("Copied.");
  });
}

function thread(message) {
  promptBox({
    title: "Start a thread",
    label: "Name of the thread",
    action: "Start",
    limit: 100,
    run: async (name) => {
      const made = await startThread({ channel: message.channel_id, message: message.id, name });
      emit("go", { channel: made.id });
    },
  });
}
