"""Numbers that are written in words or letters: 二十三, XIV, twenty-one, quatre-vingt-dix."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_DIGITS = {
    char: value
    for value, chars in enumerate(
        ("〇零○", "一壹壱", "二贰貳弐两兩", "三叁參参", "四肆", "五伍", "六陆陸", "七柒漆", "八捌", "九玖")
    )
    for char in chars
}
_SCORES = {"廿": 20, "卅": 30, "卌": 40}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10_000, "萬": 10_000}

EAST_ASIAN = "".join({**_DIGITS, **_SCORES, **_UNITS})
"""The characters that Chinese and Japanese numerals are made of."""

_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_LETTERS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}

_ONES = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
    "siebzehn achtzehn neunzehn",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "fr": "vingt trente quarante cinquante soixante",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
}
_HUNDRED = {
    "en": ("hundred", "one hundred"),
    "de": ("hundert", "einhundert"),
    "fr": ("cent",),
    "es": ("cien",),
}


def east_asian(numeral: str) -> int:
    """The value of a row of `EAST_ASIAN`: 二十三 and 二三 are both 23, 百二十三 is 123, 一千零一 is 1001."""
    if all(char in _DIGITS for char in numeral):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    total = section = digit = 0
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SCORES:
            section += _SCORES[char]
        elif (unit := _UNITS[char]) < 10_000:
            section, digit = section + (digit or 1) * unit, 0
        else:
            total, section, digit = total + (section + digit or 1) * unit, 0, 0
    return total + section + digit


def roman(word: str) -> int | None:
    """The value of a word in small letters that is a Roman numeral as they are written, or None."""
    if not word or not _ROMAN.fullmatch(word):
        return None
    values = [_LETTERS[letter] for letter in word]
    return sum(
        -one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True)
    )


def bare(text: str) -> str:
    """Text in one case and without accents, as words of any language are compared here."""
    folded = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in folded if not unicodedata.combining(char))


def is_slip_of(word: str, label: str) -> bool:
    """Return whether a word is another with one letter missing, too many, wrong, or with two exchanged."""
    if abs(len(word) - len(label)) > 1 or word[:1] != label[:1] or word == label:
        return False
    start = next((at for at, (a, b) in enumerate(zip(word, label, strict=False)) if a != b), len(word))
    rest, other = word[start:], label[start:]
    swapped = rest[:2] == other[1::-1] and rest[2:] == other[2:]
    return swapped or rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]


def _phrases(language: str) -> Iterator[tuple[str, int]]:
    """The numbers to a hundred in words, with the ways to join them."""
    ones, tens = _ONES[language].split(), _TENS[language].split()
    yield from ((word, value) for value, word in enumerate(ones))
    for ten, word in enumerate(tens, 2):
        yield word, 10 * ten
        for one in range(1, 10):
            yield from ((joined, 10 * ten + one) for joined in _joined(language, word, ones[one]))
    if language == "fr":
        yield "quatre-vingts", 80
        for one in range(20):
            yield f"soixante {ones[one]}", 60 + one
            yield f"quatre-vingt {ones[one] if one else ''}", 80 + one
        yield "soixante et onze", 71
    yield from ((word, 100) for word in _HUNDRED[language])


def _joined(language: str, ten: str, one: str) -> tuple[str, ...]:
    if language == "de":
        return (f"{'ein' if one == 'eins' else one}und{ten}",)
    if language == "fr":
        return f"{ten} {one}", f"{ten} et {one}"
    if language == "es":
        return f"{ten} y {one}", f"veinti{one}" if ten == "veinte" else f"{ten} {one}"
    return f"{ten} {one}", f"{ten}{one}"


WORDS = {
    language: {
        " ".join(bare(phrase).replace("-", " ").split()): value for phrase, value in _phrases(language)
    }
    for language in _ONES
}
"""By language: the numbers in words, as `bare` gives them, with a space between words."""

LONGEST_PHRASE = 4
"""Words of a number: quatre vingt dix neuf."""
