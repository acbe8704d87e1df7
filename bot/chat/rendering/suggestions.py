"""Readers' ideas: one's own, and an author's queue of them."""

from __future__ import annotations

from collections.abc import Sequence

from discord import ui

from bot.chat import ids
from bot.chat.ids import QueueSpot
from bot.chat.rendering.frame import shade
from bot.chat.rendering.message import TEXT_LIMIT, Item, Message, button, panel, plain, row
from bot.chat.rendering.paging import arrows, cut
from bot.chat.text import clip, literal_block, literal_line, units
from bot.chat.words import lists as words
from bot.chat.words import queue as queue_words
from bot.domain.suggestion import Decision, Suggestion
from bot.services.decide import QueueView
from bot.services.suggest import Suggested

_LINES = 5
_TITLE = 100
_NAME = 80
_IDEA_LINE = 300
_REASON = 200
_CHANGES = 5
_NOTE = 300


def suggested(made: Suggested) -> Message:
    """After /suggest."""
    return plain(words.suggested(made.suggestion.number, literal_line(made.story.title, _TITLE)))


def withdrawn(made: Suggested) -> Message:
    """After /suggestions withdraw."""
    return plain(words.withdrawn(made.suggestion.number))


def mine(made: Sequence[Suggested], page: int = 0) -> Message:
    """Everything somebody suggested, newest first."""
    if not made:
        return plain(words.MINE_EMPTY)
    shown, number, count = cut(made, page, _LINES)
    text = "\n".join([words.MINE, *("\n".join(_mine_lines(each)) for each in shown)])
    parts: list[Item] = [ui.TextDisplay(text), *arrows(number, count, ids.mine)]
    return Message((panel(parts),))


def _mine_lines(made: Suggested) -> list[str]:
    one = made.suggestion
    lines = [words.idea(one.number, literal_line(made.story.title, _TITLE), words.STATES[one.state])]
    lines.append(f"> {literal_line(one.idea, _IDEA_LINE)}")
    if one.into is not None:
        lines.append(queue_words.merged_into(one.into))
    if one.reason:
        lines.append(words.reason(literal_line(one.reason, _REASON)))
    return lines


def decided(made: Suggested) -> Message:
    """After /author decide."""
    return plain(decided_words(made.suggestion))


def decided_words(one: Suggestion) -> str:
    """What has become of an idea, in a sentence."""
    return queue_words.decided(one.number, words.STATES[one.state])


def queue(view: QueueView, *, note: str = "") -> Message:
    """One idea of the queue with what can be decided about it. `note` is a sentence about what has just happened."""
    noted: list[Item] = [ui.TextDisplay(clip(note, _NOTE))] if note.strip() else []
    one, story = view.suggestion, view.story
    if one is None or story is None:
        return Message((*noted, ui.TextDisplay(queue_words.EMPTY)))
    spot = QueueSpot(one.number, view.position, view.state, scoped=view.scope is not None)
    head = f"{queue_words.title(one.number, literal_line(story.title, _TITLE))}\n{_origin(one)}"
    record = "\n".join(_record(view, one))
    room = TEXT_LIMIT - _NOTE - units(head) - units(record)
    parts: list[Item] = [
        ui.TextDisplay(head),
        ui.TextDisplay(literal_block(one.idea, room)),
        ui.TextDisplay(record),
    ]
    decisions = [
        button(queue_words.BUTTONS[each], spot.button(each))
        for each in view.possible
        if each in queue_words.BUTTONS
    ]
    if decisions:
        parts.append(row(*decisions))
    parts.append(_moves(view, spot))
    return Message((*noted, panel(parts, color=shade(story))))


def _origin(one: Suggestion) -> str:
    name = literal_line(one.maker_name, _NAME) if one.maker_name else queue_words.MAKER_ERASED
    return queue_words.maker(name, int(one.created_at.timestamp()), anonymous=one.anonymous)


def _record(view: QueueView, one: Suggestion) -> list[str]:
    lines = [f"-# {words.STATES[one.state]}"]
    if one.chapter:
        lines.append(queue_words.under(literal_line(view.titles.get(one.chapter, one.chapter), _TITLE)))
    if one.into is not None:
        lines.append(queue_words.merged_into(one.into))
    if one.used_in:
        used_in = view.titles.get(one.used_in, one.used_in)
        lines.append(queue_words.used_in(literal_line(used_in, _TITLE)))
    for change in view.history[1:][-_CHANGES:]:
        reason = literal_line(change.reason, _REASON) if change.reason else ""
        lines.append(queue_words.change(words.STATES[change.became], int(change.at.timestamp()), reason))
    return lines


def _moves(view: QueueView, spot: QueueSpot) -> Item:
    at, total = view.position, view.total
    return row(
        button("", spot.at(at - 1).button("show"), emoji="◀️", disabled=at <= 1),
        button(queue_words.position(at, total), "off:here", disabled=True),
        button("", spot.at(at + 1).button("show"), emoji="▶️", disabled=at >= total),
    )


DECIDABLE = tuple(decision for decision in Decision if decision in queue_words.BUTTONS)
"""What an author can decide; taking an idea back is its maker's."""
