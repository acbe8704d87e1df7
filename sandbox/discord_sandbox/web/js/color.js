/** Colours that people chose, made readable on the page's own ground. */

const GROUNDS = { light: [255, 253, 249], dark: [23, 24, 31] };
const ENOUGH = 4.6;
const made = new Map();

const channel = (value) =>
  value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);

function contrast(a, b) {
  const [x, y] = [luminance(a), luminance(b)].sort((one, two) => two - one);
  return (x + 0.05) / (y + 0.05);
}

function readable(rgb, theme) {
  const towards = theme === "dark" ? 255 : 0;
  for (let share = 0; share <= 1; share += 0.1) {
    const mixed = rgb.map((value) => Math.round(value + (towards - value) * share));
    if (contrast(mixed, GROUNDS[theme]) >= ENOUGH) return `rgb(${mixed.join(" ")})`;
  }
  return "currentcolor";
}

/** Gives an element a name's colour, in a shade that can be read in both themes. */
export function paintName(node, color) {
  if (!/^#[0-9a-f]{6}$/i.test(color ?? "") || color === "#000000") return node;
  if (!made.has(color)) {
    const rgb = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
    made.set(color, { light: readable(rgb, "light"), dark: readable(rgb, "dark") });
  }
  const { light, dark } = made.get(color);
  node.style.setProperty("--name-light", light);
  node.style.setProperty("--name-dark", dark);
  node.classList.add("painted");
  return node;
}
