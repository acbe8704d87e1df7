"""The remaining answers: an author's calendar, help, news."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.interactions import custom_ids
from bot.chat.interactions.message import TEXT_LIMIT, Message, button, plain, row
from bot.chat.notifications import notice_texts
from bot.chat.pages import page_texts
from bot.chat.privacy import privacy_texts
from bot.chat.rest.fault_reason import reason_line
from bot.chat.stories import list_texts
from bot.chat.suggestions import suggestion_texts
from bot.chat.text.user_text import clip, literal_line, when
from bot.services.notifications.notice_messenger import Notice
from bot.services.releases.calendar_overrides import Calendar
from bot.services.stories.catalogue import Help
from bot.services.suggestions.credits import USED
from bot.services.suggestions.outcome_notices import IDEAS
from bot.services.suggestions.quote_permissions import VEILED

_TITLE = 120
_REASON = 200
_TITLES = 10
_FACT = 400
_NEWS = 5


def calendar(story: Calendar) -> Message:
    """A story's calendar after an author has moved it."""
    title = literal_line(story.story.title, _TITLE)
    lines = []
    if story.published is not None:
        published = literal_line(story.published.title, _TITLE)
        lines.append(list_texts.published(story.published.number, published, title))
    lines.append(list_texts.calendar(title))
    if story.hold is not None:
        until = when(story.hold.until) if story.hold.until is not None else None
        lines.append(
            list_texts.waits(until, literal_line(story.hold.reason, _REASON) if story.hold.reason else "")
        )
    lines += [
        list_texts.due(literal_line(story.titles.get(due.chapter, due.chapter), _TITLE), when(due.at))
        for due in story.upcoming
    ]
    if not story.upcoming and story.hold is None:
        lines.append(list_texts.calendar_empty())
    if story.first_empty_slot is not None:
        lines.append(list_texts.runs_dry(when(story.first_empty_slot)))
    return plain("\n".join(lines))


def help_page(what: Help) -> Message:
    """What that person can do here."""
    parts = [list_texts.help_reader()]
    if what.manages:
        parts.append(list_texts.help_manager())
    if what.is_author_of:
        titles = ", ".join(literal_line(story.title, _TITLE) for story in what.is_author_of[:_TITLES])
        more = "…" if len(what.is_author_of) > _TITLES else ""
        parts.append(list_texts.help_author(titles + more))
    return plain("\n".join(parts))


def notice(one: Notice) -> Message:
    """One piece of news, with a way to the chapter it tells of, and one to have no more such news."""
    said = plain(clip(notice_words(one), TEXT_LIMIT))
    buttons = []
    if one.kind == USED:
        buttons.append(button(page_texts.read(), custom_ids.read(int(one.facts["release"])), emoji="📖"))
    buttons += [button(suggestion_texts.where(), custom_ids.where(number)) for number in veiled_in(one)[:1]]
    if one.kind.startswith(IDEAS):
        buttons.append(button(privacy_texts.news_off(), custom_ids.news(told=False)))
    return Message((*said.items, row(*buttons))) if buttons else said


def server_notice(one: Notice) -> Message:
    """News for whoever manages a server, where everybody there can read it."""
    return plain(notice_texts.server_news(one.kind, _facts(one)))


def notices(waiting: Sequence[Notice]) -> Message:
    """News that could not be told before, the latest of it."""
    lines = [
        notice_texts.waiting(),
        *(clip(notice_words(one), TEXT_LIMIT // (_NEWS + 2)) for one in waiting[-_NEWS:]),
    ]
    if len(waiting) > _NEWS:
        lines.append(list_texts.more(len(waiting) - _NEWS))
    said = plain("\n".join(lines))
    veiled = dict.fromkeys(number for one in waiting[-_NEWS:] for number in veiled_in(one)[:1])
    ways = [button(suggestion_texts.where_of(number), custom_ids.where(number)) for number in veiled]
    return Message((*said.items, row(*ways))) if ways else said


def veiled_in(one: Notice) -> list[int]:
    """The numbers of the ideas whose text was left out of news."""
    starts = (name.removesuffix(VEILED) for name in one.facts if name.endswith(VEILED))
    return [int(one.facts[f"{start}number"]) for start in starts]


def notice_words(one: Notice) -> str:
    """The sentence, with people's text in it made literal."""
    return notice_texts.news(one.kind, _facts(one))


def _facts(one: Notice) -> dict[str, str]:
    """A notice's facts made literal. Reasons of the bot's own are kept in English."""
    return {key: _fact(key, value) for key, value in one.facts.items()}


def _fact(key: str, value: str) -> str:
    if not value or key == "link":
        return value
    return reason_line(value, _FACT) if key.endswith("reason") else literal_line(value, _FACT)
