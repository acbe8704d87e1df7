"""Parser of a chapter's Markdown into text runs.

The rules are Discord's, with CommonMark's where Discord has none and authors know them from other tools:

- A single line end inside a paragraph is a space, unless two spaces or a backslash precede it, because files may be
  hard-wrapped (between CJK characters it is nothing). Lines of quotes and lists stay lines; a line
  that is not indented ends a list's item.
- `***`, `---`, `___` or `* * *` alone on a line are a scene break, also right under a paragraph; several in a
    row are
  one.
- `#` to `###` are headings, deeper ones count as `###`; `-#` is small print. Indented text is prose, never code.
- `> ` quotes its line, nested quotes become one; `>>> ` quotes all up to the next scene break, heading or code.
- `![alt](path)` is a picture of its own, also inside a paragraph. HTML comments are dropped. Code that is not
    closed is
  plain text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.domain.pages.markdown_syntax import (
    FENCE,
    LIST_ITEM,
    MARKERS,
    PICTURE,
    QUOTE,
    SMALL_PRINT,
    closing_fence_length,
    inner_marker,
    is_bare_scene_break,
)
from bot.domain.pages.source_map import Line, MappedText, is_empty, join_lines, parse_heading, split_lines
from bot.domain.pages.text_length import extends, is_blank
from bot.domain.pages.text_runs import RunKind, TextRun

_LANGUAGE = re.compile(r"[A-Za-z0-9_+\-.#]{1,20}")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_INDENT_MOST = 8


def parse_markdown(text: str, limit: int) -> list[TextRun]:
    """Parse a text into runs, for pages of `limit` units."""
    return _Parser(split_lines(text), limit).run()


class LinePrefixes(NamedTuple):
    """The Markdown around the lines of a run, see `TextRun`."""

    first: str = ""
    rest: str = ""
    again: str = ""
    tail: str = ""


_NO_PREFIXES = LinePrefixes()
_QUOTED = LinePrefixes("> ", "> ", "> ")


@dataclass(slots=True)
class _Parser:
    """Single pass over the lines; `_held` gathers the current paragraph, `_gap` records a blank line."""

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
        """Consume the line, and those that belong to it, if it is more than text."""
        bare = line.text.lstrip(" \t")
        marked = bare[0] in MARKERS
        if marked and is_bare_scene_break(bare):
            self._scene(line)
            return True
        if marked and (self._fence(line) or self._heading(line)):
            return True
        if self._all_quoted or (marked and QUOTE.match(line.text)):
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
        """Consume a heading or a line of small print."""
        if titled := parse_heading(line.text):
            first, shape, span = "#" * min(3, titled[0]) + " ", RunKind.HEADING, titled[1:]
            self._all_quoted = False
        elif found := SMALL_PRINT.match(line.text):
            first, shape, span = "-# ", RunKind.PROSE, (found.end(), len(line.text))
        else:
            return False
        self._flush()
        text = join_lines([Line(line.start + span[0], line.text[slice(*span)])])
        self._add(text, line.start, shape, LinePrefixes(first, first, first))
        self._at += 1
        return True

    def _item(self, line: Line) -> None:
        """Consume one item of a list with the lines that continue it."""
        found = LIST_ITEM.match(line.text)
        assert found
        lines = [Line(line.start + found.end(), line.text[found.end() :])]
        self._at += 1
        while self._at < len(self.lines) and self._continues(lines[-1].text, self.lines[self._at].text):
            lines.append(self.lines[self._at])
            self._at += 1
        indent = " " * min(_INDENT_MOST, len(found[1].expandtabs(4)))
        marker = f"{found[2]}. " if found[2] else "- "
        prefixes = LinePrefixes(indent + marker, f"{indent}  ")
        self._add(join_lines(lines, keep_lines=True), line.start, RunKind.PROSE, prefixes)

    def _continues(self, above: str, text: str) -> bool:
        """Return whether a line continues the list item above it: it is indented, or the line above ends hard."""
        bare = text.lstrip(" \t")
        if is_empty(text) or is_bare_scene_break(bare):
            return False
        if text[:1] not in (" ", "\t") and not above.endswith(("  ", "\\")):
            return False
        return not (
            parse_heading(text) or any(rule.match(text) for rule in (SMALL_PRINT, QUOTE, LIST_ITEM, FENCE))
        )

    def _starts_item(self, text: str) -> bool:
        """Return whether a list item starts; as in CommonMark, a number other than 1 does not end a paragraph."""
        found = LIST_ITEM.match(text)
        return found is not None and not (self._held and found[2] not in (None, "1"))

    def _quote(self) -> None:
        """Consume the quoted lines from here on: each paragraph, heading or item of the quote is a run."""
        glue: str | None = None
        held: list[Line] = []
        start, begun = 0, self._at
        while self._at < len(self.lines) and (line := self._quoted(self.lines[self._at], self._at == begun)):
            outer = self.lines[self._at].start
            self._at += 1
            marker = inner_marker(line.text)
            if held and (marker or is_empty(line.text)):
                self._add(join_lines(held, keep_lines=True), start, RunKind.PROSE, _QUOTED, glue)
                held, glue = [], "\n"
            if marker:
                inner = Line(line.start + marker[0], line.text[marker[0] :])
                prefixes = _QUOTED._replace(first=f"> {marker[1]}")
                self._add(join_lines([inner]), outer, RunKind.PROSE, prefixes, glue)
                glue = "\n"
            elif is_empty(line.text):
                glue = glue and "\n> \n"
            else:
                start = start if held else outer
                held.append(line)
        if held:
            self._add(join_lines(held, keep_lines=True), start, RunKind.PROSE, _QUOTED, glue)

    def _quoted(self, line: Line, first: bool) -> Line | None:
        """Return the line without its quote marks, or None where the quote ends; its `first` line never ends it."""
        if found := QUOTE.match(line.text):
            self._all_quoted = self._all_quoted or found[1] == ">>>"
            return Line(line.start + found.end(), line.text[found.end() :])
        bare = line.text.lstrip(" \t")
        ends = bare and (is_bare_scene_break(bare) or parse_heading(bare) or FENCE.match(bare))
        return line if self._all_quoted and (first or not ends) else None

    def _fence(self, line: Line) -> bool:
        """Consume a block of code, if it is closed."""
        found = FENCE.match(line.text)
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
        self._add(content.done(), line.start, RunKind.CODE, LinePrefixes(opening, "", opening, "\n```"))
        self._at = end + 1
        return True

    def _fence_end(self, opening: str) -> int | None:
        """Return the number of the line that closes code opened on the current one."""
        char = opening[0]
        if char not in self._fence_ends:
            self._fence_ends[char] = lengths = [0] * (len(self.lines) + 1)
            for number in range(len(self.lines) - 1, -1, -1):
                lengths[number] = max(
                    lengths[number + 1], closing_fence_length(self.lines[number].text, char)
                )
        if self._fence_ends[char][self._at + 1] < len(opening):
            return None
        end = self._at + 1
        while closing_fence_length(self.lines[end].text, char) < len(opening):
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
        prefixes: LinePrefixes = _NO_PREFIXES,
        glue: str | None = None,
    ) -> None:
        """Add a run, and the pictures in it as runs of their own."""
        done = 0
        if "![" in text.text and shape is not RunKind.CODE:
            for found in PICTURE.finditer(text.text):
                path = found["held"] or found["path"]
                if not path or (found.end() < len(text.text) and extends(text.text[found.end()])):
                    continue
                begun = start if not done else text.source(done)
                if self._add_text(text.part(done, found.start()), begun, shape, prefixes, glue):
                    prefixes, begun = prefixes._replace(first=prefixes.again), text.source(found.start())
                alt = _ESCAPE.sub(r"\1", found["alt"]).replace("\n", " ").strip()
                self.runs.append(TextRun(RunKind.PICTURE, begun, content=alt, path=path.strip()))
                done = found.end()
                while done < len(text.text) and text.text[done].isspace():
                    done += 1
        begun = start if not done else text.source(done)
        self._add_text(text.part(done, len(text.text)), begun, shape, prefixes, glue)

    def _add_text(
        self,
        part: tuple[str, list[tuple[int, int]]],
        source: int,
        shape: RunKind,
        prefixes: LinePrefixes,
        glue: str | None,
    ) -> bool:
        """Add a part of a text, with its anchors, as a run unless it is blank."""
        content, anchors = part
        if is_blank(content):
            return False
        text = content if shape is RunKind.CODE else content.rstrip()
        run = TextRun(shape, source, text, anchors, self.limit, *prefixes)
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
        after_item = not run.first and bool(before.rest) and before.shape is RunKind.PROSE
        if before.shape is RunKind.HEADING:
            return "\n"
        return "\n\n" if self._gap or plain or after_item else "\n"
