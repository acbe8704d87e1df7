"""Users, the bot itself, DMs, and where the gateway is."""

from __future__ import annotations

from discord_sandbox import payloads
from discord_sandbox.errors import ApiError, Problems
from discord_sandbox.model import Json
from discord_sandbox.operations import guilds
from discord_sandbox.permissions import base
from discord_sandbox.rate_limits import NEW_DM, OPEN_DM
from discord_sandbox.rest.api_request import Call
from discord_sandbox.rest.router import Table
from discord_sandbox.validation.field_reader import Fields

routes = Table()


@routes("GET", "/gateway", bound=False)
def gateway(call: Call) -> Json:
    """Get Gateway."""
    return {"url": call.sandbox.gateway_url}


@routes("GET", "/gateway/bot")
def gateway_bot(call: Call) -> Json:
    """Get Gateway Bot: the address, one shard for each 2,000 guilds, and the starts that are left."""
    count = sum(1 for guild in call.world.guilds.values() if call.bot_id in guild.members)
    return {
        "url": call.sandbox.gateway_url,
        "shards": count // 2000 + 1,
        "session_start_limit": call.sandbox.hub.start_limit(call.now),
    }


@routes("GET", "/users/@me")
def me(call: Call) -> Json:
    """Get Current User."""
    return payloads.own_user(call.world.bot)


@routes("PATCH", "/users/@me")
def change_me(call: Call) -> Json:
    """Modify Current User: its name."""
    problems = Problems()
    name = Fields(call.fields, problems).text("username", 32, 2)
    problems.raise_any()
    call.world.bot.username = name or call.world.bot.username
    return payloads.own_user(call.world.bot)


@routes("GET", "/users/{user}")
def user(call: Call) -> Json:
    """Get User."""
    return payloads.user(call.world.user(call.id("user")))


@routes("GET", "/users/@me/guilds")
def my_guilds(call: Call) -> list[Json]:
    """Get Current User Guilds, by id, up to 200 at a time."""
    world = call.world
    limit = call.number("limit", 200, 1, 200)
    before, after = call.position("before"), call.position("after") or 0
    mine = sorted(guild_id for guild_id, guild in world.guilds.items() if call.bot_id in guild.members)
    page = [each for each in mine if each > after and (before is None or each < before)]
    page = page[-limit:] if before is not None else page[:limit]
    told = []
    for guild in (world.guilds[each] for each in page):
        rights = base(guild, guild.members[call.bot_id])
        told.append(
            {"id": str(guild.id), "name": guild.name, "icon": None, "banner": None, "owner": False,
             "permissions": str(rights), "features": guild.features}
        )  # fmt: skip
    return told


@routes("DELETE", "/users/@me/guilds/{guild}")
def leave_guild(call: Call) -> None:
    """Leave Guild."""
    guilds.leave(call.world, call.guild(), call.bot_id)


@routes("POST", "/users/@me/channels", OPEN_DM)
def open_dm(call: Call) -> Json:
    """Create DM. Opening many new ones quickly is refused with 40003."""
    problems = Problems()
    fields = Fields(call.fields, problems)
    fields.require("recipient_id")
    recipient = fields.snowflake("recipient_id")
    problems.raise_any()
    person = call.world.users.get(recipient or 0)
    if person is None or person.bot:
        raise ApiError(50033 if person is None else 50007)
    if call.world.dm_between(call.bot_id, person.id) is None:
        call.limit(NEW_DM, call.bot_id)
    return payloads.channel(call.world, call.world.open_dm(call.bot_id, person.id))
