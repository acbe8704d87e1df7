"""Gateway messages outside the stream of events: READY, and members on request."""

from __future__ import annotations

from discord_sandbox import payloads
from discord_sandbox.discord_objects import Guild, Json, Member
from discord_sandbox.events import compact
from discord_sandbox.gateway.session import Session
from discord_sandbox.world import World

CHUNK = 1000


def ready(world: World, session: Session, guilds: list[Guild], url: str) -> Json:
    """Return the payload of READY, with every guild as not yet available."""
    bot = world.bot
    return {
        "v": 10,
        "user": payloads.own_user(bot),
        "guilds": [{"id": str(each.id), "unavailable": True} for each in guilds],
        "session_id": session.id,
        "session_type": "normal",
        "resume_gateway_url": url,
        "shard": list(session.shard),
        "application": {"id": str(bot.id), "flags": 0},
        "private_channels": [],
        "relationships": [],
        "presences": [],
        "user_settings": {},
        "geo_ordered_rtc_regions": [],
        "_trace": [],
    }


def send_members(world: World, session: Session, asked: Json) -> None:
    """Answer REQUEST_GUILD_MEMBERS with one GUILD_MEMBERS_CHUNK per thousand members."""
    guild = world.guilds.get(int(asked.get("guild_id") or 0))
    if guild is None or world.bot.id not in guild.members:
        return
    found, missing = _find_members(world, guild, asked)
    chunks = [found[start : start + CHUNK] for start in range(0, len(found), CHUNK)] or [[]]
    for index, chunk in enumerate(chunks):
        told: Json = {
            "guild_id": str(guild.id),
            "members": [payloads.member(world, each) for each in chunk],
            "chunk_index": index,
            "chunk_count": len(chunks),
            "not_found": missing,
            "presences": [],
        }
        if asked.get("nonce") is not None:
            told["nonce"] = asked["nonce"]
        session.dispatch("GUILD_MEMBERS_CHUNK", compact(told))


def _find_members(world: World, guild: Guild, asked: Json) -> tuple[list[Member], list[str]]:
    """Return the requested members, by ids or name prefix, and the ids that were not found."""
    ids = asked.get("user_ids")
    if ids is not None:
        listed = {int(each) for each in (ids if isinstance(ids, list) else [ids])}
        found = [each for key, each in guild.members.items() if key in listed]
        return found, [str(each) for each in listed - guild.members.keys()]
    query = str(asked.get("query") or "").lower()
    named = [each for key, each in guild.members.items() if world.users[key].username.startswith(query)]
    return named[: int(asked.get("limit") or 0) or None], []
