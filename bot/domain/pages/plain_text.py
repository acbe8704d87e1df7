"""Plain text of a chapter: shown, and quoted as a teaser."""

from __future__ import annotations

from bot.domain.pages.inline_markup import PieceKind
from bot.domain.pages.markdown_parser import parse_markdown
from bot.domain.pages.sentences import word_ends
from bot.domain.pages.text_length import cluster_starts, utf16_length
from bot.domain.pages.text_runs import RunKind, TextRun

_WHOLE = 1 << 30
_MORE = "…"


def visible(text: str) -> str:
    """Return the words of some Markdown, a line for each run of it."""
    return "\n".join(run.inline.shown for run in parse_markdown(text, _WHOLE) if not run.is_break)


def excerpt(text: str, limit: int) -> str:
    """Return the first words of the story in at most `limit` UTF-16 units, ending with … where more follows.

    Headings, pictures and code are left out, and spoilers become an ellipsis. The result is plain text on one
    line, not Markdown: `escape` it where Discord would read it as such.
    """
    words: list[str] = []
    size = 0
    for run in parse_markdown(text, _WHOLE):
        if run.shape is RunKind.PROSE and not run.first.startswith("-#"):
            words += _told(run).split()
            size = sum(map(len, words)) + len(words)
        if size > limit:
            break
    return _shortened(" ".join(words), limit)


def _told(run: TextRun) -> str:
    """Return the text of a run without its spoilers."""
    parts: list[str] = []
    for piece in run.inline.pieces:
        if any(mark.open == "||" for mark in piece.marks):
            if parts[-1:] != [_MORE]:
                parts.append(_MORE)
        else:
            parts.append(
                piece.shown if piece.kind is PieceKind.ATOM else run.content[piece.start : piece.end]
            )
    return "".join(parts)


def _shortened(text: str, limit: int) -> str:
    if utf16_length(text) <= limit:
        return text
    room = max(0, limit - len(_MORE))
    end = room
    while utf16_length(text[:end]) > room:
        end -= 1
    ends = [at for at, _ in word_ends(text, 0, end + 1)] or [
        at for at in cluster_starts(text[: end + 1]) if at <= end
    ]
    return text[: ends[-1] if ends else 0].rstrip(" ,;:—–-、，；：") + _MORE if limit > 0 else ""
