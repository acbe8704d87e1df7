"""Saying something in the reader's language.

English stands in the code and is the key; other languages stand in `catalogue/<language>.po`. The language of the
moment is a context variable: whoever begins to answer or to post sets it, and nobody below passes it on.
"""

from __future__ import annotations

import io
import string
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from typing import Literal

from babel import Locale
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_decimal

ENGLISH = "en"
LANGUAGES = (ENGLISH, "de")
"""The languages that the bot speaks; all but the first have a catalogue."""

_speaking: ContextVar[str] = ContextVar("speaking", default=ENGLISH)


def t(message: str, /, **facts: object) -> str:
    """The English sentence in the language of the moment, filled with the facts."""
    return _filled(message, _catalogue(_speaking.get()).gettext(message), facts)


def p(context: str, message: str, /, **facts: object) -> str:
    """The same for a word that English has one of and other languages several; the context tells which is meant."""
    return _filled(message, _catalogue(_speaking.get()).pgettext(context, message), facts)


def n(singular: str, plural: str, count: int, /, **facts: object) -> str:
    """The English sentence that fits the count, in the language of the moment; the count itself is a fact too."""
    english = singular if count == 1 else plural
    said = _catalogue(_speaking.get()).ngettext(singular, plural, count)
    return _filled(english, said, {**facts, "count": number(count)}, plural)


def unfilled(message: str) -> str:
    """The English sentence in the language of the moment, its facts still to be filled in."""
    said = _catalogue(_speaking.get()).gettext(message)
    return said if _fits(message, said, message) else message


def later(message: str) -> str:
    """The English sentence itself, for a table: `t` says it where it is needed. Marks it for the catalogue."""
    return message


def number(count: int) -> str:
    """A whole number with its thousands set apart."""
    return format_decimal(count, locale=_locale(_speaking.get()))


def compact(count: int) -> str:
    """A number in about four characters, where the language has a way to, and never more than there is: 1.2K."""
    step = 10 ** max(0, (len(str(count)) - 1) // 3 * 3 - 1)
    short = format_compact_decimal(count // step * step, locale=_locale(_speaking.get()), fraction_digits=1)
    return number(count) if short.isdigit() else short


def listed(items: Sequence[str], style: Literal["standard", "or"] = "standard") -> str:
    """Several things in one sentence: a, b, and c."""
    return format_list(items, style=style, locale=_locale(_speaking.get()))


def language() -> str:
    """The language of the moment."""
    return _speaking.get()


@contextmanager
def in_language(locale: str | None) -> Iterator[None]:
    """Within, everything is said in the language nearest to the locale, as Discord writes it (`de`, `en-GB`); in
    English where there is none."""
    token = _speaking.set(nearest_language(locale))
    try:
        yield
    finally:
        _speaking.reset(token)


def nearest_language(locale: str | None) -> str:
    """The bot's language nearest to a locale of Discord's."""
    wanted = (locale or "").replace("_", "-").partition("-")[0].lower()
    return wanted if wanted in LANGUAGES else ENGLISH


def placeholders(message: str) -> frozenset[str]:
    """The names of the facts that a message takes.

    Raises:
        ValueError: its braces do not match.
    """
    return frozenset(name for _, name, _, _ in string.Formatter().parse(message) if name is not None)


def _filled(english: str, said: str, facts: Mapping[str, object], most: str | None = None) -> str:
    return (said if _fits(english, said, most or english) else english).format_map(facts)


@lru_cache(maxsize=4096)
def _fits(english: str, said: str, most: str) -> bool:
    """Whether a translation takes the facts that the English sentence takes, and none that `most` does not: one that
    went wrong shall not break an answer, nor leave out what it is about. Only a count may go unsaid."""
    try:
        return said == english or placeholders(english) - {"count"} <= placeholders(said) <= placeholders(
            most
        )
    except ValueError:
        return False


@lru_cache
def _catalogue(language: str) -> NullTranslations:
    if language == ENGLISH:
        return NullTranslations()
    text = (files(__package__) / "catalogue" / f"{language}.po").read_bytes()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(text), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


@lru_cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)
