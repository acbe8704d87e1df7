"""Intents and the events they cover.

Source: the table of intents on Discord's "Gateway" page. Events that are not in it are sent under any intents.
"""

from __future__ import annotations

GUILDS = 1 << 0
GUILD_MEMBERS = 1 << 1
GUILD_PRESENCES = 1 << 8
GUILD_MESSAGES = 1 << 9
GUILD_MESSAGE_REACTIONS = 1 << 10
GUILD_MESSAGE_TYPING = 1 << 11
DIRECT_MESSAGES = 1 << 12
DIRECT_MESSAGE_REACTIONS = 1 << 13
DIRECT_MESSAGE_TYPING = 1 << 14
MESSAGE_CONTENT = 1 << 15
GUILD_MESSAGE_POLLS = 1 << 24
DIRECT_MESSAGE_POLLS = 1 << 25

PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT
KNOWN = sum(1 << bit for bit in (*range(17), 20, 21, 24, 25))

_MESSAGES = (GUILD_MESSAGES, DIRECT_MESSAGES)
_REACTIONS = (GUILD_MESSAGE_REACTIONS, DIRECT_MESSAGE_REACTIONS)
_POLLS = (GUILD_MESSAGE_POLLS, DIRECT_MESSAGE_POLLS)
_GUILD = (GUILDS, 0)
_MEMBERS = (GUILD_MEMBERS, 0)

NEEDED: dict[str, tuple[int, int]] = {
    "GUILD_CREATE": _GUILD,
    "GUILD_UPDATE": _GUILD,
    "GUILD_DELETE": _GUILD,
    "GUILD_ROLE_CREATE": _GUILD,
    "GUILD_ROLE_UPDATE": _GUILD,
    "GUILD_ROLE_DELETE": _GUILD,
    "CHANNEL_CREATE": _GUILD,
    "CHANNEL_UPDATE": _GUILD,
    "CHANNEL_DELETE": _GUILD,
    "CHANNEL_PINS_UPDATE": (GUILDS, DIRECT_MESSAGES),
    "THREAD_CREATE": _GUILD,
    "THREAD_UPDATE": _GUILD,
    "THREAD_DELETE": _GUILD,
    "THREAD_MEMBERS_UPDATE": _GUILD,
    "GUILD_MEMBER_ADD": _MEMBERS,
    "GUILD_MEMBER_UPDATE": _MEMBERS,
    "GUILD_MEMBER_REMOVE": _MEMBERS,
    "MESSAGE_CREATE": _MESSAGES,
    "MESSAGE_UPDATE": _MESSAGES,
    "MESSAGE_DELETE": _MESSAGES,
    "MESSAGE_DELETE_BULK": (GUILD_MESSAGES, 0),
    "MESSAGE_REACTION_ADD": _REACTIONS,
    "MESSAGE_REACTION_REMOVE": _REACTIONS,
    "MESSAGE_REACTION_REMOVE_ALL": _REACTIONS,
    "MESSAGE_REACTION_REMOVE_EMOJI": _REACTIONS,
    "MESSAGE_POLL_VOTE_ADD": _POLLS,
    "MESSAGE_POLL_VOTE_REMOVE": _POLLS,
    "TYPING_START": (GUILD_MESSAGE_TYPING, DIRECT_MESSAGE_TYPING),
    "INTERACTION_CREATE": (0, 0),
}
"""Intent that an event needs in a guild and in a DM; events not listed are for the page alone."""

SEEN_ONLY = frozenset(
    name for name in NEEDED if name.startswith(("MESSAGE_", "THREAD_", "TYPING_", "CHANNEL_PINS"))
)
"""Events about a channel's contents, sent only where the bot may view the channel."""


def is_covered(name: str, intents: int, *, in_guild: bool) -> bool:
    """Return whether a session with these intents receives an event."""
    needed = NEEDED.get(name)
    if needed is None:
        return False
    bit = needed[0] if in_guild else needed[1]
    return bit == 0 or bool(intents & bit)
