"""Translation of texts into the reader's language.

English is in the code and is the key; other languages are in `catalogue/<language>.po`. The current language is a
context variable: the code that begins to answer or to post sets it, so that no function has to pass it on.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_decimal

from bot.domain.message_templates import placeholders

ENGLISH = "en"
LANGUAGES = (ENGLISH, "de")
"""The languages that the bot speaks; all but the first have a catalogue."""

_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


def t(message: str, /, **facts: object) -> str:
    """Translate a text and fill in the facts."""
    return _filled(message, _catalogue(_language.get()).gettext(message), facts)


def p(context: str, message: str, /, **facts: object) -> str:
    """Translate a word that other languages have several of; the context tells which is meant."""
    return _filled(message, _catalogue(_language.get()).pgettext(context, message), facts)


def n(singular: str, plural: str, count: int, /, **facts: object) -> str:
    """Translate the text that fits the count, which is a fact too."""
    english = singular if count == 1 else plural
    translated = _catalogue(_language.get()).ngettext(singular, plural, count)
    return _filled(english, translated, {**facts, "count": number(count)}, plural)


def unfilled(message: str) -> str:
    """Translate a text without filling in its facts."""
    translated = _catalogue(_language.get()).gettext(message)
    return translated if _fits(message, translated, message) else message


def later(message: str) -> str:
    """Return the English text itself, marked for the catalogue; `t` translates it when it is needed."""
    return message


def number(count: int) -> str:
    """Format a whole number with thousands separators."""
    return format_decimal(count, locale=_locale(_language.get()))


def compact(count: int) -> str:
    """Format a number in about four characters, if the language has such a format, rounded down: 1.2K."""
    step = 10 ** max(0, (len(str(count)) - 1) // 3 * 3 - 1)
    short = format_compact_decimal(count // step * step, locale=_locale(_language.get()), fraction_digits=1)
    return number(count) if short.isdigit() else short


def day_and_time(moment: datetime) -> str:
    """Format a moment with its weekday, in the zone that it has: Friday 4 December 2026, 18:00."""
    locale = _locale(_language.get())
    return f"{format_date(moment, 'full', locale=locale)}, {format_time(moment, 'HH:mm', locale=locale)}"


def short_day(day: date) -> str:
    """Format a day with its weekday, without the year: Fri 12 Dec."""
    locale = _locale(_language.get())
    if language() == ENGLISH:
        return format_date(day, "EEE d MMM", locale=locale)
    return format_skeleton("MMMEd", day, locale=locale)


def listed(items: Sequence[str], style: Literal["standard", "or"] = "standard") -> str:
    """Join several things in one phrase: a, b, and c."""
    return format_list(items, style=style, locale=_locale(_language.get()))


def language() -> str:
    """Return the current language."""
    return _language.get()


@contextmanager
def in_language(locale: str | None) -> Iterator[None]:
    """Translate, within the context, into the language nearest to Discord's locale (`de`, `en-GB`), else English."""
    token = _language.set(nearest_language(locale))
    try:
        yield
    finally:
        _language.reset(token)


def nearest_language(locale: str | None) -> str:
    """Return the bot's language nearest to a locale of Discord's."""
    wanted = (locale or "").replace("_", "-").partition("-")[0].lower()
    return wanted if wanted in LANGUAGES else ENGLISH


def _filled(english: str, translated: str, facts: Mapping[str, object], most: str | None = None) -> str:
    return (translated if _fits(english, translated, most or english) else english).format_map(facts)


@lru_cache(maxsize=4096)
def _fits(english: str, translated: str, most: str) -> bool:
    """Return whether a translation takes the facts that the English text takes, and none that `most` does not.

    A wrong translation must not break an answer, nor omit a fact. Only a count may be omitted.
    """
    try:
        return translated == english or placeholders(english) - {"count"} <= placeholders(
            translated
        ) <= placeholders(most)
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
