"""Damage and malice done to real files, the same for the same random numbers."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from random import Random

_TAG = re.compile(rb"<[^<>]{1,400}>")
_VALUE = re.compile(rb'"[^"<>]{0,200}"')
_ODD_VALUES = (
    *(
        b"",
        b"-1",
        b"0",
        b"99999999999999999999",
        b"1e999",
        b"NaN",
        b"\xc3\xa4",
        b"../../../../tmp/out",
        b"/etc/passwd",
    ),
    *(
        b"none",
        b"\xff\xfe",
        b"%00",
        b"a" * 5000,
        b"&#0;",
        b"&#x10FFFF;",
        b"javascript:x",
        b"file:///etc/passwd",
        b"\t\n",
    ),
)
_ODD_BYTES = (
    *(
        b"\0",
        b"\xff" * 40,
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
        b"&b;",
        b"<![CDATA[",
        b"]]>",
        b"<" * 300,
        b"<a>" * 300,
    ),
    *(
        b"</p>",
        b"<w:p>",
        b"\r",
        b"\x1b",
        b"[^1]",
        b"***",
        b"```",
        b"\xf0\x9f\x98\x80",
        b"\xed\xa0\x80",
        b"*_" * 200,
    ),
    *("\u202e\u0301\u200d".encode(), b"|" * 200, b"> " * 300, b"\n" * 3000, b"[" * 500, b"(" * 500),
)
_ODD_NAMES = (
    "../out",
    "/tmp/out",
    "C:\\out",
    "a\\..\\..\\out",
    "word/document.xml",
    "x" * 300,
    ".hidden",
    "a/b/c/d",
)


def mutate(raw: bytes, random: Random) -> bytes:
    """Return a file that is damaged in up to four ways, inside of an archive where it is one."""
    for _ in range(random.randint(1, 4)):
        if raw[:2] == b"PK" and random.random() < 0.75:
            raw = _in_archive(raw, random)
        elif random.random() < 0.5:
            raw = _in_markup(raw, random)
        else:
            raw = _in_bytes(raw, random)
    return raw


def _in_archive(raw: bytes, random: Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = [(each.filename, archive.read(each)) for each in archive.infolist()]
    except Exception:
        return _in_bytes(raw, random)
    if not members:
        return raw
    at = random.randrange(len(members))
    name, content = members[at]
    way = random.random()
    if way < 0.7:
        change = random.choice((_in_markup, _in_markup, _in_bytes, mutate))
        members[at] = name, change(content, random)
    elif way < 0.8:
        members[at] = random.choice(_ODD_NAMES), content
    elif way < 0.9:
        del members[at]
    else:
        other = random.randrange(len(members))
        members[at], members[other] = (name, members[other][1]), (members[other][0], content)
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for each, data in members:
            archive.writestr(each, data)
    return file.getvalue()


def _in_markup(raw: bytes, random: Random) -> bytes:
    tags = list(_TAG.finditer(raw[:200_000]))
    if not tags:
        return _in_bytes(raw, random)
    one, other = random.choice(tags), random.choice(tags)
    way = random.random()
    if way < 0.3 and (values := list(_VALUE.finditer(raw[:200_000]))):
        value = random.choice(values)
        return raw[: value.start() + 1] + random.choice(_ODD_VALUES) + raw[value.end() - 1 :]
    if way < 0.5:
        return raw[: one.start()] + raw[one.end() :]
    if way < 0.7:
        return raw[: one.start()] + other[0] + raw[one.end() :]
    if way < 0.85:
        first, last = sorted((one.start(), other.start()))
        return raw[:last] + raw[first:last] * random.choice((1, 2, 30)) + raw[last:]
    return raw[: one.end()] + random.choice(_ODD_BYTES) + raw[one.end() :]


def _in_bytes(raw: bytes, random: Random) -> bytes:
    at, end = sorted((random.randint(0, len(raw)), random.randint(0, len(raw))))
    way = random.random()
    if way < 0.3:
        return raw[:at] + bytes([random.randrange(256)]) + raw[at + 1 :]
    if way < 0.45:
        return raw[:at]
    if way < 0.6:
        return raw[:at] + raw[end:]
    if way < 0.75 and end - at < 20_000:
        return raw[:end] + raw[at:end] + raw[end:]
    return raw[:at] + random.choice(_ODD_BYTES) + raw[at:]
