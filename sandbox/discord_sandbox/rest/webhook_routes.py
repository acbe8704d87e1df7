"""Webhooks: those of channels, and those that interactions open for fifteen minutes."""

from __future__ import annotations

from discord_sandbox import message_payload, payloads
from discord_sandbox.errors import ApiError, Problems, invalid
from discord_sandbox.model import Channel, Json, Message, Webhook
from discord_sandbox.operations import message_edits, message_sending, threads
from discord_sandbox.operations.message_sending import As
from discord_sandbox.permissions import P
from discord_sandbox.rate_limits import WEBHOOK
from discord_sandbox.rest.api_request import Call, Reply
from discord_sandbox.rest.router import Table
from discord_sandbox.validation.field_reader import Fields
from discord_sandbox.validation.message_draft import USERS_ONLY, read_draft

routes = Table()
MOST = 15
_TOKEN = "/webhooks/{webhook}/{token}"
_MESSAGE = _TOKEN + "/messages/{message}"


def _of_interaction(call: Call) -> bool:
    return call.id("webhook") == call.bot_id


def _hook(call: Call) -> Webhook:
    """The webhook of the path. Raises ApiError 10015 or 50027."""
    hook = call.world.webhooks.get(call.id("webhook"))
    if hook is None:
        raise ApiError(10015)
    if "token" in call.params and call.params["token"] != hook.token:
        raise ApiError(50027)
    return hook


@routes("POST", _TOKEN, WEBHOOK, bound=False)
def execute(call: Call) -> Reply:
    """Execute Webhook, or Create Followup Message."""
    if _of_interaction(call):
        answers = call.sandbox.answers
        message = answers.follow_up(answers.holder(call.params["token"]), call.fields, call.uploads)
        return Reply(200, message_payload.message(call.world, message, call.bot_id))
    message = _execute(call, _hook(call))
    told = message_payload.message(call.world, message, call.bot_id)
    return Reply(200, told) if call.flag("wait") else Reply(204, None)


def _execute(call: Call, hook: Webhook) -> Message:
    draft = read_draft(call.fields, default=USERS_ONLY)
    if draft.v2 and not call.flag("with_components"):
        raise invalid(("components",), "WEBHOOK_COMPONENTS", "Set with_components to send components.")
    how = As(free=True, webhook_id=hook.id, webhook_name=draft.username or hook.name)
    channel = _target(call, hook)
    if not channel.is_forum:
        return message_sending.send(call.world, hook.id, channel, draft, call.uploads, how)
    if draft.thread_name is None:
        raise ApiError(
            220001,
            status=400,
            message="Webhooks posted to forum channels must have a thread_name or thread_id",
        )
    body = {"name": draft.thread_name, "applied_tags": draft.applied_tags}
    _, message = threads.open_post(call.world, hook.owner_id, channel, body, draft, call.uploads)
    message.webhook_id, message.webhook_name = how.webhook_id, how.webhook_name
    return message


def _target(call: Call, hook: Webhook) -> Channel:
    thread_id = call.position("thread_id")
    if thread_id is None:
        return call.world.channel(hook.channel_id)
    thread = call.world.channel(thread_id)
    if thread.parent_id != hook.channel_id:
        raise ApiError(10003)
    return thread


def _standing(call: Call) -> tuple[Channel, Message]:
    """A message that the webhook of the path sent. Raises ApiError 10008."""
    hook = _hook(call)
    channel = _target(call, hook)
    message = call.world.message(channel, call.id("message"))
    if message.webhook_id != hook.id:
        raise ApiError(10008)
    return channel, message


@routes("GET", _MESSAGE, bound=False)
def get_message(call: Call) -> Json:
    """Get Webhook Message, Get Original Interaction Response."""
    if _of_interaction(call):
        answers = call.sandbox.answers
        message = answers.find(answers.holder(call.params["token"]), call.params["message"])
    else:
        _, message = _standing(call)
    return message_payload.message(call.world, message, call.bot_id)


@routes("PATCH", _MESSAGE, WEBHOOK, bound=False)
def edit_message(call: Call) -> Json:
    """Edit Webhook Message, Edit Original Interaction Response."""
    if _of_interaction(call):
        answers = call.sandbox.answers
        one = answers.holder(call.params["token"])
        message = answers.edit(one, answers.find(one, call.params["message"]), call.fields, call.uploads)
    else:
        channel, message = _standing(call)
        draft = read_draft(call.fields, default=USERS_ONLY, standing_flags=message.flags)
        message_edits.edit(call.world, call.bot_id, channel, message, draft, call.uploads, free=True)
    return message_payload.message(call.world, message, call.bot_id)


@routes("DELETE", _MESSAGE, WEBHOOK, bound=False)
def delete_message(call: Call) -> None:
    """Delete Webhook Message, Delete Original Interaction Response."""
    if _of_interaction(call):
        answers = call.sandbox.answers
        one = answers.holder(call.params["token"])
        answers.delete(one, answers.find(one, call.params["message"]))
    else:
        channel, message = _standing(call)
        message_edits.remove(call.world, channel, message)


# --- the webhooks themselves -----------------------------------------------------------------------------------------


@routes("POST", "/channels/{channel}/webhooks")
def create(call: Call) -> Json:
    """Create Webhook: MANAGE_WEBHOOKS, fifteen a channel."""
    channel = call.channel()
    call.world.require(call.bot_id, channel, P.MANAGE_WEBHOOKS)
    if channel.guild_id is None or channel.is_thread:
        raise ApiError(50024)
    if sum(each.channel_id == channel.id for each in call.world.webhooks.values()) >= MOST:
        raise ApiError(30007)
    problems = Problems()
    fields = Fields(call.fields, problems)
    fields.require("name")
    name = fields.text("name", 80, 1, trim=True) or ""
    problems.raise_any()
    hook = Webhook(
        call.world.ids.next(), channel.id, channel.guild_id, name, call.world.secret(), call.bot_id
    )
    call.world.webhooks[hook.id] = hook
    return payloads.webhook(call.world, hook)


@routes("GET", "/channels/{channel}/webhooks")
def of_channel(call: Call) -> list[Json]:
    """Get Channel Webhooks: MANAGE_WEBHOOKS."""
    channel = call.channel()
    call.world.require(call.bot_id, channel, P.MANAGE_WEBHOOKS)
    return [
        payloads.webhook(call.world, each)
        for each in call.world.webhooks.values()
        if each.channel_id == channel.id
    ]


@routes("GET", "/guilds/{guild}/webhooks")
def of_guild(call: Call) -> list[Json]:
    """Get Guild Webhooks: MANAGE_WEBHOOKS."""
    guild = call.guild()
    call.world.require_in_guild(call.bot_id, guild, P.MANAGE_WEBHOOKS)
    return [
        payloads.webhook(call.world, each)
        for each in call.world.webhooks.values()
        if each.guild_id == guild.id
    ]


def _get(call: Call) -> Json:
    """Get Webhook, with or without token."""
    return payloads.webhook(call.world, _hook(call))


def _delete(call: Call) -> None:
    """Delete Webhook, with or without token."""
    del call.world.webhooks[_hook(call).id]


routes("GET", "/webhooks/{webhook}")(_get)
routes("GET", _TOKEN, bound=False)(_get)
routes("DELETE", "/webhooks/{webhook}")(_delete)
routes("DELETE", _TOKEN, bound=False)(_delete)
