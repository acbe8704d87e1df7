"""Files of messages: uploading, storing, and resolving `attachment://` references."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from discord_sandbox import payloads
from discord_sandbox.discord_objects import Attachment, Json
from discord_sandbox.errors import ApiError
from discord_sandbox.validation.field_reader import FieldReader
from discord_sandbox.validation.message_draft import MessageDraft
from discord_sandbox.world import World

LARGEST = 10 * 1024 * 1024
"""Maximum bytes of one file: Discord's default."""
MOST = 10
_UNSAFE = re.compile(r"[^\w.\-]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Upload:
    """File of a request."""

    filename: str
    content_type: str
    data: bytes
    description: str | None = None
    """Alternative text."""


def collect_attachments(
    world: World,
    channel_id: int,
    draft: MessageDraft,
    uploads: Mapping[int, Upload],
    standing: list[Attachment],
) -> list[Attachment]:
    """Return the attachments a message will have: the retained ones of `standing`, then the new ones.

    Raises:
        ApiError: 30015 more than ten, 50045 one too large, 50035 an entry that names no upload.
    """
    listed = draft.attachments
    if listed is None:
        kept, wanted = standing, [_plain(number) for number in uploads]
    else:
        by_id = {each.id: each for each in standing}
        kept = [by_id[each["id"]] for each in listed if each["id"] in by_id]
        wanted = [each for each in listed if each["id"] not in by_id]
        listed_ids = {each["id"] for each in wanted}
        wanted += [_plain(number) for number in uploads if number not in listed_ids]
    if len(kept) + len(wanted) > MOST:
        raise ApiError(30015)
    return [*kept, *(_store(world, channel_id, each, uploads) for each in wanted)]


def _plain(number: int) -> Json:
    """Return the entry of an upload that the body does not describe."""
    return {"id": number, "filename": None, "description": None}


def _store(world: World, channel_id: int, entry: Json, uploads: Mapping[int, Upload]) -> Attachment:
    upload = uploads.get(entry["id"])
    if upload is None:
        raise ApiError(50035, message="Invalid Form Body: an attachment names a file that was not uploaded")
    stored = keep(world, channel_id, upload, entry["filename"])
    stored.description = entry["description"]
    return stored


def keep(world: World, channel_id: int, upload: Upload, filename: str | None = None) -> Attachment:
    """Store one file.

    Raises:
        ApiError: 50045 it is too large.
    """
    if len(upload.data) > LARGEST:
        raise ApiError(50045)
    width, height = _size(upload)
    name = _UNSAFE.sub("_", filename or upload.filename) or "unknown"
    data = world.blobs.setdefault(hashlib.blake2b(upload.data).digest(), upload.data)
    made = Attachment(
        world.ids.next(), channel_id, name, upload.content_type, data, width=width, height=height
    )
    world.attachments[made.id] = made
    return made


def _size(upload: Upload) -> tuple[int | None, int | None]:
    if not upload.content_type.startswith("image/"):
        return None, None
    try:
        with Image.open(BytesIO(upload.data)) as image:
            return image.size
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None, None


def resolve_references(world: World, draft: MessageDraft, files: list[Attachment]) -> None:
    """Replace `attachment://name` in components and embeds by the stored file.

    Raises:
        ApiError: 50035 a component names a file that the message does not have.
    """
    by_name = {each.filename: each for each in files}
    for fields, media in draft.media:
        _resolve_media(world, fields, media, by_name)
    for embed in draft.embeds:
        for holder, key in _embed_urls(embed):
            name = holder[key].removeprefix("attachment://")
            if name != holder[key] and name in by_name:
                holder[key] = payloads.attachment(world, by_name[name])["url"]


def _embed_urls(embed: Json) -> list[tuple[Json, str]]:
    places = [(embed.get(key, {}), "url") for key in ("image", "thumbnail")]
    places += [(embed.get(key, {}), "icon_url") for key in ("author", "footer")]
    return [(holder, key) for holder, key in places if key in holder]


def _resolve_media(world: World, fields: FieldReader, media: Json, by_name: Mapping[str, Attachment]) -> None:
    url: str = media["url"]
    if not url.startswith("attachment://"):
        media |= {"proxy_url": url, "width": None, "height": None, "content_type": None, "loading_state": 1}
        return
    found = by_name.get(url.removeprefix("attachment://"))
    if found is None:
        fields.fault(
            "url", "COMPONENT_MEDIA_ATTACHMENT_NOT_FOUND", "The referenced attachment was not uploaded."
        )
        fields.problems.raise_any()
        return
    told = payloads.attachment(world, found)
    media |= {
        "url": told["url"],
        "proxy_url": told["url"],
        "width": found.width,
        "height": found.height,
        "content_type": found.content_type,
        "loading_state": 2,
        "attachment_id": str(found.id),
    }
