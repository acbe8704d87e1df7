"""Routes of users, the bot itself, DMs, and the gateway's URL."""

from __future__ import annotations

from discord_sandbox import payloads
from discord_sandbox.discord_objects import Json
from discord_sandbox.errors import ApiError, Problems
from discord_sandbox.operations import guilds
from discord_sandbox.permissions import base
from discord_sandbox.rate_limits import NEW_DM, OPEN_DM
from discord_sandbox.rest.api_request import ApiRequest
from discord_sandbox.rest.router import RouteTable
from discord_sandbox.validation.field_reader import FieldReader

routes = RouteTable()


@routes("GET", "/gateway", bound=False)
def gateway(request: ApiRequest) -> Json:
    """Get Gateway."""
    return {"url": request.state.gateway_url}


@routes("GET", "/gateway/bot")
def gateway_bot(request: ApiRequest) -> Json:
    """Get Gateway Bot: the URL, one shard per 2,000 guilds, and the remaining session starts."""
    count = sum(1 for guild in request.world.guilds.values() if request.bot_id in guild.members)
    return {
        "url": request.state.gateway_url,
        "shards": count // 2000 + 1,
        "session_start_limit": request.state.hub.start_limit(request.now),
    }


@routes("GET", "/users/@me")
def me(request: ApiRequest) -> Json:
    """Get Current User."""
    return payloads.own_user(request.world.bot)


@routes("PATCH", "/users/@me")
def change_me(request: ApiRequest) -> Json:
    """Modify Current User: its name."""
    problems = Problems()
    name = FieldReader(request.fields, problems).text("username", 32, 2)
    problems.raise_any()
    request.world.bot.username = name or request.world.bot.username
    return payloads.own_user(request.world.bot)


@routes("GET", "/users/{user}")
def user(request: ApiRequest) -> Json:
    """Get User."""
    return payloads.user(request.world.user(request.id("user")))


@routes("GET", "/users/@me/guilds")
def my_guilds(request: ApiRequest) -> list[Json]:
    """Get Current User Guilds, by id, up to 200 at a time."""
    world = request.world
    limit = request.number("limit", 200, 1, 200)
    before, after = request.position("before"), request.position("after") or 0
    mine = sorted(guild_id for guild_id, guild in world.guilds.items() if request.bot_id in guild.members)
    page = [each for each in mine if each > after and (before is None or each < before)]
    page = page[-limit:] if before is not None else page[:limit]
    told = []
    for guild in (world.guilds[each] for each in page):
        rights = base(guild, guild.members[request.bot_id])
        told.append(
            {"id": str(guild.id), "name": guild.name, "icon": None, "banner": None, "owner": False,
             "permissions": str(rights), "features": guild.features}
        )  # fmt: skip
    return told


@routes("DELETE", "/users/@me/guilds/{guild}")
def leave_guild(request: ApiRequest) -> None:
    """Leave Guild."""
    guilds.leave(request.world, request.guild(), request.bot_id)


@routes("POST", "/users/@me/channels", OPEN_DM)
def open_dm(request: ApiRequest) -> Json:
    """Create DM. Opening many new ones quickly is refused with 40003."""
    problems = Problems()
    fields = FieldReader(request.fields, problems)
    fields.require("recipient_id")
    recipient = fields.snowflake("recipient_id")
    problems.raise_any()
    person = request.world.users.get(recipient or 0)
    if person is None or person.bot:
        raise ApiError(50033 if person is None else 50007)
    if request.world.dm_between(request.bot_id, person.id) is None:
        request.limit(NEW_DM, request.bot_id)
    return payloads.channel(request.world, request.world.open_dm(request.bot_id, person.id))
