"""A page with its frame, within Discord's limits whatever they contain."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.chat.interactions.outgoing_message import TEXT_LIMIT, Attachment, Item, MessageBudget
from bot.chat.pages.page_body_view import page_body
from bot.chat.pages.page_frame_view import PageFrame, frame_head, frame_tail
from bot.domain.releases.release import PictureFile

_LEAST_FRAME = 60
"""Units reserved for the frame on the fullest page: the page's number and some of the title."""


def page_items(
    leaf: PageFrame, pictures: Sequence[PictureFile], room: int = TEXT_LIMIT
) -> tuple[list[Item], tuple[Attachment, ...], int]:
    """Return the components of a page and its frame, its files, and how many of `room` units of text are left.

    The story's text has priority: lines of the frame that do not fit beside it are omitted, the least wanted first.
    """
    own = page_body(leaf.page, pictures, room - _LEAST_FRAME, leaf.story.scene_break)
    budget = MessageBudget(room - own.length)
    foot, *ending = frame_tail(leaf)
    kept_foot = budget.take(foot)
    above = [taken for text in frame_head(leaf) if (taken := budget.take(text))]
    below = [taken for text in ending if (taken := budget.take(text + "\n"))]
    items: list[Item] = [ui.TextDisplay(text) for text in above]
    items += own.parts
    items.append(ui.Separator(spacing=discord.SeparatorSpacing.small))
    items.append(ui.TextDisplay("".join(below) + (kept_foot or "-# …")))
    return items, own.files, budget.left
