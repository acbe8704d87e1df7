/** Forms of the bot: a dialog with its fields, their limits, and what the bot says of them. */
import { begun, closeForm, submit } from "./user-actions.js";
import { openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { FormField } from "./form-field.js";
import { markdown } from "./markdown/render.js";
import { on, state } from "./store.js";

const ANSWER_WAIT = 4;
const open = new Map(); // interaction id -> {close}

/** Opens the forms that this window asked for, also after it was loaded again. */
export function mountModals() {
  on("snapshot", () => {
    for (const one of state.interactions.values()) consider(one);
    for (const [id, form] of open) if (state.interactions.get(id)?.state !== "form") form.close();
  });
  on("interaction", consider);
  on("begun", consider);
}

function consider(one) {
  if (one.forgotten) return;
  if (one.state === "form" && begun.has(one.id) && !open.has(one.id)) show(one);
  else if (one.state !== "form" && open.has(one.id)) open.get(one.id).close();
}

function show(interaction) {
  const { form } = interaction;
  const channel = state.channels.get(interaction.channel_id);
  const fields = [];
  const parts = [];
  const take = (one, label = null) => {
    if (one.type === 1) one.components.forEach((each) => take(each));
    else if (one.type === 18) take(one.component, one);
    else if (one.type === 10) parts.push(markdown(one.content, { channel }));
    else {
      const field = new FormField(one, label, channel);
      fields.push(field);
      parts.push(field.node);
    }
  };
  form.components.forEach((one) => take(one));
  const fault = h("p", { class: "field-error", role: "alert" });
  const go = h("button", { type: "submit", class: "button primary", text: "Submit" });
  const cancel = h("button", {
    type: "button",
    class: "button",
    text: "Cancel",
    on: { click: () => box.close() },
  });
  const body = h(
    "form",
    { class: "modal-form", noValidate: true },
    parts,
    fault,
    h("div", { class: "dialog-foot" }, cancel, go),
  );
  const sending = { done: false };
  body.addEventListener("submit", (event) => {
    event.preventDefault();
    send(interaction, fields, { fault, go, sending, close: () => box.close() });
  });
  const box = openDialog(form.title, [body], {
    className: "modal",
    onClose: () => {
      open.delete(interaction.id);
      if (!sending.done) closeForm(interaction.id);
    },
  });
  open.set(interaction.id, box);
}

async function send(interaction, fields, { fault, go, sending, close }) {
  fault.textContent = "";
  const wrong = (await Promise.all(fields.map((one) => one.check()))).findIndex(Boolean);
  if (wrong >= 0) {
    fields[wrong].focus();
    return;
  }
  const values = {};
  for (const one of fields) values[one.id] = one.value();
  go.disabled = true;
  go.classList.add("busy");
  sending.done = true;
  try {
    const answer = await submit(interaction.id, values, ANSWER_WAIT);
    if (answer.state === "failed")
      throw new Error(`${answer.error || "The application did not respond"}. You can try again.`);
    close();
  } catch (error) {
    sending.done = false;
    for (const one of fields) one.fail(error.fields?.[one.id] ?? "");
    fault.textContent = error.fields ? "Please look at the fields that are marked." : error.message;
  } finally {
    go.disabled = false;
    go.classList.remove("busy");
  }
}
