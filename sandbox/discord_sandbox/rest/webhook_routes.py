"""Routes of webhooks: those of channels, and those of interactions, valid for fifteen minutes."""

from __future__ import annotations

from discord_sandbox import message_payload, payloads
from discord_sandbox.discord_objects import Channel, Json, Message, Webhook
from discord_sandbox.errors import ApiError, Problems, invalid
from discord_sandbox.operations import message_edits, message_sending, threads
from discord_sandbox.operations.message_sending import SendOptions
from discord_sandbox.permissions import P
from discord_sandbox.rate_limits import WEBHOOK
from discord_sandbox.rest.api_request import ApiRequest, Reply
from discord_sandbox.rest.router import RouteTable
from discord_sandbox.validation.field_reader import FieldReader
from discord_sandbox.validation.message_draft import USERS_ONLY, read_draft

routes = RouteTable()
MOST = 15
_TOKEN = "/webhooks/{webhook}/{token}"
_MESSAGE = _TOKEN + "/messages/{message}"


def _of_interaction(request: ApiRequest) -> bool:
    return request.id("webhook") == request.bot_id


def _hook(request: ApiRequest) -> Webhook:
    """Return the webhook named in the path.

    Raises:
        ApiError: 10015 unknown, 50027 expired.
    """
    hook = request.world.webhooks.get(request.id("webhook"))
    if hook is None:
        raise ApiError(10015)
    if "token" in request.params and request.params["token"] != hook.token:
        raise ApiError(50027)
    return hook


@routes("POST", _TOKEN, WEBHOOK, bound=False)
def execute(request: ApiRequest) -> Reply:
    """Execute Webhook, or Create Followup Message."""
    if _of_interaction(request):
        answers = request.state.responses
        message = answers.follow_up(answers.holder(request.params["token"]), request.fields, request.uploads)
        return Reply(200, message_payload.message(request.world, message, request.bot_id))
    message = _execute(request, _hook(request))
    told = message_payload.message(request.world, message, request.bot_id)
    return Reply(200, told) if request.flag("wait") else Reply(204, None)


def _execute(request: ApiRequest, hook: Webhook) -> Message:
    draft = read_draft(request.fields, default=USERS_ONLY)
    if draft.v2 and not request.flag("with_components"):
        raise invalid(("components",), "WEBHOOK_COMPONENTS", "Set with_components to send components.")
    how = SendOptions(unchecked=True, webhook_id=hook.id, webhook_name=draft.username or hook.name)
    channel = _target(request, hook)
    if not channel.is_forum:
        return message_sending.send(request.world, hook.id, channel, draft, request.uploads, how)
    if draft.thread_name is None:
        raise ApiError(
            220001,
            status=400,
            message="Webhooks posted to forum channels must have a thread_name or thread_id",
        )
    body = {"name": draft.thread_name, "applied_tags": draft.applied_tags}
    _, message = threads.open_post(request.world, hook.owner_id, channel, body, draft, request.uploads)
    message.webhook_id, message.webhook_name = how.webhook_id, how.webhook_name
    return message


def _target(request: ApiRequest, hook: Webhook) -> Channel:
    thread_id = request.position("thread_id")
    if thread_id is None:
        return request.world.channel(hook.channel_id)
    thread = request.world.channel(thread_id)
    if thread.parent_id != hook.channel_id:
        raise ApiError(10003)
    return thread


def _standing(request: ApiRequest) -> tuple[Channel, Message]:
    """Return a message that the webhook named in the path sent.

    Raises:
        ApiError: 10008 unknown.
    """
    hook = _hook(request)
    channel = _target(request, hook)
    message = request.world.message(channel, request.id("message"))
    if message.webhook_id != hook.id:
        raise ApiError(10008)
    return channel, message


@routes("GET", _MESSAGE, bound=False)
def get_message(request: ApiRequest) -> Json:
    """Get Webhook Message, Get Original Interaction Response."""
    if _of_interaction(request):
        answers = request.state.responses
        message = answers.find(answers.holder(request.params["token"]), request.params["message"])
    else:
        _, message = _standing(request)
    return message_payload.message(request.world, message, request.bot_id)


@routes("PATCH", _MESSAGE, WEBHOOK, bound=False)
def edit_message(request: ApiRequest) -> Json:
    """Edit Webhook Message, Edit Original Interaction Response."""
    if _of_interaction(request):
        answers = request.state.responses
        one = answers.holder(request.params["token"])
        message = answers.edit(
            one, answers.find(one, request.params["message"]), request.fields, request.uploads
        )
    else:
        channel, message = _standing(request)
        draft = read_draft(request.fields, default=USERS_ONLY, standing_flags=message.flags)
        message_edits.edit_unchecked(request.world, channel, message, draft, request.uploads)
    return message_payload.message(request.world, message, request.bot_id)


@routes("DELETE", _MESSAGE, WEBHOOK, bound=False)
def delete_message(request: ApiRequest) -> None:
    """Delete Webhook Message, Delete Original Interaction Response."""
    if _of_interaction(request):
        answers = request.state.responses
        one = answers.holder(request.params["token"])
        answers.delete(one, answers.find(one, request.params["message"]))
    else:
        channel, message = _standing(request)
        message_edits.remove(request.world, channel, message)


# --- the webhooks themselves -----------------------------------------------------------------------------------------


@routes("POST", "/channels/{channel}/webhooks")
def create(request: ApiRequest) -> Json:
    """Create Webhook: MANAGE_WEBHOOKS, fifteen a channel."""
    channel = request.channel()
    request.world.require(request.bot_id, channel, P.MANAGE_WEBHOOKS)
    if channel.guild_id is None or channel.is_thread:
        raise ApiError(50024)
    if sum(each.channel_id == channel.id for each in request.world.webhooks.values()) >= MOST:
        raise ApiError(30007)
    problems = Problems()
    fields = FieldReader(request.fields, problems)
    fields.require("name")
    name = fields.text("name", 80, 1, trim=True) or ""
    problems.raise_any()
    hook = Webhook(
        request.world.ids.next(), channel.id, channel.guild_id, name, request.world.secret(), request.bot_id
    )
    request.world.webhooks[hook.id] = hook
    return payloads.webhook(request.world, hook)


@routes("GET", "/channels/{channel}/webhooks")
def of_channel(request: ApiRequest) -> list[Json]:
    """Get Channel Webhooks: MANAGE_WEBHOOKS."""
    channel = request.channel()
    request.world.require(request.bot_id, channel, P.MANAGE_WEBHOOKS)
    return [
        payloads.webhook(request.world, each)
        for each in request.world.webhooks.values()
        if each.channel_id == channel.id
    ]


@routes("GET", "/guilds/{guild}/webhooks")
def of_guild(request: ApiRequest) -> list[Json]:
    """Get Guild Webhooks: MANAGE_WEBHOOKS."""
    guild = request.guild()
    request.world.require_in_guild(request.bot_id, guild, P.MANAGE_WEBHOOKS)
    return [
        payloads.webhook(request.world, each)
        for each in request.world.webhooks.values()
        if each.guild_id == guild.id
    ]


def _get(request: ApiRequest) -> Json:
    """Get Webhook, with or without token."""
    return payloads.webhook(request.world, _hook(request))


def _delete(request: ApiRequest) -> None:
    """Delete Webhook, with or without token."""
    del request.world.webhooks[_hook(request).id]


routes("GET", "/webhooks/{webhook}")(_get)
routes("GET", _TOKEN, bound=False)(_get)
routes("DELETE", "/webhooks/{webhook}")(_delete)
routes("DELETE", _TOKEN, bound=False)(_delete)
