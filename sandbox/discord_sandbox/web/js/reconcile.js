/** Keeping a list on the page like the list that is wanted, touching only the rows that differ. */

/**
 * `rows` remembers by key what stands in `list`: `{node, signature}`. `wanted` tells in order what should:
 * `{key, signature, make}`. A row whose signature is the same keeps its node.
 */
export function reconcile(list, rows, wanted) {
  const seen = new Set();
  let place = list.firstElementChild;
  for (const { key, signature, make } of wanted) {
    seen.add(key);
    const known = rows.get(key);
    let node = known?.node;
    if (!known || known.signature !== signature) {
      node = make();
      node.dataset.row = key;
      if (known?.node.isConnected) {
        if (place === known.node) place = node;
        replace(known.node, node);
      }
      rows.set(key, { node, signature });
    }
    if (node === place) place = place.nextElementSibling;
    else list.insertBefore(node, place);
  }
  removeFrom(place);
  for (const key of rows.keys()) if (!seen.has(key)) rows.delete(key);
}

function removeFrom(first) {
  for (let place = first; place;) {
    const next = place.nextElementSibling;
    place.remove();
    place = next;
  }
}

/** Puts a row in another's place; the focus goes to the same control of the new one. */
function replace(old, fresh) {
  const focus = old.contains(document.activeElement) ? document.activeElement : null;
  const tools = focus?.closest(".toolbar");
  const key = focus?.dataset.key;
  old.replaceWith(fresh);
  if (!focus || tools) return;
  const same = key ? [...fresh.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key) : null;
  (same ?? fresh.querySelector("article") ?? fresh).focus({ preventScroll: true });
}
