"""Record of what an import wrote into a story, by which the next one tells the author's changes from the source's."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Set
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from bot.domain.stories.story import chapter_key

RECORD_FILE = ".import.json"

_MATTER = re.compile(r"---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)
_IDENTITY = re.compile(r"^id:[^\n]*\n", re.MULTILINE)


_ALIKE = 0.3
"""Share of a chapter's paragraphs that it still has when it is the same one under another title."""


@dataclass(slots=True)
class ChapterRecord:
    """Origin of a chapter that was imported."""

    key: str
    """Identity of the chapter in the story."""
    title: str
    written: tuple[str, str]
    """Digests of the front matter and of the text that were written last."""
    source: tuple[str, str]
    """Digests of those that the source gave last."""
    paragraphs: tuple[str, ...] = ()
    """Short digests of some paragraphs, by which it is told from another chapter of that place."""


def split_text(text: str) -> tuple[str, str]:
    """Return the lines of a chapter's front matter without its `id`, and the text below."""
    found = _MATTER.match(text)
    return ("", text) if found is None else (_IDENTITY.sub("", found[1]), text[found.end() :])


def identity_line(text: str) -> str:
    """Return the line of the front matter that gives the identity, empty without one."""
    found = _MATTER.match(text)
    line = _IDENTITY.search(found[1]) if found is not None else None
    return line[0] if line is not None else ""


def join_text(matter: str, body: str, identity: str = "") -> str:
    """Return a chapter's text."""
    return f"---\n{identity}{matter}---\n{body}" if matter or identity else body


def digest(text: str) -> str:
    """Return a digest of a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def digests(parts: tuple[str, str]) -> tuple[str, str]:
    """Return the digests of front matter and text."""
    return digest(parts[0]), digest(parts[1])


def paragraph_digests(body: str) -> tuple[str, ...]:
    """Return short digests of a text's first hundred paragraphs."""
    return tuple(digest(each.strip())[:8] for each in body.split("\n\n")[:100] if each.strip())


def read_record(story: Path) -> dict[str, ChapterRecord]:
    """Return the records by the chapters' keys in their source; none if there was no import or the file is damaged."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        data = json.loads((story / RECORD_FILE).read_text(encoding="utf-8"))
        return {
            source_key: ChapterRecord(
                str(each["key"]),
                str(each["title"]),
                (str(each["written"][0]), str(each["written"][1])),
                (str(each["source"][0]), str(each["source"][1])),
                tuple(map(str, each["paragraphs"])),
            )
            for source_key, each in data["chapters"].items()
        }
    return {}


def read_refused(story: Path) -> frozenset[str]:
    """Return the decisions of imports that the author has undone; none if the file is missing or damaged."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        data = json.loads((story / RECORD_FILE).read_text(encoding="utf-8"))
        return frozenset(map(str, data.get("refused", ())))
    return frozenset()


def record_text(records: dict[str, ChapterRecord], refused: Set[str]) -> str:
    """Return the text of the file that holds both."""
    data = {
        "version": 1,
        "refused": sorted(refused),
        "chapters": {key: asdict(each) for key, each in records.items()},
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def are_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two chapters share so many paragraphs that they are one, under another title perhaps."""
    shared = len(set(one) & set(other))
    return shared >= _ALIKE * max(1, min(len(set(one)), len(set(other))))


def key_of(file: str, text: str) -> str:
    """Return the identity of a chapter by its file's name and text."""
    given = identity_line(text).removeprefix("id:").strip().strip("\"'")
    return chapter_key(file.rpartition(".")[0], given or None)
