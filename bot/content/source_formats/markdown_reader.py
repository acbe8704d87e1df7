"""Reader of Markdown in the dialects that authors have: Obsidian, pandoc, Hugo, Jekyll, Scrivener and others."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.content.chapters.front_matter import Parts, split
from bot.content.chapters.front_matter_forms import MatterForm
from bot.content.chapters.front_matter_keys import with_straight_quotes
from bot.content.chapters.matter_sources import HeaderSource, MatterSource, TomlSource
from bot.content.source_formats.heading_lines import set_headings_apart
from bot.content.source_formats.source_footnotes import FootnoteReader
from bot.content.source_formats.source_text_blocks import read_text_blocks
from bot.domain.manuscript.offset_tracking import Edit, TrackedText
from bot.domain.manuscript_import.source_document import SourceDocument
from bot.schemas.yaml_source import YamlSource

_SIGNS = re.compile(
    r"(?m)^#{1,6}[ \t]\S|^\[\^[^\]\n]+\]:|!?\[\[[^\]\n]+\]\]|!?\[[^\]\n]+\]\([^)\s]+\)"
    r"|(?<!\*)\*\*(?![\s*])[^*\n]+\*\*(?!\*)"
    r"|^```|%%[^%\n]+%%|^:::|^\{\{[<%]|^> \[!\w+\]"
)
_TAGS_LINE = re.compile(r"(?m)^(?:tags?:[ \t]*+)?#[\w/-]+(?:[ \t,]++#[\w/-]+)*+[ \t]*+$", re.IGNORECASE)
_HIGHLIGHT = re.compile(r"(?<![=\\\w])==(?![\s=])(?P<text>[^=\n]++)(?<!\s)==(?![=\w])")
_FIGURE = re.compile(r"\{\{[<%]\s*+figure\s(?P<inside>[^{}\n>%]*+)[>%]\}\}")
_VALUE = re.compile(r"(?P<key>src|alt|caption)\s*=\s*[\"'](?P<value>[^\"'\n]*+)[\"']")


_USED = frozenset(
    (
        *("title", "author", "language", "lang", "part", "volume", "draft", "note_before", "note_after"),
        *("disclaimer", "pov", "warnings", "publish_at", "key"),
    )
)
_MOST_KEYS = 6


def is_markdown(text: str) -> bool:
    """Return whether a text has front matter or marks of Markdown that plain text does not have."""
    parts = split(text)
    return (parts.matter is not None and parts.closed) or _SIGNS.search(text) is not None


def read_markdown(text: str, name: str) -> SourceDocument:
    """Read a text in Markdown.

    Args:
        text: The text, with line feeds as line ends.
        name: The file's name in its source.
    """
    lines = tuple(text.split("\n"))
    parts = split(text)
    has_matter = parts.matter is not None and parts.closed
    matter = _read_matter(parts) if has_matter else {}
    body, first_line = (parts.body, parts.body_line) if has_matter else (text, 1)
    draft = TrackedText(body)
    tags = [found for found in _TAGS_LINE.finditer(body) if not body[: found.start()].strip("\n -")]
    draft.rewrite([Edit(found.start(), found.end(), "") for found in tags])
    draft.replace(_FIGURE, _as_picture)
    draft.replace(_HIGHLIGHT, _as_bold)
    set_headings_apart(draft)
    notes = FootnoteReader(draft, first_line)
    footnotes = notes.read(plain=False)
    blocks = read_text_blocks(draft, lines, first_line=first_line, known=notes.lines)
    return SourceDocument(
        name,
        blocks,
        lines,
        _as_text(matter.get("title")),
        _as_text(matter.get("author")),
        _as_text(matter.get("language") or matter.get("lang")),
        matter,
        footnotes,
    )


def unused_matter(matter: Mapping[str, object]) -> str:
    """Return the keys of front matter that no import takes, for a remark; an empty text if there are none."""
    keys = [key for key, value in matter.items() if key not in _USED and value not in (None, "", [], {})]
    more = f" and {len(keys) - _MOST_KEYS} more" if len(keys) > _MOST_KEYS else ""
    return f"{', '.join(keys[:_MOST_KEYS])}{more}"


def _as_picture(found: re.Match[str]) -> str | None:
    """Return the picture of a shortcode of Hugo's."""
    values = {each["key"]: each["value"] for each in _VALUE.finditer(found["inside"])}
    alt = values.get("alt") or values.get("caption") or ""
    return f"![{alt}]({values['src']})" if "src" in values else None


def _as_bold(found: re.Match[str]) -> str:
    """Return highlighted text as bold, for its author wants it seen and Discord knows no other mark for that."""
    return found["text"] if "**" in found["text"] else f"**{found['text']}**"


def _read_matter(parts: Parts) -> Mapping[str, object]:
    """Return the values of all front matter; a piece that cannot be read has none."""
    values: dict[str, object] = {}
    for block in parts.blocks:
        source: MatterSource
        if block.form is MatterForm.TOML:
            source = TomlSource("", block.text, block.line)
        elif block.form is MatterForm.HEADER:
            source = HeaderSource("", block.headers)
        else:
            source = YamlSource("", with_straight_quotes(block.text), block.line)
        value, _ = source.read()
        if isinstance(value, dict):
            values.update({str(key).lower(): each for key, each in value.items()})
    return values


def _as_text(value: object) -> str | None:
    if isinstance(value, (list, tuple)):
        value = ", ".join(str(each) for each in value)
    return str(value).strip() or None if isinstance(value, (str, int, float)) else None
