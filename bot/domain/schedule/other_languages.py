"""Words of other languages that people begin a schedule with, to tell them which languages are read."""

from __future__ import annotations

import unicodedata

_WORDS = """
    lundi mardi mercredi jeudi vendredi samedi dimanche lundis mardis mercredis jeudis vendredis samedis dimanches
    chaque tous toutes quotidien quotidiennement
    lunes martes miercoles jueves viernes sabado domingo sabados domingos cada todos todas diario diariamente
    segunda-feira terca-feira quarta-feira quinta-feira sexta-feira segunda terca quarta quinta sexta
    segundas tercas quartas quintas sextas
    lunedi martedi mercoledi giovedi venerdi sabato domenica ogni tutti
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag elke iedere dagelijks
    mandag tirsdag onsdag torsdag fredag lordag sondag tisdag lordagar varje hver daglig dagligen
    poniedzialek wtorek sroda czwartek piatek sobota niedziela codziennie kazdy
    pondeli utery streda ctvrtek patek nedele kazdou
    luni marti miercuri joi vineri sambata duminica hetfo kedd szerda csutortok pentek szombat vasarnap
    maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai
    pazartesi sali carsamba persembe cuma cumartesi pazar her
    понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье каждый каждую каждое ежедневно
    понедельникам вторникам средам четвергам пятницам субботам воскресеньям
    понеділок вівторок середа четвер пʼятниця п'ятниця субота неділя щодня кожен кожного
    δευτερα τριτη τεταρτη πεμπτη παρασκευη σαββατο κυριακη καθε
    الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد كل يوميا
    सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार प्रतिदिन
"""
"""Weekdays and words for “every” and “daily”, in small letters and without accents."""

_PARTS = (
    *("月曜", "火曜", "水曜", "木曜", "金曜", "土曜", "日曜", "毎日", "毎週", "毎月"),
    *(
        "星期",
        "周一",
        "周二",
        "周三",
        "周四",
        "周五",
        "周六",
        "周日",
        "週一",
        "週五",
        "每天",
        "每日",
        "每周",
        "每週",
        "礼拜",
    ),
    *("월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일", "매일", "매주"),
    *("จันทร์", "อังคาร", "วันพุธ", "พฤหัส", "ศุกร์", "วันเสาร์", "อาทิตย์", "ทุกวัน", "ทุก"),
)
"""Such words of languages that write no blanks, or join endings."""


def is_other_language(word: str) -> bool:
    """Return whether this is a well-known word of a language in which schedules are not read."""
    lower = word.lower()
    return any(_plain(each) in _FOLDED for each in (lower, lower.strip(".:"))) or any(
        part in lower for part in _PARTS
    )


def _plain(word: str) -> str:
    return (
        "".join(each for each in unicodedata.normalize("NFD", word) if not unicodedata.combining(each))
        .replace("ł", "l")
        .replace("ø", "o")
        .replace("ı", "i")
    )


_FOLDED = frozenset(map(_plain, _WORDS.split()))
