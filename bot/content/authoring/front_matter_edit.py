"""Changes of keys in a chapter's front matter or in a story file, which leave comments and all else as they are."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from bot.content.chapters.front_matter import split
from bot.content.chapters.front_matter_forms import MatterForm

_WIDTH = 4096
"""Characters of a line that is written as it is, so that wrapped texts stay as they were."""

_CURLY = ("“", "”", "„", "‘", "’", "‚", "«", "»")
"""Signs that at the beginning of a value are taken for straight quotes, as word processors write them."""

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


class UnchangeableText(ValueError):
    """The keys cannot be changed without spoiling what is written; the message says what to do."""


class _TextResolver(VersionedResolver):
    """Resolver that takes every scalar for text, as `bot.schemas.yaml_source` does."""

    @property
    def versioned_resolver(self) -> dict[Any, Any]:
        """The patterns of numbers, days and the like: none."""
        return {}


def change_front_matter(text: str, changes: Mapping[str, Any]) -> str:
    """Return a chapter's text with keys of its front matter changed; a value of None takes the key out.

    Keys of a section are written with a dot: `suggestions.prompt`.

    Raises:
        UnchangeableText: the front matter is at fault, or is no YAML at the top of the text.
    """
    parts = split(text)
    if parts.matter is None and parts.closed:
        matter = change_keys("", changes)
        return f"---\n{matter}---\n{text}" if matter else text
    plain = parts.closed and len(parts.blocks) == 1 and parts.blocks[0].form is MatterForm.YAML
    if not plain or not text.startswith("---\n") or not text.endswith(parts.body):
        raise UnchangeableText(
            "The lines at the top of this chapter are in another form. Change them in the text."
        )
    matter = change_keys(parts.matter or "", changes)
    return f"---\n{matter}---\n{parts.body}" if matter else parts.body


def change_keys(source: str, changes: Mapping[str, Any]) -> str:
    """Return YAML with keys changed, as `change_front_matter` does; empty if no key is left.

    Raises:
        UnchangeableText: the YAML is at fault.
    """
    yaml = _reader()
    try:
        keys = yaml.load(source)
    except YAMLError as error:
        raise UnchangeableText("What is written there has a fault. Correct that first.") from error
    keys = CommentedMap() if keys is None else keys
    if not isinstance(keys, CommentedMap):
        raise UnchangeableText("What is written there has a fault. Correct that first.")
    for name, value in changes.items():
        _change(keys, name.split("."), value)
    if not keys:
        return ""
    written = StringIO()
    yaml.dump(keys, written)
    return written.getvalue()


def _reader() -> YAML:
    """Return a reader by which `007` and `18:00` stay as they are."""
    yaml = YAML()
    yaml.Resolver = _TextResolver
    yaml.preserve_quotes = True
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _change(keys: CommentedMap, path: list[str], value: Any) -> None:
    name, *rest = path
    # Front matter may have been written with capitals.
    written = next((key for key in keys if str(key).casefold() == name), name)
    if not rest:
        if value is None:
            keys.pop(written, None)
        else:
            keys[written] = _scalar(value)
        return
    section = keys.get(written)
    if not isinstance(section, CommentedMap):
        if value is None:
            return
        section = keys[written] = CommentedMap()
    _change(section, rest, value)
    if not section:
        keys.pop(written)


def _scalar(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return CommentedMap({str(key): _scalar(each) for key, each in value.items() if each is not None})
    if isinstance(value, (list, tuple)):
        return [_scalar(each) for each in value]
    text = str(value)
    if text in _NOTHING or text.startswith(_CURLY):
        return DoubleQuotedScalarString(text)
    return LiteralScalarString(f"{text.rstrip()}\n") if "\n" in text.strip() else text
