"""Remarks on the pieces of a web page in a manuscript that was copied from one."""

from __future__ import annotations

from bot.domain.manuscript.offset_tracking import TrackedText
from bot.domain.manuscript.web_pages.repeated_passages import find_repeated_passages
from bot.domain.manuscript.web_pages.web_page_pieces import TOP, PieceKind, WebPagePiece, find_web_page_pieces


def remark_furniture(draft: TrackedText) -> None:
    """Remark on every line that looks like a piece of a web page, and on passages that stand there twice."""
    text = draft.text
    lines = [line for line in text.split("\n") if line and not line.isspace()]
    kept = find_web_page_pieces(lines)
    passages = find_repeated_passages(text, lines, is_copied=min(kept, default=TOP) < TOP)
    if not kept and not passages:
        return
    starts = _starts(text)
    for number, piece in kept.items():
        draft.remark(starts[number], *_message(piece, len(lines)))
    for number, passage in passages.items():
        if number not in kept:
            problem = f"{passage} stands here twice, as it may when it is copied from a web page"
            draft.remark(starts[number], problem, "Take one out, unless you mean it.")


def _starts(text: str) -> list[int]:
    """Return the offset of the first sign of each line with text in it."""
    starts: list[int] = []
    at = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            starts.append(at + len(line) - len(line.lstrip()))
        at += len(line) + 1
    return starts


def _message(piece: WebPagePiece, count: int) -> tuple[str, str]:
    if piece.kind is PieceKind.NOTE:
        key = "note_before" if piece.line < min(TOP, count - piece.line) else "note_after"
        return (
            "this looks like a note of yours to the readers, and is shown as a part of the story",
            f"If it is one, move it to {key} in the front matter.",
        )
    mend = "Take it out, or import the text with `fascicle import`, which does so."
    if piece.kind is PieceKind.TALK:
        mend = "Take it out, or say it to your readers here with note_after in the front matter."
    return (
        f"this looks like a part of the web page that the text was copied from ({piece.kind}): readers would see it",
        mend,
    )
