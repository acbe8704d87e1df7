"""Ordinals in words, and numbers in the letters of other scripts, as chapters are headed with them: глава третья."""

from __future__ import annotations

from bot.domain.text.numerals import WORDS, bare

_ORDINALS = {
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    "de": "erst/es/er/e zweit/es/er/e dritt/es/er/e viert/es/er/e fünft/es/er/e sechst/es/er/e siebt/es/er/e "
    "acht/es/er/e neunt/es/er/e zehnt/es/er/e elft/es/er/e zwölft/es/er/e dreizehnt/es/er/e vierzehnt/es/er/e "
    "fünfzehnt/es/er/e sechzehnt/es/er/e siebzehnt/es/er/e achtzehnt/es/er/e neunzehnt/es/er/e zwanzigst/es/er/e",
    "fr": "premi/er/ère deuxième/ troisième/ quatrième/ cinquième/ sixième/ septième/ huitième/ neuvième/ dixième/ "
    "onzième/ douzième/ treizième/ quatorzième/ quinzième/ seizième/",
    "es": "primer/o/a/ segund/o/a tercer/o/a/ cuart/o/a quint/o/a sext/o/a séptim/o/a octav/o/a noven/o/a décim/o/a "
    "undécim/o/a duodécim/o/a",
    "it": "prim/o/a second/o/a terz/o/a quart/o/a quint/o/a sest/o/a settim/o/a ottav/o/a non/o/a decim/o/a",
    "ru": "перв/ая/ый/ое втор/ая/ой/ое треть/я/е четверт/ая/ый пят/ая/ый шест/ая/ой седьм/ая/ой восьм/ая/ой "
    "девят/ая/ый десят/ая/ый одиннадцат/ая/ый двенадцат/ая/ый тринадцат/ая/ый четырнадцат/ая/ый "
    "пятнадцат/ая/ый шестнадцат/ая/ый семнадцат/ая/ый восемнадцат/ая/ый девятнадцат/ая/ый двадцат/ая/ый",
    "el": "πρώτ/ο/η δεύτερ/ο/η τρίτ/ο/η τέταρτ/ο/η πέμπτ/ο/η έκτ/ο/η έβδομ/ο/η όγδο/ο/η ένατ/ο/η δέκατ/ο/η ενδέκατ/ο/η "
    "δωδέκατ/ο/η",
    "ar": "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر",
    "he": "ראשון שני שלישי רביעי חמישי שישי שביעי שמיני תשיעי עשירי",
    "hi": "पहला दूसरा तीसरा चौथा पाँचवाँ छठा सातवाँ आठवाँ नौवाँ दसवाँ ग्यारहवाँ बारहवाँ",
}
_CARDINALS = {
    "it": "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove venti",
    "ru": "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
    "el": "ένα δύο τρία τέσσερα πέντε έξι επτά οκτώ εννέα δέκα έντεκα δώδεκα",
    "hi": "एक दो तीन चार पाँच छह सात आठ नौ दस ग्यारह बारह",
}
_LETTERS = {
    "el": "α β γ δ ε στ ζ η θ ι ια ιβ ιγ ιδ ιε",
    "he": "א ב ג ד ה ו ז ח ט י יא יב יג יד טו טז יז יח יט כ",
}


def _forms(word: str) -> list[str]:
    stem, *ends = word.split("/")
    return [stem + end for end in ends] or [stem]


def _counted(words: str) -> dict[str, int]:
    return {bare(form): value for value, word in enumerate(words.split(), 1) for form in _forms(word)}


ORDINALS = {language: _counted(words) for language, words in _ORDINALS.items()}
"""By language: ordinals as `bare` gives them."""

SPELLED = {
    language: {
        **_counted(_LETTERS.get(language, "")),
        **_counted(_CARDINALS.get(language, "")),
        **ORDINALS.get(language, {}),
        **WORDS.get(language, {}),
    }
    for language in dict.fromkeys((*WORDS, *_ORDINALS))
}
"""By language: everything that may follow a label as a number."""

_HANGUL = {char: value for value, char in enumerate("일이삼사오육칠팔구", 1)}
HANGUL = "".join((*_HANGUL, "십백"))
"""The signs of Korean numbers in words, as they stand between 제 and 장."""


def hangul(word: str) -> int:
    """Return the value of a number written in those signs: 이십삼 is 23."""
    total = digit = 0
    for char in word:
        if (unit := {"십": 10, "백": 100}.get(char)) is not None:
            total, digit = total + (digit or 1) * unit, 0
        else:
            digit = _HANGUL[char]
    return total + digit
