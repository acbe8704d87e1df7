"""Base of every schema that a person fills in, and the value types they share."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.domain.text.terminal_escaping import find_stray_control, find_unfit_character

OWN = "fascicle"
"""The type of the errors that bring their own words."""

_LARGEST_ID = 2**63 - 1


class Schema(BaseModel):
    """A group of keys. A key without a value counts as absent; an unknown key is a fault."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, hide_input_in_errors=True
    )

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        return {key: value for key, value in data.items() if value is not None or key not in cls.model_fields}


def validation_error(problem: str, mend: str) -> PydanticCustomError:
    """Return an error that says what is wrong and how to mend it."""
    return PydanticCustomError(OWN, "{problem}", {"problem": problem, "mend": mend})


def one_line(value: str) -> str:
    """Return a name or title if it fits on a line. Control characters are reported where the YAML is read."""
    if find_stray_control(value) is None and (unfit := find_unfit_character(value)) is not None:
        problem = (
            "this is more than one line" if "\n" in value else f"there is an invisible character, {unfit}"
        )
        raise validation_error(problem, "Write it anew, on one line, without what was pasted along.")
    return value


Name = Annotated[str, AfterValidator(one_line)]
"""Text that stands in a line: an id, a title, a name, a tag."""


def _discord_id(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        number = value
    elif isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        number = int(value.strip()[:20])
    else:
        number = 0
    if not 0 < number <= _LARGEST_ID:
        raise validation_error(
            "this is not a Discord id",
            "Ids are digits only, such as 100000000000000001: turn on Developer Mode in Discord, then “Copy ID”.",
        )
    return number


_WrittenId = int | Annotated[str, Field(pattern="^[0-9]+$")]
DiscordId = Annotated[int, BeforeValidator(_discord_id, json_schema_input_type=_WrittenId)]
"""The id of a person, server or channel: a number, or its digits as text."""


def nearest_word(word: object, known: list[str], *, likeness: float = 0.5) -> str | None:
    """Return the known word that `word` was probably meant to be, at a likeness from 0 to 1, or None."""
    folded = {name.casefold(): name for name in reversed(known)}
    close = get_close_matches(str(word).casefold().replace("-", "_"), folded, n=1, cutoff=likeness)
    return folded[close[0]] if close else None


def suggestion(word: object, known: list[str], *, none: str) -> str:
    """Return `Did you mean “…”?`, or `none` if no known word is near."""
    near = nearest_word(word, known)
    return f"Did you mean “{near}”?" if near else none


Text = Annotated[str, Field(max_length=4000)]
Words = tuple[Annotated[Name, Field(min_length=1, max_length=100)], ...]
