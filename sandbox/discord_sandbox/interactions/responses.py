"""Responses of the bot to interactions: callbacks, the original answer, follow-ups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from discord_sandbox import message_payload, payloads
from discord_sandbox.discord_objects import Json, Message, MessageFlag, MessageType
from discord_sandbox.errors import ApiError, Problems, invalid
from discord_sandbox.interactions import interaction_payload
from discord_sandbox.interactions.interaction import (
    TOKEN_LIVES,
    Interaction,
    InteractionKind,
    InteractionState,
)
from discord_sandbox.interactions.interaction_registry import InteractionRegistry
from discord_sandbox.operations import message_edits, message_sending, message_storage
from discord_sandbox.operations.attachments import Upload
from discord_sandbox.operations.message_sending import SendOptions
from discord_sandbox.permissions import P
from discord_sandbox.snowflakes import parse
from discord_sandbox.validation import modal_rules
from discord_sandbox.validation.command_rules import read_choices
from discord_sandbox.validation.field_reader import FieldReader
from discord_sandbox.validation.message_draft import USERS_ONLY, MessageDraft, read_draft
from discord_sandbox.world import World

MESSAGE, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
_FOLLOW_UPS = 5
_LOADING = int(MessageFlag.LOADING)
_EPHEMERAL = int(MessageFlag.EPHEMERAL)
Uploads = Mapping[int, Upload]


@dataclass(frozen=True, slots=True)
class CallbackData:
    """`data` of a callback, and its files."""

    data: Json
    uploads: Uploads


class Responses:
    """Operations of the bot on its interactions."""

    def __init__(self, world: World, interactions: InteractionRegistry) -> None:
        self._world = world
        self._interactions = interactions

    def respond(self, interaction_id: int, token: str, body: Json, uploads: Uploads) -> Interaction:
        """Process the first response.

        Raises:
            ApiError: 10062 unknown or later than three seconds, 40060 answered before, 50035 a type that does not
                fit this interaction, or a faulty body.
        """
        one = self._interactions.by_token(token)
        if one is None or one.id != interaction_id:
            raise ApiError(10062)
        if one.acknowledged:
            raise ApiError(40060)
        if (
            self._world.now() - one.created_at > self._interactions.answer_within
            or one.state is InteractionState.FAILED
        ):
            raise ApiError(10062)
        kind = body.get("type")
        if not isinstance(kind, int) or kind not in _allowed_types(one):
            raise invalid(
                ("type",), "BASE_TYPE_CHOICES", f'Response type "{kind}" does not fit this interaction.'
            )
        responder = {
            MESSAGE: self._message, DEFER: self._defer, DEFER_UPDATE: self._defer_update, UPDATE: self._update,
            CHOICES: self._choices, MODAL: self._modal,
        }[kind]  # fmt: skip
        responder(one, CallbackData(body.get("data") or {}, uploads))
        return one

    def _acknowledge(self, one: Interaction, state: InteractionState = InteractionState.DONE) -> None:
        one.acknowledged = True
        self._interactions.settle(one, state)

    def _message(self, one: Interaction, said: CallbackData) -> None:
        draft = read_draft(said.data, default=USERS_ONLY, path=("data",))
        message = self._post(one, draft, said.uploads, first=True)
        one.answer_id, one.private = message.id, message.private_to is not None
        self._acknowledge(one)

    def _defer(self, one: Interaction, said: CallbackData) -> None:
        problems = Problems()
        flags = FieldReader(said.data, problems, ("data",)).integer("flags", 0, 2**31 - 1) & _EPHEMERAL
        problems.raise_any()
        one.private = bool(flags) or self._must_be_private(one)
        draft = MessageDraft(frozenset(), flags=flags | _LOADING)
        message = Message(
            self._world.ids.next(), one.channel_id, one.guild_id, self._world.bot.id, self._world.now(),
            type=self._type(one), flags=draft.flags | (_EPHEMERAL if one.private else 0),
            application_id=self._world.bot.id, private_to=one.user_id if one.private else None,
            interaction=self._metadata(one), interaction_id=one.id,
        )  # fmt: skip
        one.answer_id = message.id
        message_storage.store(self._world, self._world.channel(one.channel_id), message)
        self._acknowledge(one, InteractionState.THINKING)

    def _defer_update(self, one: Interaction, _: CallbackData) -> None:
        one.answer_id = self._source(one).id
        self._acknowledge(one)

    def _update(self, one: Interaction, said: CallbackData) -> None:
        source = self._source(one)
        draft = read_draft(said.data, default=USERS_ONLY, standing_flags=source.flags, path=("data",))
        self._change(source, draft, said.uploads)
        one.answer_id = source.id
        self._acknowledge(one)

    def _choices(self, one: Interaction, said: CallbackData) -> None:
        one.choices = read_choices(said.data)
        self._acknowledge(one)

    def _modal(self, one: Interaction, said: CallbackData) -> None:
        one.form = modal_rules.read(said.data)
        self._acknowledge(one, InteractionState.FORM)

    @staticmethod
    def _source(one: Interaction) -> Message:
        source = one.source or (one.opener.source if one.opener else None)
        if source is None:
            raise ApiError(10008)
        return source

    @staticmethod
    def _type(one: Interaction) -> MessageType:
        if one.kind is not InteractionKind.COMMAND:
            return MessageType.DEFAULT
        return MessageType.COMMAND if one.data.get("type", 1) == 1 else MessageType.CONTEXT_MENU

    def _metadata(self, one: Interaction) -> Json:
        return one.metadata(payloads.user(self._world.users[one.user_id]))

    def _must_be_private(self, one: Interaction) -> bool:
        """Return whether a user-installed app has to answer in private, as where members may not use external apps."""
        if interaction_payload.GUILD_INSTALL in one.owners or one.guild_id is None:
            return False
        channel = self._world.channel(one.channel_id)
        return not self._world.may(one.user_id, channel, P.USE_EXTERNAL_APPS)

    def _post(self, one: Interaction, draft: MessageDraft, uploads: Uploads, *, first: bool) -> Message:
        private = bool(draft.flags & _EPHEMERAL) or self._must_be_private(one)
        how = SendOptions(
            unchecked=True,
            type=self._type(one) if first else MessageType.DEFAULT,
            private_to=one.user_id if private else None,
            interaction=self._metadata(one),
            interaction_id=one.id,
            flags=_EPHEMERAL if private else 0,
        )
        channel = self._world.channel(one.channel_id)
        return message_sending.send(self._world, self._world.bot.id, channel, draft, uploads, how)

    def _change(self, message: Message, draft: MessageDraft, uploads: Uploads) -> Message:
        channel = self._world.channel(message.channel_id)
        if message.private_to is None and message.id not in channel.messages:
            raise ApiError(10008)
        message.flags &= ~_LOADING
        return message_edits.edit_unchecked(self._world, channel, message, draft, uploads)

    # --- the interaction's webhook -----------------------------------------------------------------------------------

    def holder(self, token: str) -> Interaction:
        """Return the interaction of a token.

        Raises:
            ApiError: 10015 unknown or not yet answered, 50027 older than fifteen minutes.
        """
        one = self._interactions.by_token(token)
        if one is None or not one.acknowledged:
            raise ApiError(10015)
        if self._world.now() - one.created_at > TOKEN_LIVES:
            raise ApiError(50027)
        return one

    def find(self, one: Interaction, name: str) -> Message:
        """Return the message `@original`, or a follow-up by its id.

        Raises:
            ApiError: 10008 unknown.
        """
        wanted = one.answer_id if name == "@original" else parse(name)
        if wanted is None:
            raise ApiError(10008)
        found = self._world.private.get(wanted)
        if found is None:
            found = self._world.channel(one.channel_id).messages.get(wanted)
        if found is None or (found.interaction_id != one.id and wanted != one.answer_id):
            raise ApiError(10008)
        return found

    def edit(self, one: Interaction, message: Message, body: Json, uploads: Uploads) -> Message:
        """Edit an answer; the first edit of a deferred one ends the "thinking" state."""
        draft = read_draft(body, default=USERS_ONLY, standing_flags=message.flags)
        thinking = message.flags & _LOADING
        edited = self._change(message, draft, uploads)
        if thinking:
            edited.edited_at = None
            self._interactions.settle(one, InteractionState.DONE)
        return edited

    def delete(self, one: Interaction, message: Message) -> None:
        """Delete an answer."""
        message_edits.remove(self._world, self._world.channel(message.channel_id), message)
        if one.state is InteractionState.THINKING:
            self._interactions.settle(one, InteractionState.DONE)

    def follow_up(self, one: Interaction, body: Json, uploads: Uploads) -> Message:
        """Send another message; while the bot is "thinking" the first one replaces the deferred answer.

        Raises:
            ApiError: 40094 for the sixth, when the app is only installed for the person and not in the guild.
        """
        draft = read_draft(body, default=USERS_ONLY)
        if one.state is InteractionState.THINKING and one.answer_id is not None:
            return self.edit(one, self.find(one, "@original"), body, uploads)
        guild = self._world.guilds.get(one.guild_id or 0)
        if guild is not None and self._world.bot.id not in guild.members and one.follow_ups >= _FOLLOW_UPS:
            raise ApiError(40094)
        one.follow_ups += 1
        return self._post(one, draft, uploads, first=False)

    def resource(self, one: Interaction, kind: int) -> Json:
        """Return the answer to a callback `with_response`."""
        told: Json = {"id": str(one.id), "type": int(one.kind)}
        data: Json = {"interaction": told, "resource": {"type": kind}}
        if one.answer_id is not None and kind in (MESSAGE, DEFER, UPDATE, DEFER_UPDATE):
            message = self.find(one, "@original")
            told |= {
                "response_message_id": str(message.id),
                "response_message_loading": bool(message.flags & _LOADING),
                "response_message_ephemeral": message.private_to is not None,
            }
            data["resource"]["message"] = message_payload.message(self._world, message, self._world.bot.id)
        return data


def _allowed_types(one: Interaction) -> frozenset[int]:
    """Return the response types that fit an interaction (Discord's "Receiving and Responding")."""
    if one.kind is InteractionKind.AUTOCOMPLETE:
        return frozenset({CHOICES})
    if one.kind is InteractionKind.COMMAND:
        return frozenset({MESSAGE, DEFER, MODAL})
    if one.kind is InteractionKind.COMPONENT:
        return frozenset({MESSAGE, DEFER, DEFER_UPDATE, UPDATE, MODAL})
    from_message = one.opener is not None and one.opener.source is not None
    return frozenset({MESSAGE, DEFER} | ({DEFER_UPDATE, UPDATE} if from_message else set()))
