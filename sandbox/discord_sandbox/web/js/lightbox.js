/** A picture in full size, with its description. */
import { h, iconButton } from "./dom.js";

export function lightbox(url, description) {
  const dialog = h("dialog", { class: "lightbox", "aria-label": description || "Picture" });
  const close = () => dialog.close();
  dialog.append(
    iconButton("close", "Close the picture", close),
    h(
      "figure",
      {},
      h("img", { src: url, alt: description || "" }),
      description ? h("figcaption", { text: description }) : null,
    ),
  );
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.tagName === "FIGURE") close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
