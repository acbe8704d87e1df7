"""Reader of one JSON object, field by field, that collects faults with their paths."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from discord_sandbox.discord_objects import Json
from discord_sandbox.errors import Problems
from discord_sandbox.snowflakes import parse

Path = tuple[str | int, ...]


class FieldReader:
    """Reader of one object of a body; a faulty field is reported and read as a harmless default."""

    def __init__(self, data: Any, problems: Problems, path: Path = ()) -> None:
        self.problems = problems
        self.path = path
        if not isinstance(data, dict):
            self.fault("", "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
            data = {}
        self.data: Json = data

    def fault(self, key: str | int, code: str, message: str) -> None:
        """Report a fault of the field `key` (empty: of the object itself)."""
        self.problems.add((*self.path, key) if key != "" else self.path, code, message)

    def has(self, key: str) -> bool:
        """Return whether the field is present and not null."""
        return self.data.get(key) is not None

    def require(self, *keys: str) -> bool:
        """Report each missing field, and return whether all are present."""
        for key in keys:
            if not self.has(key):
                self.fault(key, "BASE_TYPE_REQUIRED", "This field is required")
        return all(self.has(key) for key in keys)

    def text(self, key: str, longest: int, shortest: int = 0, *, trim: bool = False) -> str | None:
        """Read a text within bounds, counted in code points."""
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self.fault(key, "BASE_TYPE_BAD_TYPE", "Could not interpret value as string.")
            return None
        if trim:
            value = value.strip()
        if len(value) > longest:
            self.fault(key, "BASE_TYPE_MAX_LENGTH", f"Must be {longest} or fewer in length.")
        elif len(value) < shortest:
            self.fault(key, "BASE_TYPE_MIN_LENGTH", f"Must be {shortest} or more in length.")
        return value

    def integer(self, key: str, lowest: int, highest: int, default: int = 0) -> int:
        """Read an integer within bounds."""
        value = self.data.get(key)
        if value is None:
            return default
        value = _whole(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self.fault(key, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
            return default
        if not lowest <= value <= highest:
            self.fault(key, "NUMBER_TYPE_MAX", f"int value should be between {lowest} and {highest}.")
        return value

    def boolean(self, key: str, default: bool = False) -> bool:
        """Read a boolean."""
        value = self.data.get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fault(key, "BASE_TYPE_BAD_TYPE", "Must be either true or false.")
            return default
        return value

    def choice(self, key: str, allowed: Collection[int]) -> int | None:
        """Read one of some numbers."""
        value = _whole(self.data.get(key))
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value not in allowed:
            names = ", ".join(map(str, sorted(allowed)))
            self.fault(key, "BASE_TYPE_CHOICES", f"Value must be one of {{{names}}}.")
            return None
        return value

    def snowflake(self, key: str) -> int | None:
        """Read an id, as text or number."""
        value = self.data.get(key)
        if value is None:
            return None
        read = _snowflake(value)
        if read is None:
            self.fault(key, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')
        return read

    def snowflakes(self, key: str, most: int) -> list[int]:
        """Read a list of ids."""
        found = []
        for index, value in enumerate(self.items(key, most)):
            read = _snowflake(value)
            if read is not None:
                found.append(read)
            else:
                self.problems.add(
                    (*self.path, key, index), "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.'
                )
        return found

    def items(self, key: str, most: int, fewest: int = 0) -> list[Any]:
        """Read a list within bounds."""
        value = self.data.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(key, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return []
        if not fewest <= len(value) <= most:
            self.fault(key, "BASE_TYPE_BAD_LENGTH", f"Must be between {fewest} and {most} in length.")
        return value

    def objects(self, key: str, most: int, fewest: int = 0) -> Iterator[FieldReader]:
        """Read a list of objects within bounds."""
        for index, value in enumerate(self.items(key, most, fewest)):
            yield FieldReader(value, self.problems, (*self.path, key, index))

    def object(self, key: str) -> FieldReader:
        """Read a nested object."""
        return FieldReader(self.data.get(key), self.problems, (*self.path, key))

    def mapping(self, key: str) -> Json | None:
        """Read an object that is passed on unchanged."""
        value = self.data.get(key)
        if value is not None and not isinstance(value, dict):
            self.fault(key, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
            return None
        return value

    def texts_by_locale(self, key: str, longest: int) -> Json | None:
        """Read the localizations of a text."""
        value = self.mapping(key)
        if value is None:
            return None
        inner = FieldReader(value, self.problems, (*self.path, key))
        return {locale: text for locale in value if (text := inner.text(locale, longest, 1)) is not None}

    def emoji(self, key: str) -> Json | None:
        """Read an emoji: its id and name."""
        value = self.mapping(key)
        if value is None:
            return None
        inner = FieldReader(value, self.problems, (*self.path, key))
        number = inner.snowflake("id")
        return {"id": None if number is None else str(number), "name": inner.text("name", 32)}


def _whole(value: Any) -> Any:
    """Convert a float without a fraction to the integer that Discord reads; return anything else unchanged."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _snowflake(value: object) -> int | None:
    """Return the id given as digits or as a number of at most 64 bits, or None when it is neither."""
    if isinstance(value, str):
        value = parse(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**64:
        return value
    return None
