"""Pictures that are written into a page as `data:` addresses, which get a key instead."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from functools import partial
from hashlib import sha256

_DATA = re.compile(
    r"data:image/(?P<kind>png|jpe?g|gif|webp|bmp|avif)(?:;[a-z-]{1,20}=[\w-]{1,20}){0,3};base64,(?P<data>[A-Za-z0-9+/=\s%]*+)",
    re.IGNORECASE,
)
_ANY_DATA = re.compile(r"data:[a-z]{1,20}/[\w.+-]{1,80}(?:;[\w=-]{1,60}){0,4},[^\"'\s)>]*+", re.IGNORECASE)
_LEAST = 100
"""Letters of data that only a counter's picture, of one pixel, has less of."""


def take_embedded_pictures(text: str) -> tuple[str, dict[str, Callable[[], bytes]]]:
    """Return a page with a key in place of each embedded picture, and the pictures by key."""
    pictures: dict[str, Callable[[], bytes]] = {}
    if "data:" not in text:
        return text, pictures

    def take(found: re.Match[str]) -> str:
        data = re.sub(r"\s+", "", found["data"].replace("%2B", "+").replace("%2F", "/").replace("%3D", "="))
        if len(data) < _LEAST:
            return ""
        kind = found["kind"].lower().replace("jpeg", "jpg")
        key = f"picture-{sha256(data.encode()).hexdigest()[:12]}.{kind}"
        pictures[key] = partial(_decode, data)
        return key

    return _ANY_DATA.sub("", _DATA.sub(take, text)), pictures


def _decode(data: str) -> bytes:
    try:
        return base64.b64decode(data + "=" * (-len(data) % 4))
    except binascii.Error:
        return b""
