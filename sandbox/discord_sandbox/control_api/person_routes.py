"""Control API for acting and looking as a person."""

from __future__ import annotations

from typing import Any

from discord_sandbox import locales, viewer_payloads
from discord_sandbox.control_api import snapshot
from discord_sandbox.control_api.control_request import ControlRequest
from discord_sandbox.discord_objects import Channel, Json
from discord_sandbox.interactions.interaction import Interaction
from discord_sandbox.interactions.option_values import WrongInput, upload_of
from discord_sandbox.operations import reactions
from discord_sandbox.permissions import P

LONGEST_WAIT = 20.0


# --- looking ---------------------------------------------------------------------------------------------------------


async def people(request: ControlRequest) -> Json:
    world = request.state.world
    listed = [
        viewer_payloads.person(world, each) | {"unread_dms": viewer_payloads.unread_dms(world, each.id)}
        for each in world.users.values()
        if not each.bot
    ]
    return {"people": listed, "bot": viewer_payloads.user(world.bot)}


async def state(request: ControlRequest) -> Json:
    return snapshot.snapshot(request.state, request.person.id)


async def history(request: ControlRequest) -> Json:
    channel = request.path_channel()
    limit = min(max(request.number("limit", 50), 1), 200)
    positions = {name: request.number(name, 0) or None for name in ("before", "after", "around")}
    found = request.person.page(channel, limit, **positions)
    oldest = next(iter(channel.messages), None)
    return {
        "messages": [each.data for each in found],
        "more": bool(found) and oldest is not None and oldest < found[0].id,
    }


async def pins(request: ControlRequest) -> Json:
    channel = request.path_channel()
    request.state.world.require(request.person.id, channel, P.VIEW_CHANNEL | P.READ_MESSAGE_HISTORY)
    found = [request.person.view(each).data for each in channel.messages.values() if each.pinned]
    return {"messages": found[::-1]}


async def threads(request: ControlRequest) -> Json:
    channel = request.path_channel()
    world = request.state.world
    guild = world.guild_of(channel)
    archived_too = request.query.get("archived") == "1"
    found = [
        each
        for each in (guild.threads.values() if guild else ())
        if each.parent_id == channel.id
        and each.thread is not None
        and (archived_too or not each.thread.archived)
        and viewer_payloads.visible(world, each, request.person.id)
    ]
    found.sort(key=lambda each: each.last_message_id or each.id, reverse=True)
    return {"threads": [_thread(request, each) for each in found]}


def _thread(request: ControlRequest, thread: Channel) -> Json:
    data = viewer_payloads.channel(request.state.world, thread, request.person.id)
    last = thread.messages.get(thread.last_message_id or 0)
    starter = thread.messages.get(thread.id)
    parent = request.state.world.parent_of(thread)
    if starter is None and parent is not None:
        starter = parent.messages.get(thread.id)
    return data | {
        "last_message": request.person.view(last).data if last else None,
        "starter": request.person.view(starter).data if starter else None,
    }


async def one_message(request: ControlRequest) -> Json:
    found = request.person.find(request.path_number("channel"), request.path_number("message"))
    return request.person.view(found).data


async def reactors(request: ControlRequest) -> Json:
    found = request.person.find(request.path_number("channel"), request.path_number("message"))
    emoji = reactions.read_emoji(request.state.world, request.http.match_info["emoji"])
    standing = found.reactions.get(reactions.key_of(emoji))
    users = request.state.world.users
    return {"users": [viewer_payloads.user(users[each]) for each in (standing.users if standing else ())]}


async def commands(request: ControlRequest) -> Json:
    channel, locale = request.person.channel(request.number("channel", 0)), request.person.user.locale
    listed = [
        {
            "id": command["id"],
            "name": path,
            "shown": locales.localized_path(command, path, locale),
            "description": locales.localized_text(leaf, "description", locale),
            "options": locales.localize(leaf.get("options", []), locale) if command["type"] == 1 else [],
            "type": command["type"],
        }
        for path, leaf, command in request.state.invocations.usable(request.person.id, channel)
    ]
    return {"commands": sorted(listed, key=lambda each: str(each["name"]))}


# --- writing ---------------------------------------------------------------------------------------------------------


async def say(request: ControlRequest) -> Json:
    files = [upload_of(each) for each in request.body.get("attachments") or []]
    reply_to = request.body.get("reply_to")
    answered = None
    if reply_to is not None:
        answered = request.person.view(request.person.find(request.channel().id, int(reply_to)))
    return request.person.say(request.channel(), request.text("content"), reply_to=answered, files=files).data


async def edit(request: ControlRequest) -> Json:
    return request.person.edit(request.message(), request.text("content")).data


async def delete(request: ControlRequest) -> Json:
    request.person.delete(request.message())
    return {}


async def react(request: ControlRequest) -> Json:
    request.person.react(request.message(), request.text("emoji"), burst=bool(request.body.get("burst")))
    return {}


async def unreact(request: ControlRequest) -> Json:
    user = request.body.get("user")
    request.person.unreact(request.message(), request.text("emoji"), int(user) if user else None)
    return {}


async def clear(request: ControlRequest) -> Json:
    request.person.clear_reactions(request.message(), request.body.get("emoji"))
    return {}


async def pin(request: ControlRequest) -> Json:
    request.person.pin(request.message(), True)
    return {}


async def unpin(request: ControlRequest) -> Json:
    request.person.pin(request.message(), False)
    return {}


async def vote(request: ControlRequest) -> Json:
    request.person.vote(request.message(), *(int(each) for each in request.body.get("answers") or []))
    return {}


async def read(request: ControlRequest) -> Json:
    request.person.read(request.channel())
    return {}


async def gate(request: ControlRequest) -> Json:
    request.person.confirm_age(request.channel())
    return {}


async def dm(request: ControlRequest) -> Json:
    other = request.state.world.user(request.integer("with"))
    return viewer_payloads.channel(request.state.world, request.person.dm(other.id), request.person.id)


async def dms(request: ControlRequest) -> Json:
    request.person.accept_dms(bool(request.body.get("accept")))
    return {}


async def language(request: ControlRequest) -> Json:
    request.person.speak(request.text("locale"))
    return {}


async def thread(request: ControlRequest) -> Json:
    under = request.message() if request.body.get("message") else None
    opened = request.person.open_thread(
        request.channel(),
        request.text("name"),
        under=under,
        content=str(request.body.get("content") or ""),
        tags=[int(each) for each in request.body.get("tags") or []],
    )
    return viewer_payloads.channel(request.state.world, opened, request.person.id)


async def typing(request: ControlRequest) -> Json:
    request.person.typing(request.channel())
    return {}


# --- calling ---------------------------------------------------------------------------------------------------------


async def invoke(request: ControlRequest) -> Json:
    target = request.body.get("target")
    one = request.person.begin(
        request.channel(), request.text("command"), _options(request), target=int(target) if target else None
    )
    return await _wait_for(request, one)


async def autocomplete(request: ControlRequest) -> Json:
    options = _options(request)
    focused = request.text("focused")
    typed = str(options.pop(focused, "") or "")
    try:
        choices = await request.person.autocomplete(
            request.channel(), request.text("command"), focused, typed, **options
        )
    except WrongInput as error:
        return {"choices": [], "error": error.message}
    return {"choices": choices}


def _options(request: ControlRequest) -> dict[str, Any]:
    options = request.body.get("options") or {}
    if not isinstance(options, dict):
        raise WrongInput("The options are a mapping of names to values.")
    return options


async def press(request: ControlRequest) -> Json:
    one = request.person.begin_press(
        request.channel().id, request.integer("message"), request.text("custom_id")
    )
    return await _wait_for(request, one)


async def choose(request: ControlRequest) -> Json:
    values = list(request.body.get("values") or [])
    one = request.person.begin_press(
        request.channel().id, request.integer("message"), request.text("custom_id"), values
    )
    return await _wait_for(request, one)


async def submit(request: ControlRequest) -> Json:
    return await _wait_for(
        request, request.person.begin_submit(request.integer("interaction"), request.body.get("values") or {})
    )


async def close_form(request: ControlRequest) -> Json:
    request.person.close_form(request.integer("interaction"))
    return {}


async def dismiss(request: ControlRequest) -> Json:
    number = request.integer("message")
    private = request.state.world.private.get(number)
    found = request.person.find(private.channel_id if private else 0, number)
    request.person.dismiss(request.person.view(found))
    return {}


async def _wait_for(request: ControlRequest, one: Interaction) -> Json:
    """Wait as long as the request asks for, and return the interaction's state."""
    wait = float(request.body.get("wait") or 0)
    if wait > 0:
        await one.outcome(min(wait, LONGEST_WAIT))
    return one.to_json()


GET = {
    "people": people,
    "state": state,
    "commands": commands,
    "channels/{channel}/messages": history,
    "channels/{channel}/messages/{message}": one_message,
    "channels/{channel}/messages/{message}/reactions/{emoji}": reactors,
    "channels/{channel}/pins": pins,
    "channels/{channel}/threads": threads,
}
POST = {
    "say": say, "edit": edit, "delete": delete, "react": react, "unreact": unreact, "clear": clear, "pin": pin,
    "unpin": unpin, "vote": vote, "read": read, "gate": gate, "dm": dm, "dms": dms, "thread": thread,
    "typing": typing, "language": language, "invoke": invoke, "autocomplete": autocomplete, "press": press,
    "choose": choose, "submit": submit, "close-form": close_form, "dismiss": dismiss,
}  # fmt: skip
