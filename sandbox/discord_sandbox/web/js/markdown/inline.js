/**
 * Discord's inline marks, in one pass.
 *
 * Open marks wait on a stack that never holds one kind twice, so it is at most six deep; a mark that finds no partner
 * becomes text again. Every search for a partner (backticks, brackets) is prepared once, so the time grows with the
 * length of the text only, whatever is in it.
 */

const SPECIAL = /[\\*_~|`<[@]|https?:\/\//g;
const ANGLE = [
  [/<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>/y, (m) => timestamp(m)],
  [/<@!?(\d{1,20})>/y, (m) => ({ t: "user", id: m[1] })],
  [/<@&(\d{1,20})>/y, (m) => ({ t: "role", id: m[1] })],
  [/<#(\d{1,20})>/y, (m) => ({ t: "channel", id: m[1] })],
  [
    /<\/([\p{L}\p{N}_-]{1,32}(?: [\p{L}\p{N}_-]{1,32}){0,2}):(\d{1,20})>/uy,
    (m) => ({ t: "command", name: m[1], id: m[2] }),
  ],
  [/<(a?):([A-Za-z0-9_]{2,32}):(\d{1,20})>/y, (m) => ({ t: "emoji", name: m[2], id: m[3] })],
  [/<(https?:\/\/[^\s<>]{1,2048})>/y, (m) => ({ t: "link", url: m[1], c: [text(m[1])] })],
];
const LINK_TAIL =
  /\]\(\s*(?:<(https?:\/\/[^\s<>]{1,2048})>|(https?:\/\/[^\s()<>]{1,2048}(?:\([^\s()<>]{0,512}\)[^\s()<>]{0,512}){0,4}))(?:\s{1,4}"([^"\n]{0,512})")?\s{0,4}\)/y;
const AUTOLINK = /https?:\/\/[^\s<>]{2,2048}/y;
const WORD = /[\p{L}\p{N}_]/u;
const KINDS = {
  "*": ["em", "strong"],
  _: ["em", "underline"],
  "~": [null, "strike"],
  "|": [null, "spoiler"],
};
const LAST_SECOND = 8.64e12;

const text = (value) => ({ t: "text", text: value });

function timestamp(match) {
  const seconds = Number(match[1]);
  return Math.abs(seconds) > LAST_SECOND ? null : { t: "time", at: seconds, style: match[2] ?? "f" };
}

/** The nodes of a stretch of text. `links: false` inside of a link's own words. */
export function parseInline(source, { links = true } = {}) {
  return new Inline(source, links).run();
}

class Inline {
  constructor(source, links) {
    this.source = source;
    this.links = links;
    this.at = 0;
    this.frames = [{ kind: null, mark: "", nodes: [] }];
    this.ticks = null;
    this.brackets = null;
  }

  run() {
    const { source } = this;
    while (this.at < source.length) {
      SPECIAL.lastIndex = this.at;
      const found = SPECIAL.exec(source);
      const stop = found ? found.index : source.length;
      if (stop > this.at) this.text(source.slice(this.at, stop));
      this.at = stop;
      if (found) this.special(found[0]);
    }
    while (this.frames.length > 1) this.giveUp();
    return this.frames[0].nodes;
  }

  get nodes() {
    return this.frames[this.frames.length - 1].nodes;
  }

  text(value) {
    const last = this.nodes[this.nodes.length - 1];
    if (last?.t === "text") last.text += value;
    else this.nodes.push(text(value));
  }

  /** The innermost open mark has no partner: it and what it holds belong to the one around it. */
  giveUp() {
    const frame = this.frames.pop();
    this.text(frame.mark);
    for (const node of frame.nodes) {
      if (node.t === "text") this.text(node.text);
      else this.nodes.push(node);
    }
  }

  special(sign) {
    if (sign === "\\") this.escape();
    else if (sign === "`") this.code();
    else if (sign === "<") this.angle();
    else if (sign === "[") this.link();
    else if (sign === "@") this.everyone();
    else if (sign.length > 1) this.autolink();
    else this.marks(sign);
  }

  take(length) {
    this.text(this.source.slice(this.at, this.at + length));
    this.at += length;
  }

  escape() {
    const next = this.source[this.at + 1];
    if (next !== undefined && /[!-/:-@[-`{-~]/.test(next)) {
      this.text(next);
      this.at += 2;
    } else this.take(1);
  }

  everyone() {
    for (const word of ["@everyone", "@here"]) {
      if (this.source.startsWith(word, this.at)) {
        this.nodes.push({ t: "everyone", text: word });
        this.at += word.length;
        return;
      }
    }
    this.take(1);
  }

  angle() {
    for (const [pattern, make] of ANGLE) {
      pattern.lastIndex = this.at;
      const match = pattern.exec(this.source);
      const node = match && make(match);
      if (node) {
        if (node.t === "link" && !this.links) this.text(node.url);
        else this.nodes.push(node);
        this.at += match[0].length;
        return;
      }
    }
    this.take(1);
  }

  autolink() {
    AUTOLINK.lastIndex = this.at;
    const match = AUTOLINK.exec(this.source);
    if (!match || !this.links) return this.take(match ? match[0].length : 4);
    const url = trimUrl(match[0]);
    this.nodes.push({ t: "link", url, c: [text(url)] });
    this.at += url.length;
    return undefined;
  }

  code() {
    this.ticks ??= tickRuns(this.source);
    const { lengths, partner } = this.ticks;
    const length = lengths.get(this.at) ?? 1;
    const end = partner.get(this.at);
    if (end === undefined) return this.take(length);
    let inside = this.source.slice(this.at + length, end);
    if (/^ ?`|` ?$/.test(inside)) inside = inside.replace(/^ (?=`)/, "").replace(/(`) $/, "$1");
    this.nodes.push({ t: "code", text: inside });
    this.at = end + length;
    return undefined;
  }

  link() {
    if (!this.links) return this.take(1);
    this.brackets ??= bracketPairs(this.source);
    const close = this.brackets.get(this.at);
    if (close === undefined) return this.take(1);
    LINK_TAIL.lastIndex = close;
    const tail = LINK_TAIL.exec(this.source);
    const words = this.source.slice(this.at + 1, close);
    if (!tail || !words.trim()) return this.take(1);
    const node = { t: "link", url: tail[1] ?? tail[2], c: parseInline(words, { links: false }) };
    if (tail[3]) node.title = tail[3];
    this.nodes.push(node);
    this.at = close + tail[0].length;
    return undefined;
  }

  marks(sign) {
    let end = this.at;
    while (this.source[end] === sign) end += 1;
    let left = end - this.at;
    if (left > 3) return this.take(left);
    const before = this.source[this.at - 1] ?? " ";
    const after = this.source[end] ?? " ";
    this.at = end;
    while (left > 0) {
      const size = this.closes(sign, left, before, after);
      if (!size) break;
      this.close(KINDS[sign][size - 1], sign);
      left -= size;
    }
    while (left > 0) {
      const size = this.opens(sign, left, before, after);
      if (!size) break;
      this.frames.push({ kind: KINDS[sign][size - 1], mark: sign.repeat(size), nodes: [] });
      left -= size;
    }
    if (left > 0) this.text(sign.repeat(left));
    return undefined;
  }

  isOpen(kind, sign) {
    return this.frames.some((frame) => frame.kind === kind && frame.mark[0] === sign);
  }

  /** How many of the signs close an open mark: that of their own length, else the innermost; 0 for none. */
  closes(sign, left, before, after) {
    const flanks = sign === "_" ? !WORD.test(after) : !/\s/.test(before);
    let found = 0;
    for (let depth = this.frames.length - 1; depth > 0; depth -= 1) {
      const { mark, nodes } = this.frames[depth];
      if (mark[0] !== sign || mark.length > left || (mark.length === 1 && !flanks)) continue;
      if (!nodes.length && depth === this.frames.length - 1) continue;
      if (mark.length === left) return left;
      found ||= mark.length;
    }
    return found;
  }

  opens(sign, left, before, after) {
    const [single, double] = KINDS[sign];
    if (left >= 2 && !this.isOpen(double, sign)) return 2;
    if (!single || this.isOpen("em", "*") || this.isOpen("em", "_") || /\s/.test(after)) return 0;
    return sign === "_" && WORD.test(before) ? 0 : 1;
  }

  close(kind, sign) {
    for (;;) {
      const frame = this.frames[this.frames.length - 1];
      if (frame.kind === kind && frame.mark[0] === sign) break;
      this.giveUp();
    }
    const { nodes } = this.frames.pop();
    this.nodes.push({ t: kind, c: nodes });
  }
}

/** The length of each run of backticks, and where the next run of the same length begins. */
function tickRuns(source) {
  const lengths = new Map();
  const partner = new Map();
  const latest = new Map();
  for (const match of source.matchAll(/`+/g)) {
    const length = match[0].length;
    lengths.set(match.index, length);
    if (latest.has(length)) partner.set(latest.get(length), match.index);
    latest.set(length, match.index);
  }
  return { lengths, partner };
}

/** Which "]" belongs to which "["; escaped ones do not count. */
function bracketPairs(source) {
  const pairs = new Map();
  const open = [];
  for (let i = 0; i < source.length; i += 1) {
    if (source[i] === "\\") i += 1;
    else if (source[i] === "[") open.push(i);
    else if (source[i] === "]" && open.length) pairs.set(open.pop(), i);
  }
  return pairs;
}

/** Punctuation at the end of a bare address belongs to the sentence; a bracket does unless the address opened it. */
function trimUrl(url) {
  let end = url.length;
  let depth = 0;
  for (const sign of url) depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
  for (; end > 0; end -= 1) {
    const last = url[end - 1];
    if (last === ")" && depth < 0) depth += 1;
    else if (!/[.,:;"'\]!?*_~|`]/.test(last)) break;
  }
  return url.slice(0, end);
}
