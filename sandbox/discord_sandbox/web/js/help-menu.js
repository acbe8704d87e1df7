/** Help: the first steps again, and what the keyboard does; the shortcuts themselves are here too. */
import { openDialog } from "./dialogs.js";
import { coarse, h, icon, iconButton } from "./dom.js";
import { filterOptions, Listbox } from "./listbox.js";
import { menu } from "./popover.js";
import { channelOptions } from "./selects.js";
import { channelName, emit, state } from "./store.js";

const KEYS = [
  ["/", "Choose a command of the bot"],
  ["Ctrl K", "Go to a channel by its name"],
  ["Alt ↑  Alt ↓", "Channel above, channel below"],
  ["Esc", "Jump to the newest message"],
  ["↑", "Edit your last message, from the empty message box"],
  ["↑  ↓", "From a message to the one above or below"],
  ["?", "Show these shortcuts"],
];

/** Adds the help button to the brand's row. */
export function mountHelp(root) {
  const button = iconButton("help", "Help", () =>
    menu(button, "Help", [
      { label: "First steps", icon: icon("book"), run: () => emit("first-steps") },
      !coarse() && { label: "Keyboard shortcuts", icon: icon("keyboard"), run: showKeys },
    ]),
  );
  button.setAttribute("aria-haspopup", "menu");
  root.append(button);
  addEventListener("keydown", onKey);
}

function onKey(event) {
  if (event.defaultPrevented || document.querySelector("dialog[open], .popover")) return;
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openSwitcher();
    return;
  }
  if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) {
    event.preventDefault();
    step(event.key === "ArrowUp" ? -1 : 1);
    return;
  }
  if (command || event.altKey || event.target.closest("input, textarea, select")) return;
  if (event.key === "?") showKeys();
  else if (event.key === "/") emit("pick-command");
  else if (event.key === "Escape") emit("to-newest");
  else return;
  event.preventDefault();
}

/** The places in the order in which they stand in the list at the left. */
function step(by) {
  const places = [...document.querySelectorAll("#channels a.place")];
  const at = places.findIndex((one) => one.dataset.channel === state.selected);
  const next = places[(at + by + places.length) % places.length];
  if (next) emit("go", { channel: next.dataset.channel });
}

function showKeys() {
  openDialog(
    "Keyboard shortcuts",
    h(
      "dl",
      { class: "keys" },
      KEYS.map(([keys, words]) => [h("dt", {}, h("kbd", { text: keys })), h("dd", { text: words })]),
    ),
  );
}

function openSwitcher() {
  const options = [
    ...state.guilds.flatMap((guild) => channelOptions(guild)),
    ...state.dms.map((one) => ({ key: one.id, value: one.id, label: channelName(one), icon: icon("at") })),
  ];
  const input = h("input", {
    type: "text",
    placeholder: "Where to?",
    "aria-label": "Name of the channel or person",
    autocomplete: "off",
  });
  const list = new Listbox({
    label: "Channels and people",
    onPick: (one) => {
      box.close();
      emit("go", { channel: one.value });
    },
  });
  list.attach(input);
  input.addEventListener("input", () => list.show(filterOptions(options, input.value)));
  input.addEventListener("keydown", (event) => {
    if (list.key(event) || event.key !== "Enter") return;
    event.preventDefault();
    list.pick();
  });
  list.show(options);
  const box = openDialog("Go to", [input, list.node], { className: "go-to" });
}
