"""Chapter posts: a page for everybody in a channel, with a role's mention above and buttons below."""

from __future__ import annotations

from collections.abc import Sequence

from discord import ui

from bot.chat.delivery.announcement_view import announcement_items
from bot.chat.interactions import custom_ids
from bot.chat.interactions.outgoing_message import (
    TEXT_LIMIT,
    Attachment,
    Item,
    Message,
    button,
    container,
    row,
)
from bot.chat.pages import page_texts
from bot.chat.pages.chapter_labels import next_chapter_label
from bot.chat.pages.chapter_prompt_view import prompt_text
from bot.chat.pages.page_frame_view import PageFrame, story_color
from bot.chat.pages.page_view import page_items
from bot.chat.pages.withdrawn_view import withdrawn_items
from bot.chat.text import post_markers
from bot.chat.text.user_text import one_line, utf16_length
from bot.domain.releases.release import Release
from bot.domain.subscriptions.release_styles import MessageForm
from bot.services.delivery.post_messenger import ChapterPost

_MOST_SKIPPED = 5
_ROW = 5
_LABEL = 80


def chapter_post(post: ChapterPost, *, buttons: bool) -> Message:
    """Render a post as it is sent, and as it is edited after page turns, revisions and withdrawals."""
    mention = f"<@&{post.mention}>" if post.mention is not None else ""
    missed = _skipped_text(post.skipped)
    onward = _link_to_next_page(post)
    question = prompt_text(post.story, post.release, post.edition) if buttons and _ends_chapter(post) else ""
    room = (
        TEXT_LIMIT
        - utf16_length(mention)
        - utf16_length(missed)
        - utf16_length(onward)
        - utf16_length(question)
    )
    parts: list[Item] = withdrawn_items(post.story, post.release)
    files: tuple[Attachment, ...] = ()
    if post.shape in (MessageForm.CARD, MessageForm.OPENING) and not post.release.is_withdrawn:
        parts, files = announcement_items(post, room, buttons=buttons)
    elif not post.release.is_withdrawn:
        parts, files, _ = page_items(_page_frame(post, buttons=buttons), post.pictures, room)
    if onward:
        parts.append(ui.TextDisplay(onward))
    if post.skipped:
        parts += [ui.TextDisplay(missed), *_skipped_buttons(post.skipped)]
    if question:
        parts.append(ui.TextDisplay(question))
    if buttons and not post.release.is_withdrawn and _has_buttons(post):
        parts.append(
            row(
                *_next_chapter_buttons(post),
                button(page_texts.read(), custom_ids.read(post.release.id), emoji="📖"),
                *_suggest_buttons(post),
                *_follow_buttons(post),
            )
        )
    post_markers.mark_first(parts, post)
    items: list[Item] = [ui.TextDisplay(mention)] if mention else []
    items.append(
        container(parts, color=story_color(post.story), marker=post_markers.container_id(post.marker))
    )
    return Message(tuple(items), files)


def _link_to_next_page(post: ChapterPost) -> str:
    """Link to the thread's next page, where that is not the next message."""
    spot = post.following
    if spot is None or post.release.is_withdrawn:
        return ""
    return page_texts.goes_on(
        f"https://discord.com/channels/{spot.guild_id}/{spot.channel_id}/{spot.message_id}"
    )


def _page_frame(post: ChapterPost, *, buttons: bool) -> PageFrame:
    number, count = post.page_number, post.page_count
    if post.shape is MessageForm.PART:
        number, count = post.part, post.parts
    return PageFrame(
        post.story,
        post.release,
        post.edition,
        post.page,
        number,
        count,
        post.next_at,
        figures=post.figures if _has_buttons(post) else None,
        credits=post.credits,
        succeeding=post.succeeding,
        names_next=not buttons,
        in_thread=post.shape is MessageForm.PART,
    )


def _has_buttons(post: ChapterPost) -> bool:
    """Return whether the chapter's buttons belong to this post: in a thread they are under the last page."""
    return post.shape in (MessageForm.PAGES, MessageForm.CARD) or (
        post.shape is MessageForm.PART and post.part == post.parts
    )


def _ends_chapter(post: ChapterPost) -> bool:
    """Return whether the chapter ends here: its last page, or a card."""
    at_end = post.shape is not MessageForm.PAGES or post.page_number == post.page_count
    return _has_buttons(post) and at_end and not post.release.is_withdrawn


def _next_chapter_buttons(post: ChapterPost) -> list[Item]:
    """Return the button to the next chapter, where this one ends.

    It opens the private reader, not the channel's next post: that may be open at any page.
    """
    if post.succeeding is None or not _ends_chapter(post):
        return []
    return [button(next_chapter_label(post.succeeding), custom_ids.read(post.succeeding.id))]


def _follow_buttons(post: ChapterPost) -> list[Item]:
    """Return the button that follows the story, where the chapter ends.

    A post is the same for everybody. Only in the direct messages of a reader who follows does it say so.
    """
    if post.story.rating.age_restricted or not _ends_chapter(post):
        return []
    label = page_texts.following() if post.is_followed else page_texts.follow()
    return [button(label, custom_ids.follow(post.story.slug), emoji="🔔")]


def _suggest_buttons(post: ChapterPost) -> list[Item]:
    if not post.story.suggestions.open:
        return []
    return [
        button(page_texts.suggest(), custom_ids.suggest(post.story.slug, post.release.number), emoji="💡")
    ]


def _skipped_text(skipped: Sequence[Release]) -> str:
    if not skipped:
        return ""
    more = len(skipped) - _MOST_SKIPPED
    lines = [page_texts.skipped(len(skipped)), *([page_texts.and_more(more)] if more > 0 else [])]
    return "\n".join(lines)


def _skipped_buttons(skipped: Sequence[Release]) -> list[Item]:
    """Return a Read button for each skipped chapter, or for the newest where they are too many."""
    shown = skipped[-_MOST_SKIPPED:]
    made = [
        button(one_line(page_texts.numbered(each.number, each.title), _LABEL), custom_ids.read(each.id))
        for each in shown
    ]
    return [row(*made[start : start + _ROW]) for start in range(0, len(made), _ROW)]
