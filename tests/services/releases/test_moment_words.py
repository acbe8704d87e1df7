"""Moments in the words of many languages, typed on a Tuesday at noon."""

from __future__ import annotations

import pytest

from tests.services.releases.test_moment_parser import read

UNDERSTOOD = {
    "en-US": {
        "Wed 2026-11-11": ["tomorrow", "Tomorrow ", "TMRW", "in 1 day", "midnight", "1 day from now"],
        "Wed 2026-11-11 18:00": ["tomorrow 18:00", "tomorrow at 6pm", "18:00 tomorrow", "tomorrow 6 p.m."],
        "Wed 2026-11-11 12:00": ["noon", "tomorrow at noon", "noon tomorrow"],
        "Wed 2026-11-11 20:00": ["tomorrow evening", "tomorrow night", "tomorrow at 8 in the evening"],
        "Tue 2026-11-10 18:00": ["18:00", "6pm", "today at 6pm", "tuesday 18:00", "this tuesday at 6:00 pm"],
        "Wed 2026-11-11 09:00": ["9:00", "tomorrow 9 am", "9am"],
        "Tue 2026-11-10 20:00": ["tonight", "this evening", "tonight at 8pm", "tonight at 8"],
        "Tue 2026-11-10 14:00": ["in 2 hours", "in 120 minutes", "2 hours from now", "2h", "2 h"],
        "Tue 2026-11-10 23:00": ["late tonight", "Late this evening", "tonight at 11"],
        "Fri 2026-11-13": [
            "friday",
            "next friday",
            "this friday",
            "on Friday",
            "fri",
            "in 3 days",
            "in three days",
        ],
        "Fri 2026-11-13 18:00": [
            "friday 18:00",
            "friday at 6pm",
            "Fri 6:00 PM",
            "18:00 on friday",
            "in 3 days at 18:00",
        ],
        "Tue 2026-11-17": ["tuesday", "next tuesday", "in a week", "in 7 days", "tuesday next week"],
        "Tue 2026-11-17 09:00": ["tuesday 9:00", "next tuesday at 9am"],
        "Mon 2026-11-16": ["next week", "monday", "next week monday", "end of the week"],
        "Tue 2026-11-24": ["in two weeks", "in 2 weeks", "in a fortnight", "in 14 days"],
        "Sat 2026-11-14": ["weekend", "this weekend", "on saturday"],
        "Tue 2026-12-01": [
            "1 december",
            "Dec 1",
            "12/1",
            "december 1st",
            "end of the month",
            "next month",
            "the 1st",
        ],
        "Tue 2026-12-01 18:00": [
            "Dec 1 18:00",
            "1st of december at 6pm",
            "2026-12-01 18:00",
            "2026-12-01T18:00+01:00",
        ],
        "Tue 2026-12-01 19:00": ["<t:1796148000:F>", "<t:1796148000>", "2026-12-01T18:00:00Z"],
        "Fri 2026-12-04 18:00": ["friday, december 4 at 6pm", "fri 4 dec 18:00"],
        "Tue 2027-01-12": ["1/12", "1/12/2027", "jan 12", "12 January 2027"],
        "Sun 2027-10-10": ["10 october", "oct 10", "10/10"],
        "Tue 2028-02-29": ["feb 29", "29 February"],
    },
    "en-GB": {"Tue 2026-12-01": ["1/12", "01/12/2026", "1 Dec", "1-12-2026"]},
    "de": {
        "Tue 2026-11-10 23:00": ["heute Nacht", "heute spät"],
        "Wed 2026-11-11": ["morgen", "Morgen", "in einem Tag", "tomorrow"],
        "Wed 2026-11-11 18:00": [
            "morgen 18 Uhr",
            "morgen um 18:00",
            "morgen um 6 Uhr abends",
            "um 18 Uhr morgen",
        ],
        "Wed 2026-11-11 08:00": ["morgen früh", "morgen um 8 Uhr"],
        "Wed 2026-11-11 20:00": ["morgen Abend", "morgen abend um 8"],
        "Thu 2026-11-12": ["übermorgen", "uebermorgen", "in zwei Tagen", "Donnerstag", "do"],
        "Fri 2026-11-13": [
            "in 3 Tagen",
            "in drei Tagen",
            "Freitag",
            "am Freitag",
            "nächsten Freitag",
            "diesen Freitag",
        ],
        "Fri 2026-11-13 18:00": [
            "Freitag 18 Uhr",
            "freitags um 18.00 Uhr",
            "am Freitag um 18h",
            "Freitag, 18:00",
        ],
        "Fri 2026-11-13 18:30": ["Freitag 18.30", "Freitag 18 Uhr 30", "am Freitag um 18:30 Uhr"],
        "Fri 2026-11-13 20:00": ["Freitagabend", "Freitag Abend", "freitagabend um 20 Uhr"],
        "Tue 2026-11-10 20:00": ["heute Abend", "heute 20 Uhr", "um 20 Uhr"],
        "Tue 2026-11-17": ["nächsten Dienstag", "Dienstag", "in einer Woche", "Dienstag nächster Woche"],
        "Mon 2026-11-16": ["nächste Woche", "kommenden Montag", "Ende der Woche"],
        "Tue 2026-11-24": ["in zwei Wochen", "in 14 Tagen"],
        "Tue 2026-12-01": [
            "1.12.",
            "1.12.2026",
            "1. Dezember",
            "am 1. Dez.",
            "Monatsende",
            "Ende des Monats",
            "am 1.",
        ],
        "Tue 2026-12-01 18:00": ["1.12.2026 18 Uhr", "am 1. Dezember um 18 Uhr", "1.12. 18:00"],
        "Fri 2026-12-04 18:00": ["Freitag, 4.12. 18 Uhr", "Fr, 4. Dezember 18 Uhr"],
    },
    "fr": {
        "Wed 2026-11-11 18:00": ["demain à 18h", "demain 18:00"],
        "Tue 2026-11-17": ["mardi", "mardi prochain", "dans une semaine"],
        "Fri 2026-11-13": ["dans 3 jours", "dans trois jours", "vendredi", "ce vendredi"],
        "Tue 2026-12-01 18:30": ["1er décembre à 18h30", "le 1er décembre 2026 à 18:30"],
        "Tue 2026-12-01": ["1/12", "le mois prochain", "1 décembre"],
        "Tue 2026-11-10 18:00": ["mardi 18:00", "18h"],
        "Tue 2026-11-10 14:00": ["dans 2 heures"],
    },
    "es-ES": {
        "Wed 2026-11-11": ["mañana"],
        "Thu 2026-11-12": ["pasado mañana"],
        "Fri 2026-11-13": ["en 3 días", "dentro de tres días", "el viernes", "este viernes"],
        "Tue 2026-11-17": ["el próximo martes", "el martes que viene"],
        "Tue 2026-12-01 18:00": ["el 1 de diciembre a las 18:00", "1/12/2026 18:00"],
        "Mon 2026-11-16": ["la próxima semana"],
    },
    "pt-BR": {
        "Fri 2026-11-13": ["em 3 dias", "daqui a 3 dias", "sexta-feira", "dentro de três dias"],
        "Fri 2026-11-13 18:00": ["sexta às 18h"],
        "Tue 2026-12-01": ["1º de dezembro", "1 de dezembro", "1/12"],
    },
    "it": {
        "Thu 2026-11-12": ["dopodomani"],
        "Fri 2026-11-13 18:00": ["venerdì alle 18", "fra tre giorni alle 18"],
    },
    "ru": {
        "Wed 2026-11-11 18:00": ["завтра в 18:00", "завтра в 18"],
        "Fri 2026-11-13": ["через 3 дня", "через три дня", "в пятницу", "пятница"],
        "Tue 2026-11-17": ["следующий вторник", "через неделю"],
        "Tue 2026-12-01": ["1 декабря", "1.12."],
    },
    "uk": {"Fri 2026-11-13": ["через 3 дні", "п'ятниця"], "Wed 2026-11-11 18:00": ["завтра о 18:00"]},
    "el": {"Wed 2026-11-11 18:00": ["αύριο στις 18:00"], "Fri 2026-11-13": ["παρασκευή", "σε 3 ημέρες"]},
    "ja": {
        "Wed 2026-11-11 18:00": ["明日18時", "明日 18:00", "明日午後6時"],
        "Fri 2026-11-13": ["3日後", "三日後", "金曜日"],
        "Tue 2026-11-17": ["来週の火曜日", "来週火曜"],
        "Tue 2026-12-01 18:00": ["12月1日18時", "１２月１日 １８：００", "2026年12月1日 18:00"],
    },
    "zh-CN": {
        "Wed 2026-11-11 18:00": ["明天18点", "明天下午6点", "明天 18:00"],
        "Fri 2026-11-13": ["3天后", "三天后", "星期五", "周五"],
        "Tue 2026-11-17": ["下周二", "下星期二"],
        "Tue 2026-12-01": ["12月1日", "12月1号", "2026年12月1日"],
    },
    "zh-TW": {"Fri 2026-11-13": ["3天後", "星期五"], "Tue 2026-11-17": ["下週二"]},
    "ko": {
        "Wed 2026-11-11 18:00": ["내일 18:00", "내일 오후 6시", "내일 18시"],
        "Fri 2026-11-13": ["3일 후", "3일후", "금요일"],
        "Tue 2026-11-17": ["다음 주 화요일"],
        "Tue 2026-12-01": ["12월 1일", "2026년 12월 1일"],
    },
    "pl": {"Fri 2026-11-13 18:00": ["piątek 18:00", "w piątek o 18:00", "za trzy dni o 18:00"]},
    "tr": {"Fri 2026-11-13": ["3 gün sonra", "cuma"], "Tue 2026-11-17": ["gelecek salı"]},
    "hi": {"Fri 2026-11-13": ["3 दिन में", "३ दिन बाद", "शुक्रवार"], "Thu 2026-11-12": ["परसों"]},
    "th": {"Fri 2026-11-13": ["อีก 3 วัน", "วันศุกร์"], "Wed 2026-11-11": ["พรุ่งนี้"]},
    "sv-SE": {"Fri 2026-11-13": ["om 3 dagar", "fredag"], "Tue 2026-11-17": ["nästa tisdag"]},
}


@pytest.mark.parametrize(
    ("locale", "moment", "text"),
    [
        (locale, moment, text)
        for locale, said in UNDERSTOOD.items()
        for moment, ways in said.items()
        for text in ways
    ],
)
def test_what_people_type_is_understood(locale: str, moment: str, text: str) -> None:
    assert read(text, locale) == moment
