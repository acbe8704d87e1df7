"""The words of many languages by which chapters are counted, and those for what comes before and after them."""

from __future__ import annotations

from bot.domain.text.chapter_words import CHAPTER_WORDS, CHAPTERS, DIVISIONS
from bot.domain.text.numerals import bare

_OTHERS = {
    "en": "canto issue letter entry day night week arc season number no interlude story tale",
    "de": "brief tag nacht woche",
    "fr": "lettre jour nuit",
    "es": "carta",
}
"""Words that count something else, by the language that a number in words after them is in."""

LABELS = {
    bare(label): language
    for table in (_OTHERS, DIVISIONS, CHAPTERS)
    for language, labels in table.items()
    for label in labels.split()
}
"""Words that a number follows, each with the language that the number is in if it is written in words."""

COUNTERS = "章回話话節节卷巻部集幕篇編编夜折季冊册"
"""Signs that follow a number in Chinese and Japanese."""

KOREAN_COUNTERS = "장화회편부권막절"
"""Signs that follow a number in Korean."""

CHAPTER_LABELS = frozenset(map(bare, CHAPTER_WORDS)) | frozenset("章回話话장화회")
"""What counts chapters, and not the parts that a chapter may have as well."""

PARTS = frozenset(
    bare(
        "part book volume vol act arc season teil band buch partie livre parte часть книга том μέρος βιβλίο"
    ).split()
)

_ENDS = {
    -3: """
        foreword preface dedication epigraph vorwort geleitwort widmung préface avant-propos dédicace prefacio
        dedicatoria prefazione prefácio предисловие посвящение مقدمة تمهيد הקדמה भूमिका प्रस्तावना คำนำ
        前言 前書き まえがき はじめに 序言 머리말 서문
    """,
    -2: """
        introduction intro einleitung einführung introducción introduzione introdução введение εισαγωγή מבוא บทนำ
        引言 导言 導言
    """,
    1: """
        final finale last ending the-end final-chapter last-chapter the-last-chapter the-final-chapter ende das-ende
        schluss fin la-fin dernier-chapitre el-fin último-capítulo fine финал конец последняя-глава τέλος النهاية
        ตอนจบ 最终章 最終章 最終話 最終回 大结局 大結局 结局 完结 최종화 최종장 마지막화
    """,
    3: """
        afterword postscript nachwort postface posfacio postfazione posfácio послесловие επίμετρο خاتمة คำตาม
        后记 後記 跋 あとがき おわりに 후기
    """,
    4: """
        acknowledgements acknowledgments danksagung remerciements agradecimientos благодарности appendix anhang
        annexe apéndice приложение extra extras bonus omake 番外 番外編 番外篇 附录 附錄 おまけ 외전 부록
    """,
}
ENDS = {bare(name).replace("-", " "): place for place, names in _ENDS.items() for name in names.split()}
"""Whole names of what stands before (negative) or after the chapters, and how far out."""

PROLOGUES = frozenset(
    bare("""
        prologue prolog prologus proloog prólogo prologo пролог πρόλογος บทเริ่มต้น
        序 序章 序幕 楔子 引子 プロローグ 프롤로그
    """).split()
)
EPILOGUES = frozenset(
    bare("""
        epilogue épilogue epilog epiloog epílogo epilogo эпилог епілог επίλογος บทส่งท้าย उपसंहार
        终章 終章 尾声 尾聲 エピローグ 에필로그
    """).split()
)
INTERLUDES = frozenset(
    bare("""
        interlude intermission intermezzo zwischenspiel interludio intermède interlúdio интерлюдия
        幕间 幕間 間章 间章 막간 인터루드
    """).split()
)
"""First words of what stands between chapters; where, only a number tells."""
