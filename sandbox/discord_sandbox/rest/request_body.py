"""Request bodies: JSON, or a form with `payload_json` and files."""

from __future__ import annotations

import json
import re
from typing import Any

from aiohttp import BodyPartReader, web

from discord_sandbox.errors import ApiError
from discord_sandbox.operations.attachments import Upload

LARGEST = 25 * 1024 * 1024
"""Maximum bytes of one request."""
_FILE = re.compile(r"files\[(\d{1,2})\]")


async def read_body(request: web.Request) -> tuple[Any, dict[int, Upload]]:
    """Return the JSON of a request and its files by number.

    Raises:
        ApiError: 40005 too large, 50109 not JSON.
    """
    if (request.content_length or 0) > LARGEST:
        raise ApiError(40005)
    if request.content_type == "multipart/form-data":
        return await _read_form(request)
    try:
        text = await request.text()
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(40005) from None
    return (parse(text) if text else None), {}


async def _read_form(request: web.Request) -> tuple[Any, dict[int, Upload]]:
    body: Any = {}
    uploads: dict[int, Upload] = {}
    size = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        name = part.name or ""
        data = bytes(await part.read(decode=True))
        size += len(data)
        if size > LARGEST:
            raise ApiError(40005)
        numbered = _FILE.fullmatch(name)
        if name == "payload_json":
            body = parse(data.decode("utf-8", "replace"))
        elif part.filename is not None:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            number = int(numbered[1]) if numbered else len(uploads)
            uploads[number] = Upload(part.filename, _guess_type(part.filename, kind), data)
    return body, uploads


def _guess_type(filename: str, kind: str) -> str:
    """Return a file's type, guessed by its name where the client does not say, as Discord does."""
    if kind != "application/octet-stream":
        return kind
    endings = {
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
        "txt": "text/plain; charset=utf-8", "md": "text/markdown; charset=utf-8", "json": "application/json",
        "csv": "text/csv; charset=utf-8",
    }  # fmt: skip
    return endings.get(filename.rsplit(".", 1)[-1].lower(), kind)


def parse(text: str) -> Any:
    """Parse JSON.

    Raises:
        ApiError: 50109 it is not JSON.
    """
    try:
        return json.loads(text)
    except ValueError:
        raise ApiError(50109) from None
