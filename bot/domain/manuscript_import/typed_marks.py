"""Dashes and quotation marks as they are typed, which become the signs that the author means.

`--` is a dash, and straight quotation marks among curly ones are like those. It is decided once for a document, for an
author types the same way throughout. Code, tables, addresses, tags and scene breaks stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from bot.domain.manuscript_import.import_decisions import DecisionKind, DecisionLog, SourcePassage
from bot.domain.manuscript_import.imported_story import ChapterDraft
from bot.domain.manuscript_import.source_document import BlockKind, Source, SourceBlock

_KINDS = frozenset((BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.VERSE, BlockKind.QUOTE, BlockKind.LIST))
_KEPT = (
    r"``[^\n]*?``|`[^`\n]*+`|<[^<>\n]*+>|\]\([^()\n]*+\)|\{[^{}\n]*+\}|\\\S"
    r"|(?:https?://|www\.)\S++|(?<![\w.+-])[\w.+-]{1,64}@\S++|(?m:^(?:\t|\ {4})[^\n]*+)"
)
"""Parts of a line in which no sign is anything else: code, tags, addresses."""

_DASH = re.compile(
    rf"""(?P<kept>{_KEPT})
    | (?<=\d)(?P<range>--)(?=\d)
    | (?P<spaced>(?<=[^\s]\ )-{{2,3}}(?=\ [^\s]))
    | (?P<closed>(?<=[\w"”“’'»)\]*_!?,;:….])(?<!<!)-{{2,3}}(?=[\w"”“’'«(\[*_.,;:!?…\s)]|\Z))
    | (?P<first>(?m:(?<=^)|(?<=^["“'‘])|(?<=^>\ ))-{{2,3}}(?=\ ?[^\W_]|\ ?["“*_]))
    """,
    re.VERBOSE,
)
_MORSE = re.compile(r"(?:^|\s)[.-]{1,6}(?:\s[.-]{1,6}){2}(?:\s|$)")
_WORD = re.compile(r"[^\W\d_]{2}|\d")
_QUOTE = re.compile(rf"(?P<kept>{_KEPT})|(?P<sign>[\"“”])", re.VERBOSE)
_STRAIGHT_APOSTROPHE = re.compile(rf"(?P<kept>{_KEPT})|(?<=[^\W\d_])(?P<sign>')(?=[^\W\d_])", re.VERBOSE)
_EMPHASIS = "*_~"
_BEFORE_OPENING = " \t\n\xa0([{—–-‘“"
_AFTER_CLOSING = " \t\n\xa0)]}—–-’”.,;:!?…"
_FOREIGN_QUOTES = frozenset("„«»「」")

_Change = Callable[[str], tuple[str, int]]
"""A change of a text, and in how many places it is made."""


def read_typed_marks(source: Source, drafts: Sequence[ChapterDraft], log: DecisionLog) -> list[ChapterDraft]:
    """Return the chapters with the dashes and quotation marks that were meant, as decided for each document."""
    result = list(drafts)
    for number in range(len(source.documents)):
        mine = [at for at, draft in enumerate(result) if draft.document == number]
        shown = "\n".join(block.text for at in mine for block in result[at].blocks if block.kind in _KINDS)
        changes: list[tuple[_Change, str]] = []
        if "--" in shown:
            spaced = "–" if shown.count(" – ") > shown.count(" — ") else "—"
            changes.append((partial(_with_dashes, spaced=spaced), "hyphens that are dashes"))
        if _has_mixed_quotes(shown):
            changes.append((_with_curly_quotes, "straight quotation marks, curly like the others"))
        for change, reason in changes:
            _decide(source, result, mine, log, change, reason)
    return result


def _decide(
    source: Source,
    drafts: list[ChapterDraft],
    mine: Sequence[int],
    log: DecisionLog,
    change: _Change,
    reason: str,
) -> None:
    """Make a change in the chapters of a document, if it changes anything and the author does not refuse it."""
    first: SourceBlock | None = None
    count = 0
    changed: list[tuple[int, tuple[SourceBlock, ...]]] = []
    number = drafts[mine[0]].document
    for at in mine:
        blocks: list[SourceBlock] = []
        for block in drafts[at].blocks:
            text, places = (block.text, 0)
            if block.kind in _KINDS and not _is_kept(block, number, log):
                text, places = change(block.text)
            if places:
                first = first or block
                count += places
            blocks.append(replace(block, text=text) if places else block)
        changed.append((at, tuple(blocks)))
    if first is None:
        return
    lines = source.documents[number].lines[first.line - 1 : first.last_line]
    passage = SourcePassage(number, first.line, max(first.line_count, 1), "\n".join(lines) or first.text)
    where = "in one place" if count == 1 else f"in {count} places"
    if not log.decide(DecisionKind.READ_AS, f"{reason}, {where}", passage):
        return
    for at, new in changed:
        draft = drafts[at]
        drafts[at] = replace(
            draft,
            blocks=new,
            title=draft.title and change(draft.title)[0],
            note_before=draft.note_before and change(draft.note_before)[0],
            note_after=draft.note_after and change(draft.note_after)[0],
            disclaimer=draft.disclaimer and change(draft.disclaimer)[0],
            footnotes=tuple(
                replace(
                    note,
                    blocks=tuple(
                        replace(each, text=change(each.text)[0]) if each.kind in _KINDS else each
                        for each in note.blocks
                    ),
                )
                for note in draft.footnotes
            ),
        )


def _is_kept(block: SourceBlock, number: int, log: DecisionLog) -> bool:
    lines = number, block.line, block.last_line
    return log.is_refused(*lines) or log.is_left_alone(*lines)


def _with_dashes(text: str, spaced: str) -> tuple[str, int]:
    """Return a text with dashes for two or three hyphens, and their number.

    Options of commands, arrows, Morse code and lines drawn with hyphens have none.
    """
    if "--" not in text:
        return text, 0
    count = 0

    def sign(found: re.Match[str]) -> str:
        nonlocal count
        if found["kept"] is not None:
            return found[0]
        count += 1
        return "–" if found["range"] else spaced if found["spaced"] else "—"

    rows = [
        _DASH.sub(sign, row) if "--" in row and _WORD.search(row) and not _MORSE.search(row) else row
        for row in text.split("\n")
    ]
    return "\n".join(rows), count


def _has_mixed_quotes(text: str) -> bool:
    """Return whether most of a text's quotation marks are curly, and some are straight."""
    if not _FOREIGN_QUOTES.isdisjoint(text):
        return False
    straight, curly = text.count('"'), text.count("“") + text.count("”")
    apostrophes, typed = text.count("’"), len(_STRAIGHT_APOSTROPHE.findall(text)) if "'" in text else 0
    return (straight > 0 and curly >= straight) or (typed > 0 and curly >= straight and apostrophes > typed)


def _with_curly_quotes(text: str) -> tuple[str, int]:
    """Return a text with curly quotation marks and apostrophes, and their number.

    A text whose marks are not in pairs, such as one with inches, keeps them as they are.
    """
    count = 0
    if '"' in text and (curled := _curl(text)) is not None:
        count += text.count('"') - curled.count('"')
        text = curled
    if "'" in text:
        typed = text.count("'")
        text = _STRAIGHT_APOSTROPHE.sub(lambda found: found["kept"] or "’", text)
        count += typed - text.count("'")
    return text, count


def _curl(text: str) -> str | None:
    is_open = False
    parts: list[str] = []
    done = 0
    for found in _QUOTE.finditer(text):
        if found["kept"] is not None:
            continue
        opens = found[0] == "“"
        if found[0] == '"':
            before = text[max(0, found.start() - 4) : found.start()].rstrip(_EMPHASIS)[-1:]
            after = text[found.end() : found.end() + 4].lstrip(_EMPHASIS)[:1]
            may_open = (not before or before in _BEFORE_OPENING) and after not in ("", " ", "\n")
            may_close = bool(before.strip()) and (not after or after in _AFTER_CLOSING)
            if not may_open and not may_close:
                return None
            opens = may_open and (not may_close or not is_open)
            parts += [text[done : found.start()], "“" if opens else "”"]
            done = found.end()
            if opens == is_open:
                return None
        is_open = opens
    return "".join(parts) + text[done:]
