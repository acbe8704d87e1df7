"""The morning card as a message: a section for each story, with buttons that work for ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord
from discord import ui

from bot.chat.interactions import custom_ids
from bot.chat.interactions.outgoing_message import TEXT_LIMIT, Item, Message, button, container, plain, row
from bot.chat.stories import morning_card_texts
from bot.chat.text.user_text import clip, utf16_length

_SUN = 0xF5B84B
_ROOM = TEXT_LIMIT - 200
"""Units of text for all sections; the rest is for the lines around them."""


def morning_card_message(facts: Mapping[str, str], escaped: Mapping[str, str]) -> Message:
    """Render a card. `facts` are as they were stored, `escaped` as they may be shown."""
    parts: list[Item] = [ui.TextDisplay(morning_card_texts.title())]
    for place, text in enumerate(_fitting(morning_card_texts.sections(escaped))):
        parts += [ui.Separator(spacing=discord.SeparatorSpacing.small), ui.TextDisplay(text)]
        slug = facts.get(f"{place}.slug")
        if slug is not None:
            parts.append(_story_buttons(slug, has_next="until" in _of_story(facts, place)))
    if more := int(facts.get("more", "0")):
        parts.append(ui.TextDisplay(morning_card_texts.more_stories(more)))
    parts.append(
        row(
            button(morning_card_texts.queue_button(), custom_ids.card("queue"), emoji="💡"),
            button(morning_card_texts.off_button(), custom_ids.card("off")),
        )
    )
    return Message((container(parts, color=_SUN),))


def preference_answer(*, enabled: bool) -> Message:
    """Render the answer after the card was turned on or off, with a button to undo it."""
    text = morning_card_texts.on_answer() if enabled else morning_card_texts.off_answer()
    back = (
        button(morning_card_texts.off_button(), custom_ids.card("off"))
        if enabled
        else button(morning_card_texts.on_button(), custom_ids.card("on"))
    )
    return Message((*plain(text).items, row(back)))


def _of_story(facts: Mapping[str, str], place: int) -> set[str]:
    return {name.removeprefix(f"{place}.") for name in facts if name.startswith(f"{place}.")}


def _story_buttons(slug: str, *, has_next: bool) -> Item:
    ways = [button(morning_card_texts.stats_button(), custom_ids.card_story("stats", slug), emoji="📊")]
    if has_next:
        ways.append(button(morning_card_texts.next_button(), custom_ids.card_story("next", slug), emoji="👀"))
    return row(*ways)


def _fitting(sections: Sequence[str]) -> list[str]:
    """Return the sections within the limit: without quotes where they are too long, and cut where even that fails."""
    if sum(map(utf16_length, sections)) > _ROOM:
        sections = [
            "\n".join(line for line in text.split("\n") if not line.startswith("> ")) for text in sections
        ]
    return [clip(text, _ROOM // len(sections)) for text in sections]
