"""Days in the words of other languages than English and German, by dateparser.

It takes nothing from the machine's clock or zone: every text is read from a day that is given. Its answers are checked,
since it takes a number or a month's name alone for a day.
"""

from __future__ import annotations

import re
import threading
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

_NOON = time(12)
_READ = (
    *(
        "da",
        "es",
        "fr",
        "hr",
        "it",
        "lt",
        "hu",
        "nl",
        "pl",
        "pt",
        "ro",
        "fi",
        "sv",
        "vi",
        "tr",
        "cs",
        "el",
        "bg",
        "ru",
    ),
    *("uk", "hi", "th", "ja", "ko"),
)
_OTHER_NAMES = {"no": ("nb",), "zh-CN": ("zh",), "zh-TW": ("zh-Hant", "zh")}
"""Discord's locales that have another name in dateparser."""

_SECOND_DAYS = """
    pasado-mañana depois-de-amanhã dopodomani 모레 i-övermorgon i-overmorgen ylihuomenna μεθαύριο holnapután poimâine
    poryt ngày-kia มะรืนนี้ परसों あさって öbür-gün
"""
"""The day after tomorrow in languages in which dateparser does not know it."""

_COUNTS = {
    "es": "uno dos tres cuatro cinco seis siete ocho nueve diez",
    "pt": "um dois três quatro cinco seis sete oito nove dez",
    "it": "una due tre quattro cinque sei sette otto nove dieci",
    "pl": "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć",
    "tr": "bir iki üç dört beş altı yedi sekiz dokuz on",
    "zh": "一 二 三 四 五 六 七 八 九 十",
    "ja": "一 二 三 四 五 六 七 八 九 十",
    "ko": "일 이 삼 사 오 육 칠 팔 구 십",
}
"""Numbers from one on in languages in which dateparser does not know them."""

_REWORDED = (
    (re.compile(r"^(?:daqui a|dentro de) (?=\d|uma? )"), "em "),
    (re.compile(r"^fra (?=\d)"), "tra "),
    (re.compile(r"^na (?=próxima semana)"), ""),
    (re.compile(r"^(?:la )?(?:prossima settimana|settimana prossima)$"), "settimana prossima"),
    (re.compile(r"\b1o(?= de )"), "1"),
    (re.compile(r"(?<=\d)天後$"), "天后"),
    (re.compile(r"(?<=\d)(?:周|週|星期|个星期|個星期|礼拜)(?:後|后)$"), "周后"),
    (re.compile(r"(?<=[일주월])후$"), " 후"),
    (re.compile(r"^다음주$"), "다음 주"),
    (re.compile(r"^下(?:个|個)?(?:星期|礼拜|禮拜)$"), "下周"),
)
"""Ways to say what dateparser knows in another one."""

_NEXT = """
    prochain prochaine próximo próxima proximo proxima prossimo prossima volgende komende następny następna następną
    następnego najbliższy przyszły следующий следующая следующую следующее ближайший ближайшую наступний наступна
    наступну příští nästa kommande næste neste førstkommende ensi gelecek önümüzdeki jövő következő următoarea
    următorul viitoare viitor följande επόμενη επόμενο следващия следващата sljedeći sljedeća 次の
"""
"""Words for “next” beside a weekday."""

_ON = """
    ce cette le la el este esta na no em questo questa il lo op deze w we в во на этот эту у цей цю tento v ve på tänä
    bu ez την το στις 今度の
"""
"""Words for “this” and “on” before a weekday or a date."""

_BEHIND = (" que viene", " que vem", " tới", " หน้า")
_IN_A_WEEK = re.compile(
    r"(?:dans|dentro|en|em|tra|fra|через|за|za|over|om|след|peste|în|sau|σε|ใน|อีก) |"
    r".*(?:後|后|후|sonra|múlva|kuluttua|बाद)$"
)
"""Beginnings and ends by which a week counts from today and is not the next one in the calendar."""

_NEXT_WEEKDAY = re.compile(
    r"(?:下个?|下個)?(?P<next>下?)(?:周|週|星期|礼拜|禮拜)(?P<zh>[一二三四五六日天])|来週の?(?P<ja>[月火水木金土日])(?:曜日?)?|"
    r"다음 ?주 ?(?P<ko>[월화수목금토일])요일"
)
_WEEKDAYS = {
    sign: day
    for row in ("一二三四五六日", "月火水木金土日", "월화수목금토일")
    for day, sign in enumerate(row)
} | {"天": 6}

_lock = threading.Lock()
"""dateparser keeps state of its own."""


def read_with_library(text: str, today: date, locale: str, *, today_too: bool) -> date | timedelta | None:
    """Read a day, or a time from now, in the language of a locale of Discord's.

    Args:
        text: The words, small, without a time of day.
        today: The present day.
        locale: The person's locale, such as `pt-BR`.
        today_too: Set if today itself still has the time that is meant.

    Returns:
        A day, or the time from now where hours or minutes are counted; None if the text is neither.
    """
    if text.replace(" ", "-") in _SECOND_DAYS.split():
        return today + timedelta(days=2)
    if found := _NEXT_WEEKDAY.fullmatch(text):
        return _east_asian_weekday(found, text, today, today_too=today_too)
    languages = _OTHER_NAMES.get(locale) or tuple(
        each for each in (locale.partition("-")[0],) if each in _READ
    )
    if not languages or len(text) < 2:
        return None
    known = _numbered(text, languages[0])
    with _lock:
        return _Reader(languages, today, today_too=today_too).read(known)


def _east_asian_weekday(found: re.Match[str], text: str, today: date, *, today_too: bool) -> date:
    day = _WEEKDAYS[found["zh"] or found["ja"] or found["ko"]]
    if found["zh"] and not text.startswith("下"):
        ahead = (day - today.weekday()) % 7
        return today + timedelta(days=ahead or (0 if today_too else 7))
    return today + timedelta(days=7 + day - today.weekday())


def _numbered(text: str, language: str) -> str:
    """Return the text with digits for small numbers, in the ways that the library knows."""
    for number, word in enumerate(_COUNTS.get(language[:2], "").split(), 1):
        if language[:2] in ("zh", "ja", "ko"):
            text = re.sub(rf"^{word}(?=天|日|周|週|个|個|주|년|시)", str(number), text)
        else:
            text = re.sub(rf"(?<=\w ){word}(?= )|^{word}(?= )", str(number), text)
    text = text.replace("两", "2").replace("兩", "2") if language[:2] == "zh" else text
    for pattern, known in _REWORDED:
        text = pattern.sub(known, text)
    return text


class _Reader:
    """Reads with one language from one day."""

    def __init__(self, languages: tuple[str, ...], today: date, *, today_too: bool) -> None:
        self._today = today
        self._today_too = today_too
        self._base = datetime.combine(today, _NOON)
        self._parsers = [_parser(languages, self._base + timedelta(days=shift)) for shift in (0, 1)]

    def read(self, text: str) -> date | timedelta | None:
        found = self._checked(text, today_too=self._today_too)
        if found is None:
            for ending in _BEHIND:
                text = text.removesuffix(ending)
            words = [word for word in text.split() if word not in _ON.split()]
            fewer = [word for word in words if word not in _NEXT.split()]
            today_too = self._today_too and len(fewer) == len(words)
            found = self._checked(" ".join(fewer), today_too=today_too) if fewer else None
        return found

    def _checked(self, text: str, *, today_too: bool) -> date | timedelta | None:
        """Return what the library makes of the text, where every number in it is a part of that."""
        data, later = (parser.get_date_data(text) for parser in self._parsers)
        moment, numbers = data.date_obj, [int(number) for number in re.findall(r"\d+", text)]
        if (
            moment is None
            or not re.search(r"[^\W\d_]", text)
            or (text.isalpha() and text.isascii() and len(text) < 3)
        ):
            return None
        shifts = later.date_obj is not None and later.date_obj - moment == timedelta(days=1)
        ahead = moment - self._base
        if shifts and moment.time() != _NOON:
            return ahead if len(numbers) <= 1 and moment.hour + moment.minute else None
        if shifts and data.period == "time":
            return ahead
        if shifts:
            counts = (ahead.days, ahead.days // 7, round(ahead.days / 30.4), round(ahead.days / 365.2))
            if not numbers and data.period == "week" and not _IN_A_WEEK.match(text):
                return moment.date() - timedelta(days=moment.weekday())
            return moment.date() if not numbers or numbers[0] in counts else None
        return self._absolute(moment, data.period, numbers, today_too=today_too)

    def _absolute(
        self, moment: datetime, period: str | None, numbers: list[int], *, today_too: bool
    ) -> date | None:
        day = moment.date()
        if not numbers:
            if period == "month" and moment.time() == _NOON:
                return day.replace(day=1)
            if period != "day" or moment.time() == _NOON or not 0 <= (day - self._today).days <= 7:
                return None
            return self._today if today_too and (day - self._today).days == 7 else day
        if day.day not in numbers or any(number not in (day.day, day.month, day.year) for number in numbers):
            return None
        if (
            day.year not in numbers
            and today_too
            and (day.month, day.day) == (self._today.month, self._today.day)
        ):
            return self._today
        return day


def _parser(languages: tuple[str, ...], base: datetime) -> DateDataParser:
    # Loading it takes a third of a second, which only those who need it should wait for.
    from dateparser.date import DateDataParser

    return DateDataParser(
        languages=list(languages),
        try_previous_locales=False,
        settings={
            "PARSERS": ["relative-time", "absolute-time"],
            "PREFER_DATES_FROM": "future",
            "PREFER_DAY_OF_MONTH": "first",
            "RELATIVE_BASE": base,
            "RETURN_AS_TIMEZONE_AWARE": False,
            "RETURN_TIME_AS_PERIOD": True,
            "TIMEZONE": "UTC",
            "TO_TIMEZONE": "UTC",
        },
    )
