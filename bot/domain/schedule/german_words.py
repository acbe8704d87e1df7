"""German words of the schedule language, beside the English words that they stand for."""

from __future__ import annotations

from bot.domain.schedule.schedule_word import fold_german

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ORDINALS = {
    "erst": "first",
    "zweit": "second",
    "dritt": "third",
    "viert": "fourth",
    "fünft": "fifth",
    "sechst": "sixth",
    "siebt": "seventh",
    "acht": "eighth",
    "neunt": "ninth",
    "zehnt": "tenth",
    "elft": "eleventh",
    "zwölft": "twelfth",
    "fünfzehnt": "15th",
    "zwanzigst": "20th",
    "letzt": "last",
    "ander": "other",
    "halb": "half",
}
_NUMBERS = {
    "ein": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "eines": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5,
    "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13,
    "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19, "zwanzig": 20,
    "einundzwanzig": 21, "zweiundzwanzig": 22, "dreiundzwanzig": 23, "dreißig": 30, "neunzig": 90,
}  # fmt: skip
PARTS_OF_DAYS = {
    "morgens": "morning",
    "frueh": "morning",
    "vormittags": "morning",
    "nachmittags": "afternoon",
    "abends": "evening",
    "nachts": "night",
}
"""Adverbs that mean every day, unless a weekday is before them."""

_FORMS: dict[str, tuple[str, ...]] = {
    "every": ("jeden", "jede", "jedes", "jedem", "jeder", "alle", "aller", "allen"),
    "at": ("um",),
    "on": ("zum",),
    "and": ("und", "sowie", "u"),
    "or": ("oder",),
    "to": ("bis",),
    "from": ("von", "vom"),
    "in": ("im",),
    "of": ("des",),
    "the": ("der", "die", "das", "den", "dem"),
    "per": ("pro", "je"),
    "once": ("einmal", "1mal"),
    "twice": ("zweimal", "2mal"),
    "three times": ("dreimal", "3mal"),
    "four times": ("viermal", "4mal"),
    "several times": ("mehrmals",),
    "times": ("mal",),
    "few": ("paar",),
    "except": ("außer", "ausser"),
    "": ("immer", "jeweils", "stets"),
    "daily": ("täglich", "tagtäglich"),
    "nightly": ("nächtlich", "allnächtlich"),
    "every evening": ("allabendlich",),
    "weekday": ("werktag",),
    "weekdays": ("werktags", "werktage", "werktagen", "werktäglich", "wochentags"),
    "weekend": ("wochenende",),
    "weekends": ("wochenends", "wochenenden"),
    "hourly": ("stündlich",),
    "weekly": ("wöchentlich",),
    "fortnightly": (
        *("vierzehntägig", "vierzehntäglich", "14-täglich", "14-tägig", "14täglich", "14tägig"),
        *("zweiwöchentlich", "2-wöchentlich", "zweiwöchig"),
    ),
    "every minute": ("minütlich",),
    "monthly": ("monatlich", "allmonatlich"),
    "quarterly": ("vierteljährlich", "quartalsweise"),
    "yearly": ("jährlich",),
    "semiannually": ("halbjährlich",),
    "semimonthly": ("halbmonatlich",),
    "bimonthly": ("zweimonatlich",),
    "half": ("halbstündlich",),
    "end": ("monatsende", "ende"),
    "noon": ("mittags", "mittag"),
    "midnight": ("mitternacht", "mitternachts"),
    "morning": ("morgen", "vormittag"),
    "afternoon": ("nachmittag",),
    "evening": ("abend",),
    "night": ("nacht",),
    "second": ("sekunde",),
    "seconds": ("sekunden", "sek"),
    "minute": ("minute",),
    "minutes": ("minuten",),
    "hour": ("stunde",),
    "hours": ("stunden", "std"),
    "day": ("tag", "tages"),
    "days": ("tage", "tagen"),
    "week": ("woche",),
    "weeks": ("wochen",),
    "month": ("monat", "monats", "monates"),
    "months": ("monate", "monaten"),
    "quarter": ("quartal",),
    "year": ("jahr", "jahres"),
    "years": ("jahre", "jahren"),
    "january": ("januar", "jänner"),
    "february": ("februar",),
    "march": ("märz",),
    "may": ("mai",),
    "june": ("juni",),
    "july": ("juli",),
    "october": ("oktober",),
    "december": ("dezember",),
}
"""English words of the schedule language, each with the German ones for it; the empty one says nothing."""

_DAY_FORMS = {
    form: english
    for german, short, english in zip(
        (*(name.lower() for name in WEEKDAYS), "sonnabend"),
        ("mo", "di", "mi", "do", "fr", "sa", "so", ""),
        (*_ENGLISH_DAYS, "saturday"),
        strict=True,
    )
    for form in (german, f"{german}s", f"{german}e", f"{german}en", short)
    if form
}
_PARTS_OF_A_DAY = {"früh": "morning", "mittag": "noon", "mittags": "noon"} | {
    word: english
    for english in ("morning", "afternoon", "evening", "night")
    for word in (*_FORMS[english], *(each for each, means in PARTS_OF_DAYS.items() if means == english))
}

_WORDS: dict[str, str] = {
    **{form: english for english, forms in _FORMS.items() for form in forms},
    **{form: str(number) for form, number in _NUMBERS.items()},
    **{
        f"{stem}{end}": english
        for stem, english in _ORDINALS.items()
        for end in ("e", "er", "es", "en", "em")
    },
    **_DAY_FORMS,
    **{
        f"{day.lower()}{part}": f"{english} {means}"
        for day, english in zip(WEEKDAYS, _ENGLISH_DAYS, strict=True)
        for part, means in _PARTS_OF_A_DAY.items()
    },
}
GERMAN: dict[str, str] = {fold_german(form): english for form, english in _WORDS.items()}
"""Every German word, folded, with the English words for it."""

SPELLED: dict[str, str] = {form: english for form, english in _WORDS.items() if len(form) > 2 and english}
"""German words as they are spelled, for guesses."""

PHRASES: dict[tuple[str, ...], str] = {
    ("des", "monats"): "of month",
    ("im", "monat"): "of month",
    ("jeden", "monats"): "of month",
    ("jedes", "monats"): "of month",
    ("eines", "monats"): "of month",
    ("eines", "jeden", "monats"): "of month",
    ("die", "woche"): "a week",
    ("in", "der", "woche"): "a week",
    ("unter", "der", "woche"): "weekdays",
    ("am", "tag"): "a day",
    ("den", "tag"): "a day",
    ("im", "jahr"): "a year",
    ("die", "stunde"): "an hour",
    ("in", "der", "stunde"): "an hour",
    ("an", "jedem"): "every",
    ("an", "jeder"): "every",
    ("an", "allen"): "every",
    ("an", "den"): "on",
    ("an", "werktagen"): "weekdays",
    ("an", "wochenenden"): "weekends",
    ("ende", "des", "monats"): "end",
    ("ende", "jeden", "monats"): "end",
    ("am", "morgen"): "every morning",
    ("am", "vormittag"): "every morning",
    ("am", "nachmittag"): "every afternoon",
    ("am", "abend"): "every evening",
    ("in", "der", "nacht"): "every night",
    ("am", "mittag"): "noon",
    ("zu", "mittag"): "noon",
    ("14", "taeglich"): "fortnightly",
    ("14", "taegig"): "fortnightly",
}
"""Several folded German words that together stand for English ones."""

LONGEST_PHRASE = max(map(len, PHRASES))

SHARED = frozenset({"mo", "fr", "sa", "minute"})
"""Words that are English too."""
