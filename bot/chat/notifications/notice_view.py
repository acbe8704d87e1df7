"""Notices as messages: direct, in a guild's channel, or after the answer to a command."""

from __future__ import annotations

from collections.abc import Sequence

from discord import ui

from bot.chat.i18n.refusal_line import refusal_line
from bot.chat.interactions import custom_ids
from bot.chat.interactions.outgoing_message import TEXT_LIMIT, Message, button, plain, row
from bot.chat.notifications import notice_texts
from bot.chat.notifications.morning_card_view import morning_card_message
from bot.chat.pages import page_texts
from bot.chat.suggestions import suggestion_texts
from bot.chat.text.user_text import clip, literal_line
from bot.domain.message_json import decode
from bot.services.notifications.notice_messenger import Notice
from bot.services.statistics.morning_cards import MORNING_CARD
from bot.services.suggestions.credits import USED
from bot.services.suggestions.decision_notices import SUGGESTION_NOTICE_PREFIX
from bot.services.suggestions.notice_redaction import REDACTED


def notice_message(one: Notice) -> Message:
    """Render a notice, with buttons to its chapter and to turn such notices off."""
    if one.kind == MORNING_CARD:
        return morning_card_message(one.facts, _facts(one))
    message = plain(clip(notice_text(one), TEXT_LIMIT))
    buttons = []
    if one.kind == USED:
        buttons.append(button(page_texts.read(), custom_ids.read(int(one.facts["release"])), emoji="📖"))
    buttons += [
        button(suggestion_texts.whereabouts_button(), custom_ids.where(number))
        for number in withheld_suggestions(one)[:1]
    ]
    if one.kind.startswith(SUGGESTION_NOTICE_PREFIX):
        buttons.append(button(notice_texts.messages_off_button(), custom_ids.news(told=False)))
    return Message((*message.items, row(*buttons))) if buttons else message


def guild_notice_message(one: Notice) -> Message:
    """Render a notice for those who manage a guild, in a channel where everybody can read it."""
    return plain(notice_texts.guild_notice(one.kind, _facts(one)))


def delayed_notices_message(waiting: Sequence[Notice]) -> Message:
    """Render the latest of the notices that could not be sent before."""
    lines = [
        notice_texts.delayed_title(),
        *(clip(notice_text(one), TEXT_LIMIT // (_MOST_NOTICES + 2)) for one in waiting[-_MOST_NOTICES:]),
    ]
    if len(waiting) > _MOST_NOTICES:
        lines.append(notice_texts.more(len(waiting) - _MOST_NOTICES))
    message = plain("\n".join(lines))
    veiled = dict.fromkeys(
        number for one in waiting[-_MOST_NOTICES:] for number in withheld_suggestions(one)[:1]
    )
    ways = [
        button(suggestion_texts.numbered_whereabouts_button(number), custom_ids.where(number))
        for number in veiled
    ]
    return Message((*message.items, row(*ways))) if ways else message


def withheld_suggestions(one: Notice) -> list[int]:
    """Return the numbers of suggestions whose text the notice withholds."""
    starts = (name.removesuffix(REDACTED) for name in one.facts if name.endswith(REDACTED))
    return [int(one.facts[f"{start}number"]) for start in starts]


def notice_text(one: Notice) -> str:
    """Return the text of a notice, with people's text in it escaped."""
    return notice_texts.notice(one.kind, _facts(one))


def _facts(one: Notice) -> dict[str, str]:
    """Escape a notice's facts."""
    # What news of a suggestion calls its reason is an author's own words, not a message of the bot's.
    has_message = not one.kind.startswith(SUGGESTION_NOTICE_PREFIX)
    return {key: _fact(key, value, has_message=has_message) for key, value in one.facts.items()}


def _fact(key: str, value: str, *, has_message: bool) -> str:
    if not value or key == "link":
        return value
    if has_message and key.endswith("reason"):
        return refusal_line(decode(value), _FACT)
    return literal_line(value, _FACT)


_FACT = 400
_MOST_NOTICES = 5


def message_preference_answer(*, enabled: bool) -> Message:
    """Render the answer after direct messages were turned on or off, with a button to undo it."""
    back = button(
        notice_texts.messages_off_button() if enabled else notice_texts.messages_on_button(),
        custom_ids.news(not enabled),
    )
    return Message(
        (
            ui.TextDisplay(
                notice_texts.messages_on_answer() if enabled else notice_texts.messages_off_answer()
            ),
            row(back),
        )
    )
