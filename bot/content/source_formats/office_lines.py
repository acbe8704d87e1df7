"""Markdown of several paragraphs together: quotes, verse, lists, code and tables of an office document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.content.source_formats.inline_markdown import InlineRun, has_throughout, write_inline
from bot.content.source_formats.markdown_escaping import escape_text
from bot.content.source_formats.office_paragraphs import (
    OfficeItem,
    OfficeParagraph,
    OfficeTable,
    ParagraphRole,
)

_LONG_LINE = 90
"""Characters that lines of verse do not have on average."""

_STEP = 4
_ROUND = str.maketrans("[]", "()")


def parted_at_breaks(items: Iterable[OfficeItem]) -> Iterator[OfficeItem]:
    """Yield the items, a paragraph in which line ends stand between whole paragraphs as several.

    Who presses Shift and Enter twice, or pastes from the web, gets a chapter of one paragraph.
    """
    for item in items:
        if not isinstance(item, OfficeParagraph) or item.role in (ParagraphRole.CODE, ParagraphRole.VERSE):
            yield item
            continue
        lines = _split_lines(item.runs)
        while len(lines) > 1 and not _text(lines[-1]).strip():
            lines.pop()
        while len(lines) > 1 and not _text(lines[0]).strip():
            lines.pop(0)
        texts = [_text(line) for line in lines]
        long = sum(map(len, texts)) > _LONG_LINE * max(1, sum(1 for each in texts if each.strip()))
        if len(lines) == 1 or (all(text.strip() for text in texts) and not long):
            yield replace(item, runs=_joined(lines))
            continue
        groups: list[list[list[InlineRun]]] = [[]]
        for line, text in zip(lines, texts, strict=True):
            if long or not text.strip():
                groups.append([])
            if text.strip():
                groups[-1].append(line)
        parts = [_joined(group) for group in groups if group]
        for number, runs in enumerate(parts):
            yield replace(
                item,
                runs=runs,
                page_break=item.page_break and not number,
                pictures=item.pictures if number == len(parts) - 1 else [],
            )


def quote_of(paragraphs: Sequence[OfficeParagraph]) -> str:
    """Return paragraphs as one quote."""
    written = [write_inline(each.runs) for each in paragraphs if not each.is_empty]
    return "\n>\n".join("\n".join(f"> {line}" for line in text.split("\n")) for text in written)


def lines_of(paragraphs: Sequence[OfficeParagraph]) -> str:
    """Return paragraphs as lines of verse; empty ones part stanzas."""
    lines: list[str] = []
    for paragraph in paragraphs:
        text = write_inline(paragraph.runs)
        if text or (lines and lines[-1]):
            lines += text.split("\n")
    return "\n".join(lines).strip("\n")


def code_of(paragraphs: Sequence[OfficeParagraph]) -> str:
    """Return paragraphs as code."""
    text = "\n".join(each.text for each in paragraphs)
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}\n{text}\n{fence}"


def list_of(paragraphs: Sequence[OfficeParagraph]) -> str:
    """Return paragraphs as a list with the depth of each."""
    lines = []
    for paragraph in paragraphs:
        if paragraph.is_empty:
            continue
        indent = " " * (_STEP * min(paragraph.marker_level, _STEP))
        first, *others = write_inline(paragraph.runs).split("\n")
        marker = paragraph.marker or "-"
        lines.append(f"{indent}{marker} {first}")
        lines += [f"{indent}{' ' * (len(marker) + 1)}{line}" for line in others if line]
    return "\n".join(lines)


def table_of(table: OfficeTable) -> str:
    """Return a table with its first row as its head."""
    width = max(len(row) for row in table.rows)
    rows = [[_cell(cell) for cell in row] + [""] * (width - len(row)) for row in table.rows]
    head, *others = rows
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * width, *others))


def picture_of(key: str, alt: str) -> str:
    """Return a picture with its text, in which brackets are round: square ones would end it."""
    return f"![{escape_text(' '.join(alt.split()).translate(_ROUND))}]({key})"


def without_heading_marks(runs: Sequence[InlineRun]) -> list[InlineRun]:
    """Return the runs of a heading without the marks that all of it has."""
    bold, italic, underline = (has_throughout(runs, mark) for mark in ("bold", "italic", "underline"))
    return [
        replace(
            run,
            bold=run.bold and not bold,
            italic=run.italic and not italic,
            underline=run.underline and not underline,
        )
        for run in runs
    ]


def _cell(paragraphs: Sequence[OfficeParagraph]) -> str:
    text = " ".join(write_inline(each.runs).replace("\n", " ") for each in paragraphs if not each.is_empty)
    return text.replace("\\|", "|").replace("|", "\\|")


def _split_lines(runs: Sequence[InlineRun]) -> list[list[InlineRun]]:
    lines: list[list[InlineRun]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=text)] for text in others]
    return [[run for run in line if run.text] for line in lines]


def _joined(lines: Sequence[Sequence[InlineRun]]) -> list[InlineRun]:
    runs: list[InlineRun] = []
    for number, line in enumerate(lines):
        runs += ([InlineRun("\n")] if number else []) + list(line)
    return runs


def _text(runs: Sequence[InlineRun]) -> str:
    return "".join(run.text for run in runs)
