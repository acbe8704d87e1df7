"""The author's question after a chapter, and the deadline for suggestions."""

from __future__ import annotations

from bot.chat.pages import page_texts
from bot.chat.text.user_text import literal_line, short_when
from bot.domain.releases.release import Edition, Release
from bot.domain.stories.chapter_prompts import resolve_prompt
from bot.domain.stories.story import Story

_PROMPT = 300


def prompt_text(story: Story, release: Release, edition: Edition) -> str:
    """Return the lines between a chapter's end and the Suggest button; empty if nothing is asked and nothing ends."""
    policy = story.suggestions
    if not policy.open:
        return ""
    what = resolve_prompt(policy.prompt, policy.window, edition.prompt, release.released_at)
    lines = [page_texts.asked(literal_line(what.question, _PROMPT))] if what.question else []
    if what.until is not None:
        lines.append(page_texts.asked_until(short_when(what.until)))
    elif what.until_next_release:
        lines.append(page_texts.asked_till_next())
    return "\n".join(lines)
