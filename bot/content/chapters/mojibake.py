"""Mojibake: text that was saved in one encoding and opened in another, such as `â€œ` for a quotation mark.

It is found and not mended: readers must not see it, and only its author knows the right text for sure.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_TRAIL = (
    "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte)
        for byte in range(0x80, 0xC0)
        if byte not in (0xA0, 0xAD)
    )
    + "\x80-\x84\x86-\x9f\xa0\xad"
)
_TRAIL = _TRAIL.replace("]", "").replace("^", "")
_MAC_TRAIL = bytes(range(0x80, 0xC0)).decode("mac_roman")
_DOS_TRAIL = bytes(range(0x80, 0xC0)).decode("cp437")
_CYRILLIC_TRAIL = bytes(byte for byte in range(0x80, 0xC0) if byte != 0x98).decode("cp1251")
_EAST_TRAIL = bytes(byte for byte in range(0x80, 0xC0)).decode("cp1250", "ignore")

_AS_WEST = re.compile(
    rf"""â€[{_TRAIL}"]? | ï»¿ | ï¿½
    | Ã[\xa1-\xba\xbc-\xbfƒ] | (?<=[a-zß])Ã[{_TRAIL}] | Ã[Ÿ„–œ‚‡](?=[a-z])
    | Â[\xa0-\xba\xbf] | (?<![^\W_])Â«
    | (?:[Ã-ß][{_TRAIL}]){{3,}}+ | (?:[à-ï][{_TRAIL}]{{2}}){{2,}}+ | ðŸ[{_TRAIL}]{{2}}
    | [ÅÄ][™‚¡¾›¯º¼¶‡¢¥](?=[^\W\d_]) | (?<=[a-z])[ÅÄ][™‚¡¾›¯º¼¶‡¢¥…]""",
    re.VERBOSE,
)
_OTHERS = (
    (
        re.compile(rf"‚Ä[{_MAC_TRAIL}] | √[©®†∂ºüßÅÉñáàç±≥•™] | (?:[–—][{_MAC_TRAIL}]){{4,}}+", re.VERBOSE),
        "mac_roman",
        "Mac Roman",
    ),
    (
        re.compile(rf"ΓÇ[{re.escape(_DOS_TRAIL)}] | ├[{re.escape(_DOS_TRAIL)}](?=[a-z])", re.VERBOSE),
        "cp437",
        "DOS 437",
    ),
    (
        re.compile(
            rf"(?<=[a-z])[ГЕД][Ѓ-џҐ©¤¶„…ѕ] | (?:[РС][{_CYRILLIC_TRAIL}]){{3,}}+ | вЂ[{_CYRILLIC_TRAIL}]",
            re.VERBOSE,
        ),
        "cp1251",
        "Windows-1251",
    ),
    (
        re.compile(r"Ă[©¤¶Ľłˇ˘«] | Ĺ[‚›„ş‘™ˇľĄ] | (?<=[a-z])[ĂÄ][„–˝\xad](?=[a-z])", re.VERBOSE),
        "cp1250",
        "Windows-1250",
    ),
)
_WESTERN_SIGNS = ("â€".encode(), "Ã".encode(), "Â".encode())
_WESTERN_BYTES = re.compile(
    rb"\xc3[\x80-\xbf](?:\xc2[\x80-\xbf]|\xe2[\x80-\x84]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92|\xcb)"
)
_OTHER_SIGNS = tuple(sign.encode() for sign in ("‚Ä", "√", "ΓÇ", "├", "вЂ", "Ă", "Ĺ", "–ü", "—Ä", "–∏"))
_CYRILLIC_BYTES = re.compile(rb"\xd0[\xa0\xa1](?:\xd0[\x80-\x8f]|\xd1[\x90\x92-\x9f]|[\xc2\xd2\xe2])")
_LATIN_RUN = re.compile(rb"(?:\xc3[\x80-\xbf]){3}")
_CYRILLIC_AS_LATIN = re.compile("(?<![^\\W_])(?:[À-ÖØ-öø-ÿ]{3,40}[ ,.!?]{1,3}){3}")
_SWAPPED_CASE = re.compile("(?<![^\\W_])[а-яё][А-ЯЁ]{2,}")
_RUN = re.compile(r"[^\x00-\x7f]{4,60}")
_READ_AS = {"cp1250": "Windows-1250", "cp1251": "Windows-1251", "mac_roman": "Mac Roman", "cp437": "DOS 437"}
_READ_AS |= {"gb18030": "GB18030"}
_MOST_RUNS = 24
_FEWEST_SWAPPED = 2
_FEWEST_BYTES = 6
_FEWEST_LETTERS = 6
_HAN_BYTES = tuple(sign.encode() for sign in ("锟斤拷", "烫烫烫", "鈥", "縺", "繧"))
_HAN_LEAD = re.compile(rb"[\xe4-\xe9]")
_BETWEEN_LATIN = re.compile("[a-z][\u4e00-\u9fff][a-z]")
_HAN_SIGNS = re.compile(
    "锟斤拷|烫烫烫|鈥[渃檚滄攢]|[縺繧][\uff61-\uff9f\u4e00-\u9fff]|(?<=[a-z])[\u4e00-\u9fff](?=[a-z])"
)
_SEARCHED = 4_000
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Mojibake:
    """The first piece of mojibake in a text, the number of pieces, and what happened to them."""

    at: int
    written: str
    meant: str
    encodings: str
    count: int


def find_mojibake(text: str, raw: bytes) -> Mojibake | None:
    """Return the mojibake in a text; `raw` is the same text in UTF-8, in which its signs are found faster.

    Windows-1252 is looked for everywhere, because it is often pasted, other encodings in the first pages.
    """
    start = raw[:_SEARCHED]
    western = b"\xc3" in raw and (
        any(sign in raw for sign in _WESTERN_SIGNS) or _WESTERN_BYTES.search(start) is not None
    )
    if western and (found := _first(_AS_WEST, text, "cp1252", "Windows-1252")):
        return found
    if start.isascii():
        return None
    text = text[:_SEARCHED]
    if _CYRILLIC_BYTES.search(start) or any(sign in start for sign in _OTHER_SIGNS):
        for pattern, codec, name in _OTHERS:
            if (found := _first(pattern, text, codec, name)) is not None:
                return found
    return _misread_letters(text, start) or _encoded_back(text)


def _misread_letters(text: str, start: bytes) -> Mojibake | None:
    """Return letters that each stand for another one."""
    if _LATIN_RUN.search(start) and (other := _CYRILLIC_AS_LATIN.search(text)):
        written = other[0].strip()
        if len(set(written)) > _FEWEST_LETTERS:
            meant = written.encode("latin-1").decode("cp1251")
            return _one(other.start(), written, meant, "Windows-1251 and read as Windows-1252")
    if b"\xd0" in start and len(swapped := list(_SWAPPED_CASE.finditer(text))) > _FEWEST_SWAPPED:
        return _one(swapped[0].start(), swapped[0][0], "", "Windows-1251 and read as KOI8-R or the like")
    if _HAN_LEAD.search(start) and (any(sign in start for sign in _HAN_BYTES) or _BETWEEN_LATIN.search(text)):
        known = list(_HAN_SIGNS.finditer(text))
        if len(known) > 1:
            return _one(known[0].start(), known[0][0], "", "UTF-8 and read as GB18030 or Shift-JIS")
    return None


def _one(at: int, written: str, meant: str, encodings: str) -> Mojibake:
    return Mojibake(at, written[:_MOST_SHOWN], meant[:_MOST_SHOWN], encodings, 1)


def _encoded_back(text: str) -> Mojibake | None:
    """Return the first of some runs beyond ASCII that is UTF-8 if encoded as it may have been read."""
    for found, _ in zip(_RUN.finditer(text), range(_MOST_RUNS), strict=False):
        for codec, name in _READ_AS.items():
            try:
                if not _may_begin_utf8(found[0][:2].encode(codec)):
                    continue
                raw = found[0].encode(codec)
                # The last character may be cut.
                meant = codecs.getincrementaldecoder("utf-8")().decode(raw, False)
            except UnicodeError:
                continue
            if 2 <= len(meant) <= len(found[0]) and meant != found[0] and len(raw) >= _FEWEST_BYTES:
                return _one(found.start(), found[0], meant, f"UTF-8 and read as {name}")
    return None


def _may_begin_utf8(raw: bytes) -> bool:
    return 0xC2 <= raw[0] <= 0xF4 and 0x80 <= raw[1] <= 0xBF


def _first(pattern: re.Pattern[str], text: str, codec: str, name: str) -> Mojibake | None:
    found = pattern.search(text)
    if found is None:
        return None
    return Mojibake(
        found.start(),
        found[0][:_MOST_SHOWN],
        _meant(found[0][:_MOST_SHOWN], codec),
        f"UTF-8 and read as {name}",
        sum(1 for _ in pattern.finditer(text)),
    )


def _meant(written: str, codec: str) -> str:
    """Return the text that became this; empty if it cannot be told."""
    raw = b""
    for char in written:
        try:
            raw += char.encode(codec)
        except UnicodeEncodeError:
            raw += char.encode("latin-1", "ignore")
    meant = raw.decode("utf-8", "ignore")
    return meant if meant.isprintable() and meant.strip() else ""
