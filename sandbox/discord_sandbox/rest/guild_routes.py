"""Guilds: what they are, their channels, roles and members."""

from __future__ import annotations

from discord_sandbox import payloads
from discord_sandbox.errors import ApiError, Problems
from discord_sandbox.gateway.intents import GUILD_MEMBERS
from discord_sandbox.model import Guild, Json, Member, Role
from discord_sandbox.operations import channels, guilds
from discord_sandbox.permissions import EVERYONE, P
from discord_sandbox.rest.api_request import Call, Reply
from discord_sandbox.rest.router import Table
from discord_sandbox.validation.field_reader import Fields

routes = Table()


@routes("GET", "/guilds/{guild}")
def get(call: Call) -> Json:
    """Get Guild."""
    guild = call.guild()
    data = payloads.guild(guild)
    if call.flag("with_counts"):
        data |= {
            "approximate_member_count": len(guild.members),
            "approximate_presence_count": len(guild.members),
        }
    return data


@routes("GET", "/guilds/{guild}/channels")
def guild_channels(call: Call) -> list[Json]:
    """Get Guild Channels, without threads."""
    return [payloads.channel(call.world, each) for each in call.guild().channels.values()]


@routes("POST", "/guilds/{guild}/channels")
def create_channel(call: Call) -> Reply:
    """Create Guild Channel: MANAGE_CHANNELS."""
    guild = _with(call, P.MANAGE_CHANNELS)
    return Reply(201, payloads.channel(call.world, channels.create(call.world, guild, call.fields)))


def _with(call: Call, wanted: P) -> Guild:
    guild = call.guild()
    call.world.require_in_guild(call.bot_id, guild, wanted)
    return guild


# --- roles -----------------------------------------------------------------------------------------------------------


@routes("GET", "/guilds/{guild}/roles")
def roles(call: Call) -> list[Json]:
    """Get Guild Roles."""
    return [payloads.role(each) for each in call.guild().roles.values()]


@routes("GET", "/guilds/{guild}/roles/{role}")
def role(call: Call) -> Json:
    """Get Guild Role."""
    return payloads.role(_role(call, call.guild()))


def _role(call: Call, guild: Guild) -> Role:
    try:
        return guild.roles[call.id("role")]
    except KeyError:
        raise ApiError(10011) from None


@routes("POST", "/guilds/{guild}/roles")
def create_role(call: Call) -> Json:
    """Create Guild Role: MANAGE_ROLES."""
    guild = _with(call, P.MANAGE_ROLES)
    made = Role(call.world.ids.next(), "new role", EVERYONE, len(guild.roles))
    _change(made, call.fields)
    return payloads.role(guilds.add_role(call.world, guild, made))


@routes("PATCH", "/guilds/{guild}/roles/{role}")
def change_role(call: Call) -> Json:
    """Modify Guild Role: MANAGE_ROLES."""
    guild = _with(call, P.MANAGE_ROLES)
    changed = _role(call, guild)
    _change(changed, call.fields)
    guilds.tell_role(call.world, guild, changed)
    return payloads.role(changed)


def _change(role: Role, body: Json) -> None:
    problems = Problems()
    fields = Fields(body, problems)
    name = fields.text("name", 100, 1)
    bits = fields.snowflake("permissions")
    color = fields.integer("color", 0, 0xFFFFFF, role.color)
    hoist, mentionable = fields.boolean("hoist", role.hoist), fields.boolean("mentionable", role.mentionable)
    problems.raise_any()
    role.name = name or role.name
    role.permissions = role.permissions if bits is None else bits
    role.color, role.hoist, role.mentionable = color, hoist, mentionable


@routes("DELETE", "/guilds/{guild}/roles/{role}")
def delete_role(call: Call) -> None:
    """Delete Guild Role: MANAGE_ROLES."""
    guilds.drop_role(call.world, _with(call, P.MANAGE_ROLES), call.id("role"))


# --- members ---------------------------------------------------------------------------------------------------------


@routes("GET", "/guilds/{guild}/members/{user}")
def member(call: Call) -> Json:
    """Get Guild Member."""
    return payloads.member(call.world, call.world.member(call.guild(), call.id("user")))


@routes("GET", "/guilds/{guild}/members")
def members(call: Call) -> list[Json]:
    """List Guild Members: the application needs the members intent."""
    guild = call.guild()
    if not call.sandbox.hub.privileged & GUILD_MEMBERS:
        raise ApiError(50001)
    limit, after = call.number("limit", 1, 1, 1000), call.position("after") or 0
    found = [guild.members[each] for each in sorted(guild.members) if each > after][:limit]
    return [payloads.member(call.world, each) for each in found]


@routes("GET", "/guilds/{guild}/members/search")
def search_members(call: Call) -> list[Json]:
    """Search Guild Members by the beginning of their names."""
    guild = call.guild()
    query, limit = call.query.get("query", "").lower(), call.number("limit", 1, 1, 1000)
    return [
        payloads.member(call.world, each) for each in guild.members.values() if _named(call, each, query)
    ][:limit]


def _named(call: Call, one: Member, query: str) -> bool:
    user = call.world.users[one.user_id]
    names = (user.username, user.global_name or "", one.nick or "")
    return any(name.lower().startswith(query) for name in names if name)


@routes("PATCH", "/guilds/{guild}/members/@me")
def change_me(call: Call) -> Json:
    """Modify Current Member: the nickname."""
    guild = _with(call, P.CHANGE_NICKNAME)
    one = guild.members[call.bot_id]
    problems = Problems()
    nick = Fields(call.fields, problems).text("nick", 32)
    problems.raise_any()
    if "nick" in call.fields:
        one.nick = nick or None
    guilds.tell_member(call.world, guild, one)
    return payloads.member(call.world, one)


@routes("PUT", "/guilds/{guild}/members/{user}/roles/{role}")
def give_role(call: Call) -> None:
    """Add Guild Member Role: MANAGE_ROLES."""
    guild = _with(call, P.MANAGE_ROLES)
    one, wanted = call.world.member(guild, call.id("user")), _role(call, guild)
    if wanted.id not in one.roles:
        one.roles.append(wanted.id)
        guilds.tell_member(call.world, guild, one)


@routes("DELETE", "/guilds/{guild}/members/{user}/roles/{role}")
def take_role(call: Call) -> None:
    """Remove Guild Member Role: MANAGE_ROLES."""
    guild = _with(call, P.MANAGE_ROLES)
    one, wanted = call.world.member(guild, call.id("user")), _role(call, guild)
    if wanted.id in one.roles:
        one.roles.remove(wanted.id)
        guilds.tell_member(call.world, guild, one)


@routes("GET", "/guilds/{guild}/emojis")
def emojis(call: Call) -> list[Json]:
    """List Guild Emojis: the sandbox's guilds have none."""
    call.guild()
    return []
