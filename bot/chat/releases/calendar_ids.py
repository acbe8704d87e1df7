"""Ids of the buttons under a story's calendar. See `bot.chat.interactions.custom_ids`."""

from __future__ import annotations

from datetime import datetime

from bot.chat.interactions.custom_ids import story_token, up_to

_TOKEN = r"[^\s:]{1,48}"
_MARK = "[0-9a-f]{16}"
_CHANGE = up_to(999_999_999)
PUBLISH = rf"publish:(?P<chapter>{_MARK}):(?P<state>[0-9a-f]{{8}}):(?P<count>{up_to(9_999_999)}):(?P<story>{_TOKEN})"
HIATUS = rf"hiatus:(?P<change>{_CHANGE}):(?P<chapter>{_MARK}):(?P<noted>[01]):(?P<story>{_TOKEN})"
RESUME = rf"continue:(?P<change>{_CHANGE}):(?P<story>{_TOKEN})"
LEAVE = "leave:calendar"
TELL = (
    r"tell:(?P<step>ask|send|look):(?P<kind>hiatus|back|delay)(?P<reason>[01])"
    rf":(?P<change>{_CHANGE}):(?P<instead>{up_to(99_999_999_999)}):(?P<story>{_TOKEN})"
)


def publish(slug: str, chapter: str, state: str, count: int) -> str:
    """Publish that chapter, if it is still what the question showed."""
    return f"publish:{chapter}:{state}:{min(count, 9_999_999)}:{story_token(slug)}"


def hiatus(slug: str, change: int, chapter: str, *, noted: bool) -> str:
    """Start the hiatus that the message asks about; `noted`: with the note that it quotes."""
    return f"hiatus:{change}:{chapter}:{int(noted)}:{story_token(slug)}"


def resume(slug: str, change: int) -> str:
    """End the delay or the hiatus that was set by that change."""
    return f"continue:{change}:{story_token(slug)}"


def tell(
    slug: str, step: str, kind: str, *, change: int, instead_of: datetime | None, with_reason: bool
) -> str:
    """Ask whether channels are to be told of that change, tell them, or look how far that is."""
    instead = int(instead_of.timestamp()) if instead_of is not None else 0
    return f"tell:{step}:{kind}{int(with_reason)}:{change}:{instead}:{story_token(slug)}"
