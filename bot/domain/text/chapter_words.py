"""The words for chapters and other divisions of a book, in many languages."""

from __future__ import annotations

import re
import unicodedata

CHAPTERS = {
    "en": "chapter chap ch",
    "de": "kapitel kap",
    "fr": "chapitre",
    "es": "capítulo capitulo cap",
    "ru": "глава",
    "el": "κεφάλαιο κεφ",
    "ar": "الفصل فصل الباب باب",
    "he": "פרק",
    "hi": "अध्याय पाठ",
    "it": "capitolo",
    "": "hoofdstuk rozdział rozdzial kapitola kapittel luku bölüm bolum fejezet capitol capitolul poglavlje poglavje "
    "skyrius nodaļa peatükk caibideal pennod kafli bab hồi kabanata sura chương розділ раздзел раздел разьдзел "
    "поглавље บทที่ บท ตอนที่ ตอน অধ্যায় அத்தியாயம் అధ్యాయం ಅಧ್ಯಾಯ അധ്യായം પ્રકરણ प्रकरण ਅਧਿਆਇ თავი գլուխ ምዕራፍ",
}
"""The words for a chapter, by the language that a number in words after them is in."""

DIVISIONS = {
    "en": "part pt book bk volume vol episode ep act scene section",
    "de": "teil band buch folge akt szene abschnitt",
    "fr": "partie livre tome épisode acte scène",
    "es": "parte libro tomo episodio acto escena",
    "ru": "часть книга том сцена",
    "el": "μέρος βιβλίο τόμος",
    "ar": "الجزء جزء الكتاب",
    "he": "חלק ספר",
    "hi": "भाग खंड",
    "": "libre deel część część частина ภาค เล่มที่ เล่ม",
}
"""The words for what is larger or smaller than a chapter."""

CHAPTER_WORDS = tuple(word for words in CHAPTERS.values() for word in words.split())

_COUNTED = frozenset(
    unicodedata.normalize("NFC", word)
    for word in (*CHAPTER_WORDS, *(word for words in DIVISIONS.values() for word in words.split()))
)
_OPEN_END = re.compile(r"[\s._-]+\Z")


def is_counted_word(text: str) -> bool:
    """Return whether a text is nothing but such a word, which tells no chapter from another without its number."""
    return _OPEN_END.sub("", unicodedata.normalize("NFC", text.casefold())) in _COUNTED
