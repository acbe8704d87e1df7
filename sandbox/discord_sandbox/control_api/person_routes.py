"""Acting as a person over HTTP: each request is one thing that they do or look at."""

from __future__ import annotations

from typing import Any

from discord_sandbox import locales, viewer_payloads
from discord_sandbox.control_api.control_request import Ask
from discord_sandbox.interactions.interaction import Interaction
from discord_sandbox.interactions.option_values import WrongInput, upload_of
from discord_sandbox.model import Channel, Json
from discord_sandbox.operations import reactions
from discord_sandbox.permissions import P

LONGEST_WAIT = 20.0


# --- looking ---------------------------------------------------------------------------------------------------------


async def people(ask: Ask) -> Json:
    world = ask.sandbox.world
    listed = [viewer_payloads.person(world, each) for each in world.users.values() if not each.bot]
    return {"people": listed, "bot": viewer_payloads.user(world.bot)}


async def state(ask: Ask) -> Json:
    return viewer_payloads.snapshot(ask.sandbox, ask.person.id)


async def history(ask: Ask) -> Json:
    channel = ask.path_channel()
    limit = min(max(ask.number("limit", 50), 1), 200)
    positions = {name: ask.number(name, 0) or None for name in ("before", "after", "around")}
    found = ask.person.page(channel, limit, **positions)
    oldest = next(iter(channel.messages), None)
    return {
        "messages": [each.data for each in found],
        "more": bool(found) and oldest is not None and oldest < found[0].id,
    }


async def pins(ask: Ask) -> Json:
    channel = ask.path_channel()
    ask.sandbox.world.require(ask.person.id, channel, P.VIEW_CHANNEL | P.READ_MESSAGE_HISTORY)
    found = [ask.person.seen(each).data for each in channel.messages.values() if each.pinned]
    return {"messages": found[::-1]}


async def threads(ask: Ask) -> Json:
    channel = ask.path_channel()
    world = ask.sandbox.world
    guild = world.guild_of(channel)
    archived_too = ask.query.get("archived") == "1"
    found = [
        each
        for each in (guild.threads.values() if guild else ())
        if each.parent_id == channel.id
        and each.thread is not None
        and (archived_too or not each.thread.archived)
        and viewer_payloads.visible(world, each, ask.person.id)
    ]
    found.sort(key=lambda each: each.last_message_id or each.id, reverse=True)
    return {"threads": [_thread(ask, each) for each in found]}


def _thread(ask: Ask, thread: Channel) -> Json:
    data = viewer_payloads.channel(ask.sandbox, thread, ask.person.id)
    last = thread.messages.get(thread.last_message_id or 0)
    starter = thread.messages.get(thread.id)
    parent = ask.sandbox.world.parent_of(thread)
    if starter is None and parent is not None:
        starter = parent.messages.get(thread.id)
    return data | {
        "last_message": ask.person.seen(last).data if last else None,
        "starter": ask.person.seen(starter).data if starter else None,
    }


async def one_message(ask: Ask) -> Json:
    found = ask.person.find(ask.path_number("channel"), ask.path_number("message"))
    return ask.person.seen(found).data


async def reactors(ask: Ask) -> Json:
    found = ask.person.find(ask.path_number("channel"), ask.path_number("message"))
    emoji = reactions.read_emoji(ask.sandbox.world, ask.request.match_info["emoji"])
    standing = found.reactions.get(reactions.key_of(emoji))
    users = ask.sandbox.world.users
    return {"users": [viewer_payloads.user(users[each]) for each in (standing.users if standing else ())]}


async def commands(ask: Ask) -> Json:
    channel, locale = ask.person.channel(ask.number("channel", 0)), ask.person.user.locale
    listed = [
        {
            "id": command["id"],
            "name": path,
            "shown": locales.shown_path(command, path, locale),
            "description": locales.shown(leaf, "description", locale),
            "options": locales.localised(leaf.get("options", []), locale) if command["type"] == 1 else [],
            "type": command["type"],
        }
        for path, leaf, command in ask.sandbox.interactions.usable(ask.person.id, channel)
    ]
    return {"commands": sorted(listed, key=lambda each: str(each["name"]))}


# --- writing ---------------------------------------------------------------------------------------------------------


async def say(ask: Ask) -> Json:
    files = [upload_of(each) for each in ask.body.get("attachments") or []]
    reply_to = ask.body.get("reply_to")
    answered = None
    if reply_to is not None:
        answered = ask.person.seen(ask.person.find(ask.channel().id, int(reply_to)))
    return ask.person.say(ask.channel(), ask.text("content"), reply_to=answered, files=files).data


async def edit(ask: Ask) -> Json:
    return ask.person.edit(ask.message(), ask.text("content")).data


async def delete(ask: Ask) -> Json:
    ask.person.delete(ask.message())
    return {}


async def react(ask: Ask) -> Json:
    ask.person.react(ask.message(), ask.text("emoji"), burst=bool(ask.body.get("burst")))
    return {}


async def unreact(ask: Ask) -> Json:
    user = ask.body.get("user")
    ask.person.unreact(ask.message(), ask.text("emoji"), int(user) if user else None)
    return {}


async def clear(ask: Ask) -> Json:
    ask.person.clear_reactions(ask.message(), ask.body.get("emoji"))
    return {}


async def pin(ask: Ask) -> Json:
    ask.person.pin(ask.message(), True)
    return {}


async def unpin(ask: Ask) -> Json:
    ask.person.pin(ask.message(), False)
    return {}


async def vote(ask: Ask) -> Json:
    ask.person.vote(ask.message(), *(int(each) for each in ask.body.get("answers") or []))
    return {}


async def read(ask: Ask) -> Json:
    ask.person.read(ask.channel())
    return {}


async def gate(ask: Ask) -> Json:
    ask.person.confirm_age(ask.channel())
    return {}


async def dm(ask: Ask) -> Json:
    other = ask.sandbox.world.user(ask.integer("with"))
    return viewer_payloads.channel(ask.sandbox, ask.person.dm(other.id), ask.person.id)


async def dms(ask: Ask) -> Json:
    ask.person.accept_dms(bool(ask.body.get("accept")))
    return {}


async def language(ask: Ask) -> Json:
    ask.person.speak(ask.text("locale"))
    return {}


async def thread(ask: Ask) -> Json:
    under = ask.message() if ask.body.get("message") else None
    opened = ask.person.open_thread(
        ask.channel(),
        ask.text("name"),
        under=under,
        content=str(ask.body.get("content") or ""),
        tags=[int(each) for each in ask.body.get("tags") or []],
    )
    return viewer_payloads.channel(ask.sandbox, opened, ask.person.id)


async def typing(ask: Ask) -> Json:
    ask.person.typing(ask.channel())
    return {}


# --- calling ---------------------------------------------------------------------------------------------------------


async def invoke(ask: Ask) -> Json:
    target = ask.body.get("target")
    one = ask.person.begin(
        ask.channel(), ask.text("command"), _options(ask), target=int(target) if target else None
    )
    return await _waited(ask, one)


async def autocomplete(ask: Ask) -> Json:
    options = _options(ask)
    focused = ask.text("focused")
    typed = str(options.pop(focused, "") or "")
    try:
        choices = await ask.person.autocomplete(ask.channel(), ask.text("command"), focused, typed, **options)
    except WrongInput as error:
        return {"choices": [], "error": error.message}
    return {"choices": choices}


def _options(ask: Ask) -> dict[str, Any]:
    options = ask.body.get("options") or {}
    if not isinstance(options, dict):
        raise WrongInput("The options are a mapping of names to values.")
    return options


async def press(ask: Ask) -> Json:
    one = ask.person.begin_press(ask.channel().id, ask.integer("message"), ask.text("custom_id"))
    return await _waited(ask, one)


async def choose(ask: Ask) -> Json:
    values = list(ask.body.get("values") or [])
    one = ask.person.begin_press(ask.channel().id, ask.integer("message"), ask.text("custom_id"), values)
    return await _waited(ask, one)


async def submit(ask: Ask) -> Json:
    return await _waited(
        ask, ask.person.begin_submit(ask.integer("interaction"), ask.body.get("values") or {})
    )


async def close_form(ask: Ask) -> Json:
    ask.person.close_form(ask.integer("interaction"))
    return {}


async def dismiss(ask: Ask) -> Json:
    number = ask.integer("message")
    private = ask.sandbox.world.private.get(number)
    found = ask.person.find(private.channel_id if private else 0, number)
    ask.person.dismiss(ask.person.seen(found))
    return {}


async def _waited(ask: Ask, one: Interaction) -> Json:
    """An interaction as it stands, after as long a wait as was asked for."""
    wait = float(ask.body.get("wait") or 0)
    if wait > 0:
        await one.outcome(min(wait, LONGEST_WAIT))
    return one.told()


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
