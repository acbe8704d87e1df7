"""Addresses in running text: escaped characters, and angle brackets around addresses that are no links in Discord."""

from __future__ import annotations

import re

from bot.domain.manuscript.links.link_syntax import ESCAPE, encode
from bot.domain.manuscript.offset_tracking import TrackedText
from bot.domain.text.sign_search import has_sign

_ESCAPED = re.compile(
    r"(?P<scheme>https?://)(?P<rest>(?:\\[!-/:-@\[-`{-~]|[^\s<>\\\[\]()`]|\([^\s<>\\\[\]()`]{0,200}+\)){1,2000}+)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(
    r"<(?P<scheme>mailto:|tel:|sms:|file:|ftps?:|sftp:|irc:|news:|xmpp:|magnet:|urn:|doi:|obsidian:|javascript:)"
    r"(?P<rest>[^\s<>]{1,2000})>|<(?P<mail>[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})>",
    re.IGNORECASE,
)
_ESCAPED_IN_BRACKETS = re.compile(r"<(?P<address>https?://[^\s<>\\]*+\\[^\s<>]{0,2000})>", re.IGNORECASE)
_MARKS = frozenset("*|()[]")
_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?(?P<rest>[^\s/?#.]{1,63}(?:\.[^\s/?#.]{1,63}){1,8}(?:[/?#]\S*)?)", re.IGNORECASE
)


def names_address(label: str, address: str) -> bool:
    """Return whether a label is the address that it leads to, or the name of that site."""
    label = ESCAPE.sub(r"\1", label).strip("<>").rstrip("/")
    found = _ADDRESS.fullmatch(label)
    target = _ADDRESS.fullmatch(encode(address).rstrip("/"))
    if found is None or target is None:
        return label.casefold() == address.rstrip("/").casefold()
    site, whole = found["rest"].casefold(), target["rest"].casefold()
    shortened = site.rstrip("…").rstrip(".")
    return (
        encode(site) == whole
        or re.split("[/?#]", whole, maxsplit=1)[0] == site
        or (shortened != site and whole.startswith(shortened))
    )


def read_addresses(draft: TrackedText) -> None:
    r"""Unescape addresses, as other tools write them: `https://x.org/a\_b`, and drop what is around `<a@b.c>`."""
    text = draft.text
    if "\\" in text and has_sign(text, "://"):
        draft.replace(_ESCAPED_IN_BRACKETS, lambda found: f"<{encode(ESCAPE.sub(_plain, found['address']))}>")
        draft.replace(_ESCAPED, _unescaped)
    if "<" in text and (":" in text or "@" in text):
        draft.replace(_IN_BRACKETS, _content)


def _plain(found: re.Match[str]) -> str:
    return f"%{ord(found[1]):02X}" if found[1] in _MARKS else found[1]


def _unescaped(found: re.Match[str]) -> str | None:
    r"""Return the address without backslashes, apart from those behind its end: `\_https://x.org/\_`."""
    rest = found["rest"]
    if "\\" not in rest:
        return None
    end = len(rest)
    while end and not (rest[end - 1].isalnum() or rest[end - 1] in "/%=&#"):
        end -= 2 if rest[max(0, end - 2)] == "\\" else 1
    end = max(0, end)
    if "\\" not in rest[:end]:
        return None
    return found["scheme"] + ESCAPE.sub(_plain, rest[:end]) + rest[end:]


def _content(found: re.Match[str]) -> str:
    if found["mail"]:
        return _literal(found["mail"])
    scheme = found["scheme"].lower()
    return _literal(
        found["rest"] if scheme in ("mailto:", "tel:", "sms:") else found["scheme"] + found["rest"]
    )


def _literal(text: str) -> str:
    """Escape the marks in an address that is no link."""
    return re.sub(r"[*_~|`]", r"\\\g<0>", text)
