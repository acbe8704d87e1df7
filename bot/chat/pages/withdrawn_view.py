"""Replacement of a chapter that its author has withdrawn, in posts and in the private reader."""

from __future__ import annotations

import discord
from discord import ui

from bot.chat.interactions.outgoing_message import Item
from bot.chat.pages import page_texts
from bot.chat.text.user_text import literal_line
from bot.domain.releases.release import Release
from bot.domain.stories.story import Story

_TITLE = 180


def withdrawn_items(story: Story, release: Release) -> list[Item]:
    """Name the chapter and say that it is withdrawn."""
    head = (
        f"-# {literal_line(story.title, _TITLE)}\n## {literal_line(release.title, _TITLE)}\n"
        f"-# {page_texts.chapter_of(release.number)}"
    )
    return [
        ui.TextDisplay(head),
        ui.Separator(spacing=discord.SeparatorSpacing.small),
        ui.TextDisplay(page_texts.withdrawn()),
    ]
