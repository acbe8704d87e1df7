"""Forms and answers of `/author upload`: the preview of the chapters and of each decision, and what was written.

Seen by: authors.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import later, n, t
from bot.domain.manuscript_import.import_decisions import DecisionKind

_KINDS = {
    DecisionKind.DROPPED: later("left out: {reason}"),
    DecisionKind.MOVED: later("moved: {reason}"),
    DecisionKind.JOINED: later("joined: {reason}"),
    DecisionKind.READ_AS: later("read as {reason}"),
}


def title(count: int, story: str) -> str:
    """Introduce the preview."""
    return n("### {count} chapter for {story}", "### {count} chapters for {story}", count, story=story)


def nothing_written() -> str:
    """Return that it is a preview."""
    return t("Only you see this, and nothing is written yet. I keep it for a day.")


def chapter(number: int, title: str, words: int, pages: int) -> str:
    """Return the line of a chapter."""
    return n(
        "{number}. **{title}** · {words} words, {count} page",
        "{number}. **{title}** · {words} words, {count} pages",
        pages,
        number=number,
        title=title,
        words=words,
    )


def known(line: str) -> str:
    """Return the line of a chapter that the story has already."""
    return t("{line} · you have this one already", line=line)


def more(count: int) -> str:
    """Return how many lines are not shown."""
    return n("… and {count} more", "… and {count} more", count)


def decisions(count: int) -> str:
    """Introduce what was done with lines of the file."""
    return n(
        "**{count} decision**, each of which you can undo:",
        "**{count} decisions**, each of which you can undo:",
        count,
    )


def decision(kind: DecisionKind, reason: str, quote: str) -> str:
    """Return the line of a decision, with the beginning of its lines."""
    return t("{what}: “{quote}”", what=t(_KINDS[kind], reason=reason), quote=quote)


def undone(line: str) -> str:
    """Return the line of a decision that was undone."""
    return t("~~{line}~~ (undone)", line=line)


def warnings(lines: str) -> str:
    """Return warnings, a line each."""
    return t("⚠️ Worth a look:\n{lines}", lines=lines)


def accept_button() -> str:
    """Return the label of the button that writes the chapters."""
    return t("Accept")


def add_button(count: int) -> str:
    """Return the label of the button that writes the new chapters alone."""
    return n("Add {count} new, keep the others", "Add {count} new, keep the others", count)


def replace_button(count: int) -> str:
    """Return the label of the button that also writes chapters which the story has already."""
    return n("Replace {count}", "Replace {count}", count)


def all_button() -> str:
    """Return the label of the button that shows all decisions."""
    return t("Show all decisions")


def back_button() -> str:
    """Return the label of the button that leads back to the preview."""
    return t("Back")


def pick_placeholder() -> str:
    """Return the placeholder of the menu of chapters."""
    return t("See a chapter’s pages")


def undo_placeholder() -> str:
    """Return the placeholder of the menu of decisions."""
    return t("Undo a decision, or make it again")


def page_title(number: int, count: int) -> str:
    """Introduce a page of a chapter."""
    return t("-# Preview of chapter {number} of {count}; nothing is written yet.", number=number, count=count)


def discarded() -> str:
    """Return that an upload was thrown away."""
    return t("Discarded. Nothing was written, and I kept nothing of it.")


def written(added: int, replaced: int, kept: int) -> str:
    """Return what was written."""
    parts = [n("{count} chapter added", "{count} chapters added", added)]
    if replaced:
        parts.append(n("{count} replaced", "{count} replaced", replaced))
    if kept:
        parts.append(n("{count} left as it was", "{count} left as they were", kept))
    return t("✅ {parts}.", parts=", ".join(parts))


def stays_out(title: str) -> str:
    """Return that a chapter was not written because its author took it out."""
    return t("“{title}” stays out: you took it out of the story before.", title=title)


def lost_pictures(lines: str) -> str:
    """Return which pictures could not be kept, a line each."""
    return t("⚠️ Without these pictures:\n{lines}", lines=lines)


def first_at(moment: str) -> str:
    """Return when the next chapter comes."""
    return t("The next one comes out {moment}.", moment=moment)


def no_time() -> str:
    """Return that nothing says when a chapter comes."""
    return t("Nothing says when they come out yet: use `/author schedule`.")


def what_next() -> str:
    """Return what to do after chapters were written."""
    return t("`/author chapters` shows them in order, to move them or to plan them.")
