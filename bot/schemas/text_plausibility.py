"""Plausibility of a reading of bytes: the language it is in, and how well its characters fit that language."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.schemas.common_words import ENGLISH_LOANS, HAN, KANJI, LANGUAGES, SYLLABLES, Language

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PART = re.compile(r"['’-]")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fc]")
_IDEOGRAPHS = re.compile("[\u3400-\u9fff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_EAST_ASIAN_SIGNS = re.compile(
    "[\u2010-\u2027\u2030-\u203e\u00b7\u00d7\u3000-\u301f\u30fb\uff01-\uff5e―※○●★☆◆◇■□]"
)
_BETWEEN_LETTERS = frozenset("’–—·\xa0\xad")
_SIGNS = frozenset("“”‘’„‚«»‹›…–—•·\xa0\xad¿¡§°€£©®™½¼¾ªº²³×†‡−،؟؛״׳№¹")
_BEFORE_LETTERS = frozenset("“„«‹¿¡")
_AFTER_LETTERS = frozenset("”’…·")
_BESIDE_DIGITS = frozenset("§°€£−½¼¾²³№¹")
_REJECTED = frozenset(("Cc", "Cn", "Co", "Cs"))


@dataclass(frozen=True, slots=True)
class AssessedText:
    """A text as some encoding reads it.

    `fit` is the share of its characters beyond ASCII that belong to `language`, `likeness` the share of its words
    (characters, in scripts without spaces) that are among the most frequent ones; `evidence` counts the former.
    """

    text: str
    encoding: str
    language: str = ""
    likeness: float = 0.0
    fit: float = 0.0
    evidence: int = 0
    needed: tuple[float, int] = (1.0, 1)

    @property
    def score(self) -> float:
        """The likeness compared with the one needed, less what does not fit; a wrong reading has next to none."""
        return self.likeness / self.needed[0] * self.fit

    @property
    def is_possible(self) -> bool:
        """True if a person might take it for a text."""
        return self.fit >= 0.6 and self.likeness >= self.needed[0] / 3 and self.evidence > 0

    @property
    def is_certain(self) -> bool:
        """True if it is in a known language, as far as it can be told without its rivals."""
        return self.fit >= 0.97 and self.likeness >= self.needed[0] and self.evidence >= self.needed[1]


def assess(text: str, encoding: str, script: str) -> AssessedText | None:
    """Assess a reading by the languages of a script; None if it holds what no text does."""
    beyond = Counter(_BEYOND.findall(text))
    if any(unicodedata.category(char) in _REJECTED for char in beyond):
        return None
    if script in ("Chinese", "Japanese", "Korean"):
        return _east_asian(text, encoding, script, beyond)
    return _alphabetic(text, encoding, script)


def differing_share(one: AssessedText, other: AssessedText) -> float:
    """Return the share of the characters in which two readings differ that fit the language of the first."""
    language = LANGUAGES.get(one.language)
    places = [at for at, pair in enumerate(zip(one.text, other.text, strict=True)) if pair[0] != pair[1]]
    if language is None or not places:
        return 0.0
    loans = _loans(one.text) if one.language == "English" else frozenset()
    return sum(_fits(one.text, at, language) or at in loans for at in places) / len(places)


def _alphabetic(text: str, encoding: str, script: str) -> AssessedText | None:
    words = Counter(part for word in _WORD.findall(text.lower()) for part in {word, *_PART.split(word)})
    shares = {
        name: _thai_share(text, language)
        if script == "Thai"
        else sum(words[word] for word in language.words) / max(words.total(), 1)
        for name, language in LANGUAGES.items()
        if language.script == script
    }
    name = max(shares, key=lambda each: shares[each])
    language = LANGUAGES[name]
    places = [found.start() for found in _BEYOND.finditer(text)]
    loans = _loans(text) if name == "English" else frozenset()
    good = [at for at in places if at in loans or _fits(text, at, language)]
    evidence = len({text[max(at - 1, 0) : at + 2] for at in good})
    needed = (0.15, 5) if script == "Latin" else (0.12, 24)
    return AssessedText(text, encoding, name, shares[name], len(good) / max(len(places), 1), evidence, needed)


def _fits(text: str, at: int, language: Language) -> bool:
    char = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if (before + after).isdecimal() or (before.isdecimal() and char.isalpha()):
        return False
    if char in language.letters:
        return not (after.isdecimal() or (char.isupper() and before.islower()))
    if char not in _SIGNS:
        return False
    if char in _BESIDE_DIGITS:
        return any(near.isdecimal() for near in text[max(at - 2, 0) : at + 3])
    if char in _AFTER_LETTERS and after.isalpha() and not before.isalpha() and language.script != "Latin":
        return False
    if char in _BEFORE_LETTERS and after.isspace() and char not in "«“":
        return False
    return char in _BETWEEN_LETTERS or not (before.isalpha() and after.isalpha())


def _loans(text: str) -> frozenset[int]:
    """Return the places of letters in words that English has taken over with them."""
    return frozenset(
        at
        for found in _WORD.finditer(text)
        if found[0].lower() in ENGLISH_LOANS
        for at in range(*found.span())
    )


def _thai_share(text: str, language: Language) -> float:
    thai = sum("\u0e00" < char < "\u0e7f" for char in text)
    return sum(len(word) * text.count(word) for word in language.words) / thai if thai else 0.0


def _east_asian(text: str, encoding: str, script: str, beyond: Counter[str]) -> AssessedText:
    joined = "".join(beyond)
    kana = _total(beyond, _KANA.findall(joined))
    hangul = _total(beyond, _HANGUL.findall(joined))
    ideographs = _total(beyond, _IDEOGRAPHS.findall(joined))
    signs = _total(beyond, _EAST_ASIAN_SIGNS.findall(joined))
    if script == "Korean":
        own, frequent, most = hangul, _total(beyond, SYLLABLES & beyond.keys()), hangul
    elif script == "Japanese":
        own, frequent, most = kana + ideographs, _total(beyond, KANJI & beyond.keys()), ideographs
        own = own if kana > ideographs * 0.25 else 0
    else:
        own, frequent, most = ideographs, _total(beyond, HAN & beyond.keys()), ideographs
    latin = sum(char.isalpha() for char in text) - own
    fit = (own + signs) / max(beyond.total(), 1) if own > latin else 0.0
    return AssessedText(text, encoding, script, frequent / max(most, 1), fit, len(beyond), (0.28, 20))


def _total(counts: Counter[str], chars: Iterable[str]) -> int:
    return sum(counts[char] for char in chars)
