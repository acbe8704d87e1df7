"""Validation of the body of a message, new or edited."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from discord_sandbox.discord_objects import Json, MessageFlag
from discord_sandbox.errors import Problems
from discord_sandbox.validation.component_rules import ComponentReader
from discord_sandbox.validation.embed_rules import read_embeds
from discord_sandbox.validation.field_reader import FieldReader
from discord_sandbox.validation.poll_rules import read_poll

MOST_CONTENT = 2000
"""Maximum characters of content for a bot: the specification says 4000, the API enforces 2000."""

_SETTABLE = int(
    MessageFlag.SUPPRESS_EMBEDS
    | MessageFlag.EPHEMERAL
    | MessageFlag.SUPPRESS_NOTIFICATIONS
    | MessageFlag.COMPONENTS_V2
)
_V2 = int(MessageFlag.COMPONENTS_V2)


@dataclass(frozen=True, slots=True)
class AllowedMentions:
    """Mentions of a message that may notify."""

    parse: frozenset[str]
    users: tuple[int, ...] = ()
    roles: tuple[int, ...] = ()
    replied_user: bool = True


ANYONE = AllowedMentions(frozenset({"users", "roles", "everyone"}))
"""Default of an ordinary message without `allowed_mentions`."""
USERS_ONLY = AllowedMentions(frozenset({"users"}))
"""Default of interaction responses and webhooks."""


@dataclass(slots=True)
class MessageDraft:
    """Validated message body."""

    given: frozenset[str]
    """Keys that were present: an edit changes only those."""
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    media: list[tuple[FieldReader, Json]] = field(default_factory=list)
    attachments: list[Json] | None = None
    flags: int = 0
    mentions: AllowedMentions = ANYONE
    nonce: str | int | None = None
    enforce_nonce: bool = False
    reference: Json | None = None
    poll: Json | None = None
    tts: bool = False
    username: str | None = None
    thread_name: str | None = None
    applied_tags: list[int] = field(default_factory=list)

    @property
    def v2(self) -> bool:
        """Return whether this message uses Components V2."""
        return bool(self.flags & _V2)


def read_draft(
    body: Any, *, default: AllowedMentions = ANYONE, standing_flags: int = 0, path: tuple[str, ...] = ()
) -> MessageDraft:
    """Validate a message body.

    `standing_flags` are those of the message being edited: once Components V2, always so.

    Raises:
        ApiError: 50035 with every fault.
    """
    problems = Problems()
    fields = FieldReader(body, problems, path)
    data = fields.data
    flags = fields.integer("flags", 0, 2**31 - 1) & _SETTABLE | (standing_flags & _V2)
    reader = ComponentReader(v2=bool(flags & _V2))
    draft = MessageDraft(
        given=frozenset(data),
        content=fields.text("content", MOST_CONTENT, trim=True) or "",
        embeds=read_embeds(fields),
        components=reader.read(fields),
        media=reader.media,
        attachments=_read_attachments(fields),
        flags=flags,
        mentions=_read_mentions(fields, default),
        nonce=_read_nonce(fields),
        enforce_nonce=fields.boolean("enforce_nonce"),
        reference=_read_reference(fields),
        poll=read_poll(fields.object("poll")) if fields.has("poll") else None,
        tts=fields.boolean("tts"),
        username=fields.text("username", 80, 1),
        thread_name=fields.text("thread_name", 100, 1),
        applied_tags=fields.snowflakes("applied_tags", 5),
    )
    if draft.v2:
        _refuse_legacy(fields)
    fields.items("sticker_ids", 3)
    problems.raise_any()
    return draft


def _refuse_legacy(fields: FieldReader) -> None:
    for key in ("content", "embeds", "sticker_ids", "poll"):
        if fields.data.get(key):
            fields.fault(
                key,
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )


def _read_attachments(fields: FieldReader) -> list[Json] | None:
    if not fields.has("attachments"):
        return [] if "attachments" in fields.data else None
    read = []
    for each in fields.objects("attachments", 10):
        each.require("id")
        read.append(
            {
                "id": each.snowflake("id") or 0,
                "description": each.text("description", 1024),
                "filename": each.text("filename", 1024),
            }
        )
    return read


def _read_nonce(fields: FieldReader) -> str | int | None:
    nonce = fields.data.get("nonce")
    if nonce is None or (isinstance(nonce, int) and not isinstance(nonce, bool)):
        return nonce
    return fields.text("nonce", 25)


def _read_reference(fields: FieldReader) -> Json | None:
    if not fields.has("message_reference"):
        return None
    reference = fields.object("message_reference")
    reference.require("message_id")
    return {
        "type": reference.choice("type", {0, 1}) or 0,
        "message_id": reference.snowflake("message_id"),
        "channel_id": reference.snowflake("channel_id"),
        "must_exist": reference.boolean("fail_if_not_exists", True),
    }


def _read_mentions(fields: FieldReader, default: AllowedMentions) -> AllowedMentions:
    if not fields.has("allowed_mentions"):
        return default
    allowed = fields.object("allowed_mentions")
    parse = frozenset(each for each in allowed.items("parse", 3) if isinstance(each, str))
    for kind in parse - {"users", "roles", "everyone"}:
        allowed.fault("parse", "BASE_TYPE_CHOICES", f'Value "{kind}" must be one of users, roles, everyone.')
    users = allowed.snowflakes("users", 100)
    roles = allowed.snowflakes("roles", 100)
    for kind, listed in (("users", users), ("roles", roles)):
        if kind in parse and listed:
            allowed.fault(
                "parse",
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.',
            )
    return AllowedMentions(parse, tuple(users), tuple(roles), allowed.boolean("replied_user"))
