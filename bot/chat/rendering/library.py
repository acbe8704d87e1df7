"""The library, and one story of it."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.chat import ids
from bot.chat.rendering.frame import shade
from bot.chat.rendering.message import Item, Message, button, panel, plain, row
from bot.chat.rendering.paging import arrows, cut
from bot.chat.text import literal_block, literal_line, one_line, when
from bot.chat.words import lists as words
from bot.chat.words import pages as page_words
from bot.domain.release import Release
from bot.domain.story import Status, Story
from bot.services.browse import StoryCard, StoryDetail

_CARDS = 5
_CHAPTERS = 12
_TITLE, _NAMES, _TAGS = 150, 150, 150
_CARD_SUMMARY, _SUMMARY = 220, 900
_REASON = 200
_CHAPTER = 120
_LABEL = 100


def library(cards: Sequence[StoryCard], page: int) -> Message:
    """Every story there is to see, a few at a time."""
    if not cards:
        return plain(words.LIBRARY_EMPTY)
    shown, number, count = cut(cards, page, _CARDS)
    parts: list[Item] = [ui.TextDisplay(words.LIBRARY)]
    for card in shown:
        parts.append(ui.Separator(spacing=discord.SeparatorSpacing.small))
        parts.append(ui.TextDisplay(_card(card)))
    options = [
        discord.SelectOption(label=one_line(card.story.title, _LABEL), value=ids.token(card.story.slug))
        for card in shown
    ]
    parts.append(row(ui.Select(custom_id=ids.SHELF_PICK, placeholder=words.LIBRARY_PICK, options=options)))
    parts += arrows(number, count, ids.shelf)
    return Message((panel(parts),))


def _card(card: StoryCard) -> str:
    story = card.story
    lines = [f"### {literal_line(story.title, _TITLE)}", f"-# {_facts(story)}"]
    if story.summary.strip():
        lines.append(literal_line(story.summary, _CARD_SUMMARY))
    lines.append(f"-# {_standing(card)}")
    return "\n".join(lines)


def _facts(story: Story) -> str:
    facts = []
    if story.authors:
        facts.append(words.by(literal_line(", ".join(author.name for author in story.authors), _NAMES)))
    facts.append(words.RATINGS[story.rating])
    if story.status is not Status.HIATUS:
        facts.append(words.STATUSES[story.status])
    return " · ".join(facts)


def _standing(card: StoryCard) -> str:
    """How much is out, and when it goes on: a date where there is one, else why there is none."""
    standing = [words.chapters_out(card.released)]
    if card.next_at is not None:
        standing.append(words.comes(when(card.next_at)))
    elif card.silence is not None:
        standing.append(words.SILENCES[card.silence])
    if card.hold is not None:
        until = when(card.hold.until) if card.hold.until is not None else None
        standing.append(
            words.waits(until, literal_line(card.hold.reason, _REASON) if card.hold.reason else "")
        )
    return " · ".join(standing)


def story(detail: StoryDetail, page: int | None = None) -> Message:
    """One story: what it is, how it stands, its chapters (the newest page of them first)."""
    about = detail.card.story
    chapters, number, count = cut(detail.releases, page if page is not None else 10**6, _CHAPTERS)
    parts: list[Item] = [ui.TextDisplay("\n".join(_about(detail)))]
    if chapters:
        lines = [_chapter(each) for each in chapters]
        parts.append(ui.Separator(spacing=discord.SeparatorSpacing.small))
        parts.append(ui.TextDisplay("\n".join(lines)))
    parts += arrows(number, count, lambda to: ids.story(about.slug, to))
    actions: list[Item] = []
    if detail.releases:
        actions.append(button(page_words.READ, ids.open_story(about.slug), emoji="📖"))
    if about.suggestions.open:
        actions.append(button(page_words.SUGGEST, ids.suggest(about.slug), emoji="💡"))
    actions.append(button(words.BACK_TO_LIBRARY, ids.shelf(0), emoji="📚"))
    parts.append(row(*actions))
    return Message((panel(parts, color=shade(about)),))


def _chapter(release: Release) -> str:
    mark = f" · {page_words.WITHDRAWN_BRIEFLY}" if release.withdrawn else ""
    title = literal_line(release.title, _CHAPTER - len(mark))
    line = page_words.numbered(release.number, title).replace(".", "\\.", 1)
    return words.dated(line, int(release.released_at.timestamp())) + mark


def _about(detail: StoryDetail) -> list[str]:
    about = detail.card.story
    lines = [f"## {literal_line(about.title, _TITLE)}", f"-# {_facts(about)}"]
    if about.tags:
        lines.append(f"-# {literal_line(', '.join(about.tags), _TAGS)}")
    if about.warnings:
        lines.append(page_words.warnings(literal_line(", ".join(about.warnings), _TAGS)))
    if about.summary.strip():
        lines.append(literal_block(about.summary, _SUMMARY))
    lines.append(f"-# {_standing(detail.card)}")
    if detail.waiting is not None:
        lines.append(words.waiting(detail.waiting))
    return lines
