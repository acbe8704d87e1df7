/** Who is writing. */
import { h, fill } from "./dom.js";
import { dots } from "./message-parts.js";
import { guildOf, on, state, userById, userName } from "./store.js";

const LASTS = 9000;

export function mountTyping(root) {
  const writers = new Map(); // channel/user -> when it ends
  const draw = () => {
    const now = Date.now();
    for (const [key, end] of writers) if (end <= now) writers.delete(key);
    const here = [...writers.keys()]
      .filter((key) => key.startsWith(`${state.selected}/`))
      .map((key) => key.split("/")[1]);
    const guild = guildOf(state.channels.get(state.selected));
    const names = here.filter((id) => id !== state.me?.id).map((id) => userName(userById(id), guild));
    const words =
      names.length > 3
        ? "Several people are typing…"
        : `${new Intl.ListFormat("en").format(names)} ${names.length === 1 ? "is" : "are"} typing…`;
    fill(root, names.length ? [dots(), h("span", { text: words })] : []);
  };
  on("typing", ({ channel_id, user_id }) => {
    writers.set(`${channel_id}/${user_id}`, Date.now() + LASTS);
    draw();
    setTimeout(draw, LASTS + 50);
  });
  on("message", (message) => {
    writers.delete(`${message.channel_id}/${message.author.id}`);
    draw();
  });
  on("selected", draw);
}
