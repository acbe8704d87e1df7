/** Select menus of a message or a form: of given options, people, roles, channels. */
import { avatar, h, icon } from "./dom.js";
import { filterOptions, Listbox } from "./listbox.js";
import { popover } from "./popover.js";
import { channelName, state, userName } from "./store.js";

const TEXT_KINDS = {
  0: "hash",
  1: "at",
  5: "announce",
  10: "thread",
  11: "thread",
  12: "thread",
  15: "forum",
};

/** The drawing of a kind of channel. */
export const channelIcon = (channel) => icon(TEXT_KINDS[channel.type] ?? "hash");

export function userOptions(guild) {
  const users = guild ? guild.members.map((one) => one.user) : [...state.people.values(), state.bot];
  return users.map((user) => ({
    key: user.id,
    value: user.id,
    label: userName(user, guild),
    detail: user.username,
    icon: avatar(user, 24),
  }));
}

export function roleOptions(guild) {
  return [...(guild?.roles ?? [])]
    .sort((a, b) => b.position - a.position)
    .map((role) => {
      const dot = h("span", { class: "role-dot" });
      if (role.color) dot.style.setProperty("background", `#${role.color.toString(16).padStart(6, "0")}`);
      return { key: role.id, value: role.id, label: `@${role.name.replace(/^@/, "")}`, icon: dot };
    });
}

export function channelOptions(guild, types = []) {
  const all = guild ? [...guild.channels, ...guild.threads] : [];
  return all
    .filter((one) => (types.length ? types.includes(one.type) : one.type !== 4))
    .map((one) => ({
      key: one.id,
      value: one.id,
      label: channelName(one),
      detail: one.parent_id ? channelName(state.channels.get(one.parent_id)) : "",
      icon: channelIcon(one),
    }));
}

/** The options of a select component, whatever its kind. */
function optionsOf(component, guild) {
  switch (component.type) {
    case 5:
      return userOptions(guild);
    case 6:
      return roleOptions(guild);
    case 7:
      return [
        ...userOptions(guild).map((one) => ({ ...one, group: "People" })),
        ...roleOptions(guild).map((one) => ({ ...one, group: "Roles" })),
      ];
    case 8:
      return channelOptions(guild, component.channel_types ?? []);
    default:
      return component.options.map((one) => ({
        key: one.value,
        value: one.value,
        label: one.label,
        hint: one.description,
        icon: one.emoji
          ? h("span", { class: "option-emoji", text: one.emoji.id ? `:${one.emoji.name}:` : one.emoji.name })
          : null,
      }));
  }
}

const startValues = (component) =>
  component.options?.filter((one) => one.default).map((one) => one.value) ??
  component.default_values?.map((one) => one.id) ??
  [];

/**
 * The select as a button that opens its list. `onChange(values)` is called when a choice is made; with `keep` the
 * choice stays visible (in forms), else the bot's next edit shows it.
 */
export function selectNode(
  component,
  { guild, onChange, busy = false, labelledBy = null, describedBy = null },
) {
  const options = optionsOf(component, guild);
  let values = startValues(component);
  const words = h("span", { class: "select-words" });
  const button = h("button", {
    type: "button",
    class: "select",
    disabled: Boolean(component.disabled || busy),
    "aria-haspopup": "listbox",
    "aria-describedby": describedBy,
    dataset: { key: `c:${component.custom_id}` },
  });
  const label = component.placeholder || "Make a choice";
  const draw = () => {
    const chosen = values.map((value) => options.find((one) => one.value === value)?.label ?? value);
    words.textContent = chosen.join(", ") || label;
    words.classList.toggle("placeholder", !chosen.length);
    if (!labelledBy)
      button.setAttribute("aria-label", chosen.length ? `${label}: ${chosen.join(", ")}` : label);
  };
  if (labelledBy) {
    words.id = `${labelledBy}-value`;
    button.setAttribute("aria-labelledby", `${labelledBy} ${words.id}`);
  }
  button.append(words, icon("chevron"));
  button.addEventListener("click", () =>
    openSelect(button, component, options, values, (next) => {
      values = next;
      draw();
      onChange(values);
    }),
  );
  draw();
  return button;
}

function openSelect(anchor, component, options, start, done) {
  const least = component.min_values ?? 1;
  const most = component.max_values ?? 1;
  const multiple = most > 1 || least === 0;
  const chosen = new Set(start);
  const list = new Listbox({
    label: component.placeholder || "Choices",
    multiple,
    isChosen: (one) => chosen.has(one.value),
    onPick: (one) => {
      if (!multiple) {
        box.close();
        done([one.value]);
        return;
      }
      if (chosen.has(one.value)) chosen.delete(one.value);
      else if (most === 1) {
        chosen.clear();
        chosen.add(one.value);
      } else if (chosen.size < most) chosen.add(one.value);
      list.show(filterOptions(options, filter.value), { keep: true });
      drawButton();
    },
  });
  const filter = h("input", {
    type: "text",
    class: "select-filter",
    placeholder: "Search",
    "aria-label": "Search the choices",
    autocomplete: "off",
  });
  list.attach(filter);
  filter.addEventListener("input", () => list.show(filterOptions(options, filter.value)));
  const finish = h("button", { type: "button", class: "button primary", on: { click: () => accept() } });
  const accept = () => {
    if (chosen.size < least || chosen.size > most) return;
    box.close();
    done([...chosen]);
  };
  const drawButton = () => {
    finish.disabled = chosen.size < least || chosen.size > most;
    finish.textContent =
      chosen.size < least ? `Choose ${least - chosen.size} more` : `Choose ${chosen.size} of up to ${most}`;
  };
  filter.addEventListener("keydown", (event) => {
    if (list.key(event)) return;
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (multiple && (event.ctrlKey || event.metaKey)) accept();
    else list.pick();
  });
  drawButton();
  list.show(options);
  if (options.length <= 8) filter.classList.add("quiet");
  const foot = multiple ? h("div", { class: "popover-foot" }, finish) : null;
  const box = popover(anchor, [filter, list.node, foot], {
    label: component.placeholder || "Choices",
    className: "select-box",
  });
}
