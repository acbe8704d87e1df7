"""Routes of guilds, their channels, roles and members."""

from __future__ import annotations

from discord_sandbox import payloads
from discord_sandbox.discord_objects import Guild, Json, Member, Role
from discord_sandbox.errors import ApiError, Problems
from discord_sandbox.gateway.intents import GUILD_MEMBERS
from discord_sandbox.operations import channels, guilds
from discord_sandbox.permissions import EVERYONE, P
from discord_sandbox.rest.api_request import ApiRequest, Reply
from discord_sandbox.rest.router import RouteTable
from discord_sandbox.validation.field_reader import FieldReader

routes = RouteTable()


@routes("GET", "/guilds/{guild}")
def get(request: ApiRequest) -> Json:
    """Get Guild."""
    guild = request.guild()
    data = payloads.guild(guild)
    if request.flag("with_counts"):
        data |= {
            "approximate_member_count": len(guild.members),
            "approximate_presence_count": len(guild.members),
        }
    return data


@routes("GET", "/guilds/{guild}/channels")
def guild_channels(request: ApiRequest) -> list[Json]:
    """Get Guild Channels, without threads."""
    return [payloads.channel(request.world, each) for each in request.guild().channels.values()]


@routes("POST", "/guilds/{guild}/channels")
def create_channel(request: ApiRequest) -> Reply:
    """Create Guild Channel: MANAGE_CHANNELS."""
    guild = _with(request, P.MANAGE_CHANNELS)
    return Reply(201, payloads.channel(request.world, channels.create(request.world, guild, request.fields)))


def _with(request: ApiRequest, wanted: P) -> Guild:
    guild = request.guild()
    request.world.require_in_guild(request.bot_id, guild, wanted)
    return guild


# --- roles -----------------------------------------------------------------------------------------------------------


@routes("GET", "/guilds/{guild}/roles")
def roles(request: ApiRequest) -> list[Json]:
    """Get Guild Roles."""
    return [payloads.role(each) for each in request.guild().roles.values()]


@routes("GET", "/guilds/{guild}/roles/{role}")
def role(request: ApiRequest) -> Json:
    """Get Guild Role."""
    return payloads.role(_role(request, request.guild()))


def _role(request: ApiRequest, guild: Guild) -> Role:
    try:
        return guild.roles[request.id("role")]
    except KeyError:
        raise ApiError(10011) from None


@routes("POST", "/guilds/{guild}/roles")
def create_role(request: ApiRequest) -> Json:
    """Create Guild Role: MANAGE_ROLES."""
    guild = _with(request, P.MANAGE_ROLES)
    made = Role(request.world.ids.next(), "new role", EVERYONE, len(guild.roles))
    _change(made, request.fields)
    return payloads.role(guilds.add_role(request.world, guild, made))


@routes("PATCH", "/guilds/{guild}/roles/{role}")
def change_role(request: ApiRequest) -> Json:
    """Modify Guild Role: MANAGE_ROLES."""
    guild = _with(request, P.MANAGE_ROLES)
    changed = _role(request, guild)
    _change(changed, request.fields)
    guilds.publish_role(request.world, guild, changed)
    return payloads.role(changed)


def _change(role: Role, body: Json) -> None:
    problems = Problems()
    fields = FieldReader(body, problems)
    name = fields.text("name", 100, 1)
    bits = fields.snowflake("permissions")
    color = fields.integer("color", 0, 0xFFFFFF, role.color)
    hoist, mentionable = fields.boolean("hoist", role.hoist), fields.boolean("mentionable", role.mentionable)
    problems.raise_any()
    role.name = name or role.name
    role.permissions = role.permissions if bits is None else bits
    role.color, role.hoist, role.mentionable = color, hoist, mentionable


@routes("DELETE", "/guilds/{guild}/roles/{role}")
def delete_role(request: ApiRequest) -> None:
    """Delete Guild Role: MANAGE_ROLES."""
    guilds.drop_role(request.world, _with(request, P.MANAGE_ROLES), request.id("role"))


# --- members ---------------------------------------------------------------------------------------------------------


@routes("GET", "/guilds/{guild}/members/{user}")
def member(request: ApiRequest) -> Json:
    """Get Guild Member."""
    return payloads.member(request.world, request.world.member(request.guild(), request.id("user")))


@routes("GET", "/guilds/{guild}/members")
def members(request: ApiRequest) -> list[Json]:
    """List Guild Members: the application needs the members intent."""
    guild = request.guild()
    if not request.state.hub.privileged & GUILD_MEMBERS:
        raise ApiError(50001)
    limit, after = request.number("limit", 1, 1, 1000), request.position("after") or 0
    found = [guild.members[each] for each in sorted(guild.members) if each > after][:limit]
    return [payloads.member(request.world, each) for each in found]


@routes("GET", "/guilds/{guild}/members/search")
def search_members(request: ApiRequest) -> list[Json]:
    """Search Guild Members by name prefix."""
    guild = request.guild()
    query, limit = request.query.get("query", "").lower(), request.number("limit", 1, 1, 1000)
    return [
        payloads.member(request.world, each)
        for each in guild.members.values()
        if _has_name_prefix(request, each, query)
    ][:limit]


def _has_name_prefix(request: ApiRequest, one: Member, query: str) -> bool:
    user = request.world.users[one.user_id]
    names = (user.username, user.global_name or "", one.nick or "")
    return any(name.lower().startswith(query) for name in names if name)


@routes("PATCH", "/guilds/{guild}/members/@me")
def change_me(request: ApiRequest) -> Json:
    """Modify Current Member: the nickname."""
    guild = _with(request, P.CHANGE_NICKNAME)
    one = guild.members[request.bot_id]
    problems = Problems()
    nick = FieldReader(request.fields, problems).text("nick", 32)
    problems.raise_any()
    if "nick" in request.fields:
        one.nick = nick or None
    guilds.publish_member(request.world, guild, one)
    return payloads.member(request.world, one)


@routes("PUT", "/guilds/{guild}/members/{user}/roles/{role}")
def give_role(request: ApiRequest) -> None:
    """Add Guild Member Role: MANAGE_ROLES."""
    guild = _with(request, P.MANAGE_ROLES)
    one, wanted = request.world.member(guild, request.id("user")), _role(request, guild)
    if wanted.id not in one.roles:
        one.roles.append(wanted.id)
        guilds.publish_member(request.world, guild, one)


@routes("DELETE", "/guilds/{guild}/members/{user}/roles/{role}")
def take_role(request: ApiRequest) -> None:
    """Remove Guild Member Role: MANAGE_ROLES."""
    guild = _with(request, P.MANAGE_ROLES)
    one, wanted = request.world.member(guild, request.id("user")), _role(request, guild)
    if wanted.id in one.roles:
        one.roles.remove(wanted.id)
        guilds.publish_member(request.world, guild, one)


@routes("GET", "/guilds/{guild}/emojis")
def emojis(request: ApiRequest) -> list[Json]:
    """List Guild Emojis: the sandbox's guilds have none."""
    request.guild()
    return []
