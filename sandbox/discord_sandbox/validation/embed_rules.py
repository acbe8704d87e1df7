"""Validation of embeds, and their stored form."""

from __future__ import annotations

from discord_sandbox.discord_objects import Json
from discord_sandbox.validation.field_reader import FieldReader

TOTAL = 6000
_TEXTS = {"title": 256, "description": 4096}


def read_embeds(body: FieldReader) -> list[Json]:
    """Validate the embeds of a message body and trim them as Discord does.

    Limits per Discord's message page: 10 embeds, 25 fields, and 6000 characters over all embeds of a message.
    """
    embeds = []
    total = 0
    for fields in body.objects("embeds", 10):
        embed, length = _read(fields)
        embeds.append(embed)
        total += length
    if total > TOTAL:
        body.fault("embeds", "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {TOTAL}")
    return _merge_by_url(embeds)


def _read(fields: FieldReader) -> tuple[Json, int]:
    embed: Json = {"type": "rich"}
    length = 0
    for key, longest in _TEXTS.items():
        text = fields.text(key, longest, trim=True)
        if text:
            embed[key] = text
            length += len(text)
    for key, value in (("url", _url(fields, "url")), ("timestamp", fields.text("timestamp", 64))):
        if value:
            embed[key] = value
    if fields.has("color"):
        embed["color"] = fields.integer("color", 0, 0xFFFFFF)
    length += _read_footer(fields, embed) + _read_author(fields, embed) + _read_fields(fields, embed)
    for key in ("image", "thumbnail"):
        if fields.has(key):
            media = fields.object(key)
            url = _url(media, "url", files=True)
            if url:
                embed[key] = {"url": url}
    if len(embed) == 1:
        fields.fault("", "BASE_TYPE_REQUIRED", "This field is required")
    return embed, length


def _read_footer(fields: FieldReader, embed: Json) -> int:
    if not fields.has("footer"):
        return 0
    footer = fields.object("footer")
    text = footer.text("text", 2048, trim=True) or ""
    icon = _url(footer, "icon_url", files=True)
    embed["footer"] = {k: v for k, v in {"text": text, "icon_url": icon}.items() if v}
    return len(text)


def _read_author(fields: FieldReader, embed: Json) -> int:
    if not fields.has("author"):
        return 0
    author = fields.object("author")
    author.require("name")
    name = author.text("name", 256, trim=True) or ""
    links = {"url": _url(author, "url"), "icon_url": _url(author, "icon_url", files=True)}
    embed["author"] = {"name": name} | {k: v for k, v in links.items() if v}
    return len(name)


def _read_fields(fields: FieldReader, embed: Json) -> int:
    read = []
    length = 0
    for field in fields.objects("fields", 25):
        field.require("name", "value")
        name = field.text("name", 256, trim=True) or ""
        value = field.text("value", 1024, trim=True) or ""
        if field.has("name") and not name:
            field.fault("name", "BASE_TYPE_REQUIRED", "This field is required")
        if field.has("value") and not value:
            field.fault("value", "BASE_TYPE_REQUIRED", "This field is required")
        read.append({"name": name, "value": value, "inline": field.boolean("inline")})
        length += len(name) + len(value)
    if read:
        embed["fields"] = read
    return length


def _url(fields: FieldReader, key: str, *, files: bool = False) -> str | None:
    """Read a link, or the name of a file of the message where `files` are allowed."""
    url = fields.text(key, 2048)
    schemes = ("http://", "https://", "attachment://") if files else ("http://", "https://", "discord://")
    if url and not url.startswith(schemes):
        fields.fault(key, "URL_TYPE_INVALID_SCHEME", f'Scheme "{url.split(":")[0]}" is not supported.')
    return url


def _merge_by_url(embeds: list[Json]) -> list[Json]:
    """Merge embeds with the same URL into the first, as Discord displays them."""
    kept: list[Json] = []
    urls: set[str] = set()
    for embed in embeds:
        url = embed.get("url")
        if url is None or url not in urls:
            kept.append(embed)
        if url is not None:
            urls.add(url)
    return kept
