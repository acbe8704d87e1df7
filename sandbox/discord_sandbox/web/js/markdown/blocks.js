/** Discord's Markdown as a tree: blocks here, marks within a line in inline.js. Pure; time grows with length only. */
import { parseInline } from "./inline.js";

const HEADING = /^(#{1,3}) +(\S.*)$/;
const SUBTEXT = /^-# +(\S.*)$/;
const ITEM = /^( {0,40})(?:([-*])|(\d{1,9})[.)]) +(\S.*)$/;
const DEEPEST_LIST = 10;
const LANGUAGE = /^([A-Za-z0-9_+.#-]{1,32})\n/;

/**
 * The blocks of a message: `{t: "p" | "h" | "sub" | "quote" | "list" | "pre", …}`.
 *
 * A paragraph keeps its line breaks as they are written, empty lines too, as Discord shows them.
 */
export function parse(source) {
  return new Blocks(String(source ?? "").replace(/\r\n?/g, "\n"), false).run();
}

class Blocks {
  constructor(source, quoted) {
    this.source = source;
    this.quoted = quoted;
    this.at = 0;
    this.pending = [];
    this.blocks = [];
    this.fences = true;
  }

  run() {
    while (this.at < this.source.length) this.line();
    this.flush();
    return this.blocks;
  }

  peek() {
    const end = this.source.indexOf("\n", this.at);
    return end < 0 ? this.source.slice(this.at) : this.source.slice(this.at, end);
  }

  next() {
    const line = this.peek();
    this.at += line.length + 1;
    return line;
  }

  push(block) {
    this.flush();
    this.blocks.push(block);
  }

  flush() {
    if (!this.pending.length) return;
    const words = this.pending.join("\n");
    this.pending = [];
    if (words.trim()) this.blocks.push({ t: "p", c: parseInline(words) });
  }

  line() {
    const line = this.peek();
    if (!this.quoted && line.startsWith(">>> ")) return this.rest();
    if (!this.quoted && line.startsWith("> ")) return this.quote();
    const heading = HEADING.exec(line);
    if (heading) return this.single({ t: "h", level: heading[1].length, c: parseInline(heading[2]) });
    const sub = SUBTEXT.exec(line);
    if (sub) return this.single({ t: "sub", c: parseInline(sub[1]) });
    if (this.fences && line.includes("```")) return this.fence(line);
    if (ITEM.test(line)) return this.list();
    this.pending.push(this.next());
    return undefined;
  }

  single(block) {
    this.push(block);
    this.next();
  }

  rest() {
    const inside = this.source.slice(this.at + 4);
    this.at = this.source.length;
    this.push({ t: "quote", c: new Blocks(inside, true).run() });
  }

  quote() {
    const lines = [];
    while (this.at < this.source.length && this.peek().startsWith("> ")) lines.push(this.next().slice(2));
    this.push({ t: "quote", c: new Blocks(lines.join("\n"), true).run() });
  }

  fence(line) {
    const open = this.at + line.indexOf("```");
    const close = this.source.indexOf("```", open + 3);
    const inside = close < 0 ? "" : this.source.slice(open + 3, close);
    if (close < 0) this.fences = false;
    if (!inside.trim()) {
      this.pending.push(this.next());
      return;
    }
    if (open > this.at) this.pending.push(this.source.slice(this.at, open));
    const language = LANGUAGE.exec(inside)?.[1] ?? "";
    const body = inside.slice(language.length).replace(/^\n/, "").replace(/\n$/, "");
    this.push({ t: "pre", language, text: body });
    this.at = close + 3;
    if (this.source[this.at] === "\n") this.at += 1;
  }

  list() {
    const root = [];
    const stack = [];
    while (this.at < this.source.length) {
      const line = this.peek();
      const match = ITEM.exec(line);
      if (!match) {
        const item = stack.at(-1)?.list.items.at(-1);
        if (!item || !/^ {2,}\S/.test(line)) break;
        item.words += `\n${this.next().trim()}`;
        continue;
      }
      this.item(root, stack, match);
      this.next();
    }
    this.flush();
    for (const list of root) finish(list);
    this.blocks.push(...root);
  }

  item(root, stack, [, spaces, , number, words]) {
    const indent = spaces.length;
    while (stack.length && (indent < stack.at(-1).indent || stack.length > DEEPEST_LIST)) stack.pop();
    const ordered = number !== undefined;
    const top = stack.at(-1);
    const deeper = top && indent >= top.indent + 2 && stack.length < DEEPEST_LIST;
    const item = { words, kids: [] };
    if (top && !deeper && top.list.ordered === ordered) {
      top.list.items.push(item);
      return;
    }
    if (top && !deeper) stack.pop();
    const list = { t: "list", ordered, start: ordered ? Number(number) : 1, items: [item] };
    const parent = stack.at(-1)?.list.items.at(-1);
    (parent ? parent.kids : root).push(list);
    stack.push({ indent, list });
  }
}

function finish(list) {
  for (const item of list.items) {
    item.c = parseInline(item.words);
    delete item.words;
    item.kids.forEach(finish);
  }
}

const ONLY_EMOJI =
  /^(?:\s|<a?:\w{2,32}:\d{1,20}>|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f\u20e3])+$/u;

/** Whether a message is a few emoji and nothing else; such a message is shown large. */
export function isOnlyEmoji(source) {
  return source.length > 0 && source.length <= 200 && Boolean(source.trim()) && ONLY_EMOJI.test(source);
}

/** The words alone, in one line: for previews and for the screen reader. Spoilers stay hidden. */
export function plain(blocks) {
  const words = [];
  const visit = (node) => {
    if (node.t === "spoiler") words.push("(spoiler)");
    else if (node.text !== undefined) words.push(node.text);
    else if (node.t === "emoji") words.push(`:${node.name}:`);
    else if (node.t === "command") words.push(`/${node.name}`);
    else if (node.t === "time") words.push(new Date(node.at * 1000).toLocaleString());
    else if (node.t === "user" || node.t === "role") words.push("@…");
    else if (node.t === "channel") words.push("#…");
    for (const child of node.t === "spoiler" ? [] : (node.c ?? node.items ?? [])) visit(child);
    for (const child of node.kids ?? []) visit(child);
    if (["p", "h", "sub", "pre", "quote"].includes(node.t)) words.push(" ");
  };
  blocks.forEach(visit);
  return words.join("").replace(/\s+/g, " ").trim();
}
