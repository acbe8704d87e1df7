"""A chapter's source text as a row of runs.

The rules are Discord's, with CommonMark's where Discord has none and authors know them from other tools:

- A single line end inside a paragraph is a space, unless two spaces or a backslash stand before it, for files
  may be hard-wrapped (between CJK characters it is nothing). Lines of quotes and lists stay lines.
- `***`, `---`, `___` or `* * *` alone on a line are a scene break, right under a paragraph too; several in a
  row are one.
- `#` to `###` are headings, deeper ones count as `###`; `-#` is small print. Indented text is prose, never
  code.
- `> ` quotes its line, nested quotes become one; `>>> ` quotes all up to the next scene break, heading or
  code.
- `![alt](path)` is a picture of its own, inside a paragraph too. HTML comments are dropped. Code that is not
  closed is plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.domain.pages.source_map import Line, MappedText, is_empty, join_lines, parse_heading, split_lines
from bot.domain.pages.text_length import extends, is_blank
from bot.domain.pages.text_runs import RunKind, TextRun

_SCENE = re.compile(r"(?:\*[ \t]*+){3,}|(?:-[ \t]*+){3,}|(?:_[ \t]*+){3,}")
_MARKERS = frozenset("#>-*_`~+0123456789")
_SMALL = re.compile(r"[ \t]*-#[ \t]+(?=\S)")
_QUOTE = re.compile(r"[ \t]*(>(?:[ \t]*>)*)(?:[ \t]+|$)")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|(\d{1,9})[.)])[ \t]+(?=\S)")
_FENCE = re.compile(r"[ ]{0,3}(`{3,}+|~{3,}+)[ \t]*+([^`]*+)$")
_LANGUAGE = re.compile(r"[A-Za-z0-9_+\-.#]{1,20}")
_PICTURE = re.compile(
    r"""\\[!-/:-@\[-`{-~] | (?<!`)(?P<ticks>`{1,3})(?!`)[^`\n]*+(?P=ticks)(?!`)
    | !\[(?P<alt>(?:[^\[\]\\]|\\[^\n])*+)\]
      \((?:[ \t]*+<(?P<held>[^<>\n]++)>[ \t]*+|(?P<path>(?![ \t]++")[^()<>\n"]++(?:\([^()<>\n"]*+\)[^()<>\n"]*+)?+))
      (?:(?<=[ \t])"[^"\n]*+"[ \t]*+)?+\)""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_INDENT_MOST = 8


def parse_markdown(text: str, limit: int) -> list[TextRun]:
    """All runs of a text in order, read for pages of `limit` units."""
    return _Parser(split_lines(text), limit).run()


def is_structured(line: str) -> bool:
    """Whether a line by itself is a heading, small print, an item of a list, or quoted; or a fence of code."""
    bare = line.lstrip(" \t")
    return bare[:1] in _MARKERS and (
        parse_heading(line) is not None or any(rule.match(line) for rule in (_SMALL, _QUOTE, _ITEM, _FENCE))
    )


def find_picture_paths(text: str) -> Iterator[tuple[int, str]]:
    """Where a picture's path is written in a text, with that path, as far as one sees without reading all of it."""
    for found in _PICTURE.finditer(text):
        if path := found["held"] or found["path"]:
            yield found.start("held" if found["held"] else "path"), path.strip()


@dataclass(slots=True)
class _Parser:
    """Goes through the lines once; `_held` gathers the paragraph it is in, `_gap` remembers a blank line."""

    lines: list[Line]
    limit: int
    runs: list[TextRun] = field(default_factory=list)
    _at: int = 0
    _held: list[Line] = field(default_factory=list)
    _gap: bool = False
    _all_quoted: bool = False
    _fence_ends: dict[str, list[int]] = field(default_factory=dict)

    def run(self) -> list[TextRun]:
        while self._at < len(self.lines):
            line = self.lines[self._at]
            if is_empty(line.text):
                self._flush()
                self._gap = True
                self._at += 1
            elif not self._structure(line):
                self._held.append(line)
                self._at += 1
        self._flush()
        return self.runs

    def _structure(self, line: Line) -> bool:
        """Take the line, and those that belong to it, if it is more than text."""
        bare = line.text.lstrip(" \t")
        marked = bare[0] in _MARKERS
        if marked and _is_scene(bare):
            self._scene(line)
            return True
        if marked and (self._fence(line) or self._heading(line)):
            return True
        if self._all_quoted or (marked and _QUOTE.match(line.text)):
            self._flush()
            self._quote()
            return True
        if marked and self._starts_item(line.text):
            self._flush()
            self._item(line)
            return True
        return False

    def _scene(self, line: Line) -> None:
        self._flush()
        self._all_quoted = False
        if not (self.runs and self.runs[-1].shape is RunKind.SCENE):
            self.runs.append(TextRun(RunKind.SCENE, line.start))
        self._at += 1

    def _heading(self, line: Line) -> bool:
        """A heading or a line of small print."""
        if titled := parse_heading(line.text):
            first, shape, span = "#" * min(3, titled[0]) + " ", RunKind.HEADING, titled[1:]
            self._all_quoted = False
        elif found := _SMALL.match(line.text):
            first, shape, span = "-# ", RunKind.PROSE, (found.end(), len(line.text))
        else:
            return False
        self._flush()
        text = join_lines([Line(line.start + span[0], line.text[slice(*span)])])
        self._add(text, line.start, shape, first, first, first)
        self._at += 1
        return True

    def _item(self, line: Line) -> None:
        """One item of a list with the lines that continue it."""
        found = _ITEM.match(line.text)
        assert found
        lines = [Line(line.start + found.end(), line.text[found.end() :])]
        self._at += 1
        while self._at < len(self.lines) and self._continues(self.lines[self._at].text):
            lines.append(self.lines[self._at])
            self._at += 1
        indent = " " * min(_INDENT_MOST, len(found[1].expandtabs(4)))
        marker = f"{found[2]}. " if found[2] else "- "
        self._add(
            join_lines(lines, keep_lines=True), line.start, RunKind.PROSE, indent + marker, f"{indent}  "
        )

    def _continues(self, text: str) -> bool:
        """Whether a line goes on with the list item above it."""
        bare = text.lstrip(" \t")
        if is_empty(text) or _is_scene(bare):
            return False
        return not (parse_heading(text) or any(rule.match(text) for rule in (_SMALL, _QUOTE, _ITEM, _FENCE)))

    def _starts_item(self, text: str) -> bool:
        """As in CommonMark, a number other than 1 does not break into a paragraph: years start lines too."""
        found = _ITEM.match(text)
        return found is not None and not (self._held and found[2] not in (None, "1"))

    def _quote(self) -> None:
        """The quoted lines from here on: each paragraph, heading or item of the quote is a run of its own."""
        glue: str | None = None
        held: list[Line] = []
        start, begun = 0, self._at
        while self._at < len(self.lines) and (line := self._quoted(self.lines[self._at], self._at == begun)):
            outer = self.lines[self._at].start
            self._at += 1
            marker = _inner_marker(line.text)
            if held and (marker or is_empty(line.text)):
                self._add(join_lines(held, keep_lines=True), start, RunKind.PROSE, "> ", "> ", "> ", glue)
                held, glue = [], "\n"
            if marker:
                inner = Line(line.start + marker[0], line.text[marker[0] :])
                self._add(join_lines([inner]), outer, RunKind.PROSE, f"> {marker[1]}", "> ", "> ", glue)
                glue = "\n"
            elif is_empty(line.text):
                glue = glue and "\n> \n"
            else:
                start = start if held else outer
                held.append(line)
        if held:
            self._add(join_lines(held, keep_lines=True), start, RunKind.PROSE, "> ", "> ", "> ", glue)

    def _quoted(self, line: Line, first: bool) -> Line | None:
        """The line without its quote marks, or None where the quote ends; it never does at its `first` line."""
        if found := _QUOTE.match(line.text):
            self._all_quoted = self._all_quoted or found[1] == ">>>"
            return Line(line.start + found.end(), line.text[found.end() :])
        bare = line.text.lstrip(" \t")
        ends = bare and (_is_scene(bare) or parse_heading(bare) or _FENCE.match(bare))
        return line if self._all_quoted and (first or not ends) else None

    def _fence(self, line: Line) -> bool:
        """A block of code, if it is closed."""
        found = _FENCE.match(line.text)
        if found is None:
            return False
        end = self._fence_end(found[1])
        if end is None:
            return False
        self._flush()
        self._all_quoted = False
        inside = self.lines[self._at + 1 : end]
        content = MappedText()
        for number, (start, text) in enumerate(inside):
            content.add(text, start)
            if number < len(inside) - 1:
                content.join("\n", start + len(text))
        language = (found[2].split(maxsplit=1) or [""])[0]
        opening = f"```{language if _LANGUAGE.fullmatch(language) else ''}\n"
        self._add(content.done(), line.start, RunKind.CODE, opening, "", opening, tail="\n```")
        self._at = end + 1
        return True

    def _fence_end(self, opening: str) -> int | None:
        """The number of the line that closes code opened on the present one."""
        char = opening[0]
        if char not in self._fence_ends:
            self._fence_ends[char] = lengths = [0] * (len(self.lines) + 1)
            for number in range(len(self.lines) - 1, -1, -1):
                lengths[number] = max(lengths[number + 1], _closing_length(self.lines[number].text, char))
        if self._fence_ends[char][self._at + 1] < len(opening):
            return None
        end = self._at + 1
        while _closing_length(self.lines[end].text, char) < len(opening):
            end += 1
        return end

    def _flush(self) -> None:
        """End the paragraph."""
        if self._held:
            held, self._held = self._held, []
            self._add(join_lines(held), held[0].start, RunKind.PROSE)

    def _add(
        self,
        text: MappedText,
        start: int,
        shape: RunKind,
        first: str = "",
        rest: str = "",
        again: str = "",
        glue: str | None = None,
        tail: str = "",
    ) -> None:
        """Add a run, and the pictures in it as runs of their own."""
        done = 0
        if "![" in text.text and shape is not RunKind.CODE:
            for found in _PICTURE.finditer(text.text):
                path = found["held"] or found["path"]
                if not path or (found.end() < len(text.text) and extends(text.text[found.end()])):
                    continue
                begun = start if not done else text.source(done)
                if self._add_text(text, done, found.start(), begun, shape, (first, rest, again, tail), glue):
                    first, begun = again, text.source(found.start())
                alt = _ESCAPE.sub(r"\1", found["alt"]).replace("\n", " ").strip()
                self.runs.append(TextRun(RunKind.PICTURE, begun, content=alt, path=path.strip()))
                done = found.end()
                while done < len(text.text) and text.text[done].isspace():
                    done += 1
        begun = start if not done else text.source(done)
        self._add_text(text, done, len(text.text), begun, shape, (first, rest, again, tail), glue)

    def _add_text(
        self,
        text: MappedText,
        start: int,
        end: int,
        source: int,
        shape: RunKind,
        marks: tuple[str, str, str, str],
        glue: str | None,
    ) -> bool:
        """Add `text[start:end]` as a run unless it is blank."""
        content, anchors = text.part(start, end)
        if is_blank(content):
            return False
        run = TextRun(
            shape, source, content if shape is RunKind.CODE else content.rstrip(), anchors, self.limit, *marks
        )
        if run.size:
            run.glue = self._glue(run, glue)
            self.runs.append(run)
            self._gap = False
        return bool(run.size)

    def _glue(self, run: TextRun, wanted: str | None) -> str:
        before = self.runs[-1] if self.runs else None
        if before is None or before.is_break:
            return ""
        if wanted is not None:
            return wanted
        plain = (
            before.shape is RunKind.PROSE
            and run.shape is RunKind.PROSE
            and not before.first
            and not run.first
        )
        return "\n" if before.shape is RunKind.HEADING or not (self._gap or plain) else "\n\n"


def is_scene_break(line: str) -> bool:
    """Whether a line is a scene break in one of the forms that are read here."""
    bare = line.strip(" \t")
    return bool(bare) and _is_scene(bare)


def _is_scene(bare: str) -> bool:
    return bare[0] in "*-_" and len(bare) > 2 and _SCENE.fullmatch(bare) is not None


def _closing_length(text: str, char: str) -> int:
    bare = text.strip(" \t")
    return len(bare) if len(bare) > 2 and bare[0] == char and not bare.strip(char) else 0


def _inner_marker(text: str) -> tuple[int, str] | None:
    """Where a line inside a quote begins after its own marker, and that marker as Discord reads it."""
    if titled := parse_heading(text):
        return titled[1], "#" * min(3, titled[0]) + " "
    if found := _SMALL.match(text):
        return found.end(), "-# "
    if not is_empty(text) and not _is_scene(text.lstrip(" \t")) and (found := _ITEM.match(text)):
        return found.end(), f"{found[2]}. " if found[2] else "- "
    return None
