"""What is behind the scene: the trace, faults, the gateway's fate, rights, channels, and the page's own buttons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from discord_sandbox import payloads, permissions, viewer_payloads
from discord_sandbox.control_api.control_request import Ask
from discord_sandbox.errors import ApiError
from discord_sandbox.faults import KINDS
from discord_sandbox.interactions.option_values import WrongInput
from discord_sandbox.locales import LOCALES
from discord_sandbox.model import Channel, Guild, Json
from discord_sandbox.operations import channels, guilds, thread_archiving
from discord_sandbox.permissions import Permission

FAULT_NUMBERS = {"channel": int, "guild": int, "count": int, "code": int, "status": int}
FAULT_PARTS = {
    "chance": float,
    "retry_after": float,
    "seconds": float,
    "method": str,
    "route": str,
    "scope": str,
}


# --- trace and faults ------------------------------------------------------------------------------------------------


async def trace(ask: Ask) -> Json:
    found = ask.sandbox.trace.since(ask.number("after", 0), min(ask.number("limit", 200), 1000))
    return {"records": [each.told() for each in found], "next": ask.sandbox.trace.next}


async def faults(ask: Ask) -> Json:
    kinds = [{"kind": kind, "label": label, "hint": hint} for kind, (label, hint) in KINDS.items()]
    return _active(ask) | {"kinds": kinds}


def _active(ask: Ask) -> Json:
    return {"active": [each.told() for each in ask.sandbox.faults]}


async def add_fault(ask: Ask) -> Json:
    details: dict[str, Any] = {}
    try:
        for name, kind in (FAULT_NUMBERS | FAULT_PARTS).items():
            if ask.body.get(name) not in (None, ""):
                details[name] = kind(ask.body[name])
        return ask.sandbox.add_fault(ask.text("kind"), **details).told()
    except (ValueError, TypeError) as error:
        raise WrongInput(str(error)) from None


async def remove_fault(ask: Ask) -> Json:
    ask.sandbox.faults.remove(ask.path_number("fault"))
    ask.sandbox.tell_faults()
    return _active(ask)


async def clear_faults(ask: Ask) -> Json:
    ask.sandbox.faults.clear()
    ask.sandbox.go_online()
    ask.sandbox.tell_faults()
    return _active(ask)


# --- gateway and net -------------------------------------------------------------------------------------------------


async def gateway(ask: Ask) -> Json:
    hub = ask.sandbox.hub
    do = ask.text("do")
    if do == "disconnect":
        return {"sessions": hub.disconnect(int(ask.body.get("code") or 4000))}
    if do == "reconnect":
        return {"sessions": hub.reconnect()}
    if do == "invalidate":
        return {"sessions": hub.invalidate(resumable=bool(ask.body.get("resumable")))}
    if do == "silence":
        return {"sessions": hub.silence(float(ask.body.get("seconds") or 10))}
    raise WrongInput("`do` is disconnect, reconnect, invalidate or silence.")


async def offline(ask: Ask) -> Json:
    if ask.body.get("on") is False:
        ask.sandbox.go_online()
    else:
        seconds = ask.body.get("seconds")
        ask.sandbox.go_offline(float(seconds) if seconds else None)
    return {"offline": ask.sandbox.faults.offline}


async def limits(ask: Ask) -> Json:
    return {"on": ask.sandbox.limits.on}


async def set_limits(ask: Ask) -> Json:
    ask.sandbox.set_limits(bool(ask.body.get("on")))
    return {"on": ask.sandbox.limits.on}


# --- guilds and rights -----------------------------------------------------------------------------------------------


def _guild(ask: Ask) -> Guild:
    return ask.sandbox.world.guild(ask.path_number("guild"))


async def kick(ask: Ask) -> Json:
    guilds.leave(ask.sandbox.world, _guild(ask), int(ask.body.get("user") or ask.sandbox.world.bot.id))
    return {}


async def invite(ask: Ask) -> Json:
    rights = int(ask.body.get("permissions") or guilds.INVITE)
    user = int(ask.body.get("user") or ask.sandbox.world.bot.id)
    guilds.join(ask.sandbox.world, _guild(ask), ask.sandbox.world.user(user).id, permissions=rights)
    return {}


async def outage(ask: Ask) -> Json:
    guilds.set_available(ask.sandbox.world, _guild(ask), not ask.body.get("on"))
    return {}


async def time_out(ask: Ask) -> Json:
    user = int(ask.body.get("user") or ask.sandbox.world.bot.id)
    seconds = float(ask.body.get("seconds") or 0)
    length = timedelta(seconds=seconds) if seconds > 0 else None
    ends = guilds.time_out(ask.sandbox.world, _guild(ask), user, length)
    return {"until": payloads.instant(ends)}


async def prefer(ask: Ask) -> Json:
    locale = ask.text("locale")
    if locale not in LOCALES:
        raise WrongInput(f"Discord has no language {locale!r}")
    guilds.set_locale(ask.sandbox.world, _guild(ask), locale)
    return {}


async def rights(ask: Ask) -> Json:
    channel = ask.sandbox.world.channel(ask.number("channel", 0))
    bits = ask.sandbox.world.rights(ask.number("of", ask.sandbox.world.bot.id), channel)
    return {"permissions": str(bits), "names": permissions.names(bits)}


async def set_right(ask: Ask) -> Json:
    name, state = ask.text("permission"), ask.text("state")
    wanted = {"allow": True, "deny": False, "inherit": None}
    if name not in Permission.__members__ or state not in wanted:
        raise WrongInput("There is no such permission; the state is allow, deny or inherit.")
    who = int(ask.body.get("of") or ask.sandbox.world.bot.id)
    if ask.body.get("channel"):
        channels.allow(ask.sandbox.world, ask.channel(), who, Permission[name], wanted[state])
    else:
        guild = ask.sandbox.world.guild(ask.integer("guild"))
        guilds.set_bit(ask.sandbox.world, guild, who, Permission[name], wanted[state] is True)
    return {}


# --- channels --------------------------------------------------------------------------------------------------------


async def create_channel(ask: Ask) -> Json:
    guild = ask.sandbox.world.guild(ask.integer("guild"))
    body: Json = {"name": ask.text("name"), "type": int(ask.body.get("type") or 0)}
    body |= {key: ask.body[key] for key in ("topic", "nsfw") if ask.body.get(key) is not None}
    if ask.body.get("parent"):
        body["parent_id"] = ask.integer("parent")
    if ask.body.get("tags"):
        body["available_tags"] = [{"name": str(each)} for each in ask.body["tags"]]
    if ask.body.get("private"):
        body["permission_overwrites"] = [{"id": guild.id, "type": 0, "deny": int(Permission.VIEW_CHANNEL)}]
    return _told(ask, channels.create(ask.sandbox.world, guild, body))


async def change_channel(ask: Ask) -> Json:
    channel = ask.path_channel()
    state = channel.thread
    if state is not None:
        archived = bool(ask.body.get("archived", state.archived))
        channel.name = str(ask.body.get("name") or channel.name)
        thread_archiving.set_archived(
            ask.sandbox.world, channel, archived, locked=bool(ask.body.get("locked", state.locked))
        )
    elif channel.guild_id is not None:
        names = {"name": "name", "topic": "topic", "nsfw": "nsfw", "slowmode": "rate_limit_per_user"}
        channels.edit(
            ask.sandbox.world, channel, {names[key]: ask.body[key] for key in names if key in ask.body}
        )
    else:
        raise ApiError(50024)
    return _told(ask, channel)


async def delete_channel(ask: Ask) -> Json:
    channels.delete(ask.sandbox.world, ask.path_channel())
    return {}


def _told(ask: Ask, channel: Channel) -> Json:
    guild = ask.sandbox.world.guild_of(channel)
    viewer = ask.person.id if ask.body.get("as") else guild.owner_id if guild else ask.sandbox.world.bot.id
    return viewer_payloads.channel(ask.sandbox, channel, viewer)


# --- the page's own buttons ------------------------------------------------------------------------------------------


async def actions(ask: Ask) -> Json:
    return {"actions": viewer_payloads.actions(ask.sandbox)}


async def run_action(ask: Ask) -> Json:
    action = ask.sandbox.actions.get(ask.request.match_info["name"])
    if action is None:
        raise WrongInput("There is no such action.")
    return {"text": await action.run()}


async def upcoming(ask: Ask) -> Json:
    return {"upcoming": await ask.sandbox.upcoming()}


GET = {
    "trace": trace,
    "faults": faults,
    "limits": limits,
    "permissions": rights,
    "actions": actions,
    "upcoming": upcoming,
}
POST = {
    "faults": add_fault,
    "gateway": gateway,
    "offline": offline,
    "limits": set_limits,
    "guilds/{guild}/kick": kick,
    "guilds/{guild}/invite": invite,
    "guilds/{guild}/outage": outage,
    "guilds/{guild}/timeout": time_out,
    "guilds/{guild}/language": prefer,
    "permissions": set_right,
    "channels": create_channel,
    "channels/{channel}": change_channel,
    "actions/{name}": run_action,
}
DELETE = {"faults/{fault}": remove_fault, "faults": clear_faults, "channels/{channel}": delete_channel}
