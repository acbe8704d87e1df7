"""Control API for the operator: trace, faults, gateway, permissions, channels, and the page's extra buttons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from discord_sandbox import payloads, permissions, viewer_payloads
from discord_sandbox.control_api import snapshot
from discord_sandbox.control_api.control_request import ControlRequest
from discord_sandbox.discord_objects import Channel, Guild, Json
from discord_sandbox.errors import ApiError
from discord_sandbox.faults import KINDS
from discord_sandbox.interactions.option_values import WrongInput
from discord_sandbox.locales import LOCALES
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


async def trace(request: ControlRequest) -> Json:
    found = request.state.trace.since(request.number("after", 0), min(request.number("limit", 200), 1000))
    return {"records": [each.to_json() for each in found], "next": request.state.trace.next}


async def faults(request: ControlRequest) -> Json:
    kinds = [{"kind": kind, "label": label, "hint": hint} for kind, (label, hint) in KINDS.items()]
    return _active(request) | {"kinds": kinds}


def _active(request: ControlRequest) -> Json:
    return {"active": [each.to_json() for each in request.state.faults]}


async def add_fault(request: ControlRequest) -> Json:
    details: dict[str, Any] = {}
    try:
        for name, kind in (FAULT_NUMBERS | FAULT_PARTS).items():
            if request.body.get(name) not in (None, ""):
                details[name] = kind(request.body[name])
        return request.state.add_fault(request.text("kind"), **details).to_json()
    except (ValueError, TypeError) as error:
        raise WrongInput(str(error)) from None


async def remove_fault(request: ControlRequest) -> Json:
    request.state.faults.remove(request.path_number("fault"))
    request.state.publish_faults()
    return _active(request)


async def clear_faults(request: ControlRequest) -> Json:
    request.state.faults.clear()
    request.state.go_online()
    request.state.publish_faults()
    return _active(request)


# --- gateway and net -------------------------------------------------------------------------------------------------


async def gateway(request: ControlRequest) -> Json:
    hub = request.state.hub
    do = request.text("do")
    if do == "disconnect":
        return {"sessions": hub.disconnect(int(request.body.get("code") or 4000))}
    if do == "reconnect":
        return {"sessions": hub.reconnect()}
    if do == "invalidate":
        return {"sessions": hub.invalidate(resumable=bool(request.body.get("resumable")))}
    if do == "silence":
        return {"sessions": hub.silence(float(request.body.get("seconds") or 10))}
    raise WrongInput("`do` is disconnect, reconnect, invalidate or silence.")


async def offline(request: ControlRequest) -> Json:
    if request.body.get("on") is False:
        request.state.go_online()
    else:
        seconds = request.body.get("seconds")
        request.state.go_offline(float(seconds) if seconds else None)
    return {"offline": request.state.faults.offline}


async def limits(request: ControlRequest) -> Json:
    return {"on": request.state.limits.on}


async def set_limits(request: ControlRequest) -> Json:
    request.state.set_limits(bool(request.body.get("on")))
    return {"on": request.state.limits.on}


# --- guilds and rights -----------------------------------------------------------------------------------------------


def _guild(request: ControlRequest) -> Guild:
    return request.state.world.guild(request.path_number("guild"))


async def kick(request: ControlRequest) -> Json:
    guilds.leave(
        request.state.world, _guild(request), int(request.body.get("user") or request.state.world.bot.id)
    )
    return {}


async def invite(request: ControlRequest) -> Json:
    rights = int(request.body.get("permissions") or guilds.INVITE)
    user = int(request.body.get("user") or request.state.world.bot.id)
    guilds.join(request.state.world, _guild(request), request.state.world.user(user).id, permissions=rights)
    return {}


async def outage(request: ControlRequest) -> Json:
    guilds.set_available(request.state.world, _guild(request), not request.body.get("on"))
    return {}


async def time_out(request: ControlRequest) -> Json:
    user = int(request.body.get("user") or request.state.world.bot.id)
    seconds = float(request.body.get("seconds") or 0)
    length = timedelta(seconds=seconds) if seconds > 0 else None
    ends = guilds.time_out(request.state.world, _guild(request), user, length)
    return {"until": payloads.instant(ends)}


async def prefer(request: ControlRequest) -> Json:
    locale = request.text("locale")
    if locale not in LOCALES:
        raise WrongInput(f"Discord has no language {locale!r}")
    guilds.set_locale(request.state.world, _guild(request), locale)
    return {}


async def rights(request: ControlRequest) -> Json:
    channel = request.state.world.channel(request.number("channel", 0))
    bits = request.state.world.rights(request.number("of", request.state.world.bot.id), channel)
    return {"permissions": str(bits), "names": permissions.names(bits)}


async def set_right(request: ControlRequest) -> Json:
    name, state = request.text("permission"), request.text("state")
    wanted = {"allow": True, "deny": False, "inherit": None}
    if name not in Permission.__members__ or state not in wanted:
        raise WrongInput("There is no such permission; the state is allow, deny or inherit.")
    who = int(request.body.get("of") or request.state.world.bot.id)
    if request.body.get("channel"):
        channels.allow(request.state.world, request.channel(), who, Permission[name], wanted[state])
    else:
        guild = request.state.world.guild(request.integer("guild"))
        guilds.set_bit(request.state.world, guild, who, Permission[name], wanted[state] is True)
    return {}


# --- channels --------------------------------------------------------------------------------------------------------


async def create_channel(request: ControlRequest) -> Json:
    guild = request.state.world.guild(request.integer("guild"))
    body: Json = {"name": request.text("name"), "type": int(request.body.get("type") or 0)}
    body |= {key: request.body[key] for key in ("topic", "nsfw") if request.body.get(key) is not None}
    if request.body.get("parent"):
        body["parent_id"] = request.integer("parent")
    if request.body.get("tags"):
        body["available_tags"] = [{"name": str(each)} for each in request.body["tags"]]
    if request.body.get("private"):
        body["permission_overwrites"] = [{"id": guild.id, "type": 0, "deny": int(Permission.VIEW_CHANNEL)}]
    return _channel_json(request, channels.create(request.state.world, guild, body))


async def change_channel(request: ControlRequest) -> Json:
    channel = request.path_channel()
    state = channel.thread
    if state is not None:
        archived = bool(request.body.get("archived", state.archived))
        channel.name = str(request.body.get("name") or channel.name)
        thread_archiving.set_archived(
            request.state.world, channel, archived, locked=bool(request.body.get("locked", state.locked))
        )
    elif channel.guild_id is not None:
        names = {"name": "name", "topic": "topic", "nsfw": "nsfw", "slowmode": "rate_limit_per_user"}
        channels.edit(
            request.state.world,
            channel,
            {names[key]: request.body[key] for key in names if key in request.body},
        )
    else:
        raise ApiError(50024)
    return _channel_json(request, channel)


async def delete_channel(request: ControlRequest) -> Json:
    channels.delete(request.state.world, request.path_channel())
    return {}


def _channel_json(request: ControlRequest, channel: Channel) -> Json:
    guild = request.state.world.guild_of(channel)
    viewer = (
        request.person.id
        if request.body.get("as")
        else guild.owner_id
        if guild
        else request.state.world.bot.id
    )
    return viewer_payloads.channel(request.state.world, channel, viewer)


# --- the page's own buttons ------------------------------------------------------------------------------------------


async def actions(request: ControlRequest) -> Json:
    return {"actions": snapshot.actions(request.state)}


async def run_action(request: ControlRequest) -> Json:
    action = request.state.actions.get(request.http.match_info["name"])
    if action is None:
        raise WrongInput("There is no such action.")
    return {"text": await action.run()}


async def upcoming(request: ControlRequest) -> Json:
    coming = await request.state.upcoming()
    return {"upcoming": coming, "note": request.state.upcoming_note}


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
