"""Ids of the buttons that confirm a step, or undo one. See `bot.chat.interactions.custom_ids`."""

from __future__ import annotations

from bot.chat.interactions.custom_ids import LARGEST, up_to
from bot.chat.interactions.custom_ids import story_token as token_of
from bot.domain.suggestions.panels import LONGEST_POLL, POLL_ANSWERS

_NUMBER = up_to(LARGEST)
_HOURS = int(LONGEST_POLL.total_seconds()) // 3600

POST_POLL = (
    rf"poll:(?P<channel>{_NUMBER}):(?P<hours>{up_to(_HOURS)}):(?P<answers>{up_to(POLL_ANSWERS[-1])}):"
    r"(?P<seen>[0-9a-f]{10}):(?P<story>[^\s:]{1,48})"
)
NO_POLL = r"nopoll"
POLL_END = rf"pollend:(?P<what>yes|no):(?P<poll>{_NUMBER})"
WITHDRAWAL = rf"withdraw:(?P<what>yes|no):(?P<number>{_NUMBER})"
UNDO = rf"undo:(?P<change>{_NUMBER})"


def post_poll(slug: str, channel_id: int, *, hours: int, answers: int, seen: str) -> str:
    """Post the poll whose draft has the digest `seen`."""
    return f"poll:{channel_id}:{hours}:{answers}:{seen}:{token_of(slug)}"


def no_poll() -> str:
    """Post no poll after all."""
    return "nopoll"


def poll_end(poll_id: int, *, sure: bool) -> str:
    """End that poll now, or let it run."""
    return f"pollend:{'yes' if sure else 'no'}:{poll_id}"


def withdrawal(number: int, *, sure: bool) -> str:
    """Withdraw that suggestion, or keep it."""
    return f"withdraw:{'yes' if sure else 'no'}:{number}"


def undo(change_id: int) -> str:
    """Undo that decision."""
    return f"undo:{change_id}"
