"""Words of links between chapters, such as “previous” and “table of contents”, in the languages of many readers."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

ARROWS = "←→⇐⇒⇦⇨⟵⟶⟸⟹◀▶◁▷◄►⏮⏭⏪⏩⬅➡➔➜➤«»‹›≪≫<>＜＞👈👉☜☞↑↓⬆⬇⇧↩↪↤↦🔙🔜🔝🏠🏡📖📚📑⌂▲△≡☰"
"""Signs that point at a page."""

SEPARATORS = "|｜·•‧・∙/／\\-–—―~*_:：,，、;()（）[]【】「」=+#\ufe0f\u200b\u200c\u200d\u2060"
"""Signs between such words."""


class Direction(StrEnum):
    """Page that a link leads to."""

    TURN = "turn"
    """The chapter before or after."""
    CONTENTS = "contents"
    """The table of contents or the site."""


_CHAPTERS = {
    "en": "chapter page part episode story scene book post section entry volume",
    "de": "kapitel seite teil folge abschnitt episode",
    "fr": "chapitre page partie épisode",
    "es": "capítulo capitulo página pagina parte episodio",
    "pt": "capítulo capitulo página pagina parte episódio",
    "it": "capitolo pagina parte episodio",
    "ru": "глава страница часть",
    "uk": "розділ глава сторінка частина",
    "pl": "rozdział strona część",
    "nl": "hoofdstuk pagina deel",
    "sv": "kapitel sida del",
    "el": "κεφάλαιο σελίδα",
    "tr": "bölüm sayfa",
    "id": "bab halaman",
    "vi": "chương trang",
    "ar": "الفصل الصفحة",
    "hi": "अध्याय पृष्ठ",
    "th": "ตอน บท หน้า",
    "ko": "장 화 편 페이지",
}
_BEFORE = {
    "en": "previous prev next last first latest",
    "de": "vorheriges vorherige vorheriger voriges vorige nächstes nächste nächster letztes letzte erstes erste",
    "fr": "précédent précédente suivant suivante premier dernier",
    "es": "anterior siguiente primer último próximo",
    "pt": "anterior próximo próxima seguinte primeiro último",
    "it": "precedente successivo successiva prossimo prossima primo ultimo",
    "ru": "предыдущая предыдущий следующая следующий первая последняя",
    "uk": "попередній попередня наступний наступна",
    "pl": "poprzedni poprzednia następny następna",
    "nl": "vorige vorig volgende volgend",
    "sv": "föregående nästa",
    "el": "προηγούμενο προηγούμενη επόμενο επόμενη",
    "tr": "önceki sonraki",
    "id": "sebelumnya berikutnya selanjutnya",
    "vi": "trước sau tiếp",
    "ar": "السابق السابقة التالي التالية",
    "hi": "पिछला पिछली अगला अगली",
    "th": "ก่อนหน้า ถัดไป ต่อไป",
    "ko": "이전 다음",
}
_TURNS = (
    "back forward forwards zurück weiter retour suite volver atrás adelante continuar voltar "
    "avançar indietro avanti назад вперёд вперед далее дальше wstecz dalej terug verder tillbaka "
    "framåt πίσω geri ileri 上一章 上一页 上一頁 上一节 上一回 上一篇 上一话 上一話 下一章 下一页 "
    "下一頁 下一节 下一回 下一篇 下一话 下一話 前一章 后一章 後一章 上页 下页 上頁 下頁 上章 下章 "
    "前へ 次へ 前の話 次の話 前話 次話 前章 次章 前の章 次の章 前のページ 次のページ 前ページ "
    "次ページ 前回 次回 戻る 進む 이전화 다음화 이전글 다음글 이전장 다음장 이전편 다음편 הקודם "
    "הבא הפרק+הקודם הפרק+הבא בא קודם ตอนก่อนหน้า ตอนถัดไป ตอนต่อไป บทก่อนหน้า บทถัดไป หน้าก่อน "
    "หน้าถัดไป"
)
_CONTENTS = (
    "contents table+of+contents toc index chapters chapter+index chapter+list all+chapters "
    "list+of+chapters home homepage home+page main+page start+page archive menu top up "
    "back+to+top back+to+index back+to+contents back+to+chapters back+to+home back+to+the+index "
    "back+to+the+top story+index return+to+index return+to+contents inhalt inhaltsverzeichnis "
    "inhaltsübersicht übersicht startseite kapitelübersicht zum+inhalt nach+oben "
    "zum+inhaltsverzeichnis zur+übersicht sommaire table+des+matières accueil index+des+chapitres "
    "haut+de+page índice indice inicio índice+de+capítulos tabla+de+contenidos tabla+de+contenido "
    "início sumário página+inicial índice+dos+capítulos sommario indice+dei+capitoli оглавление "
    "содержание главная на+главную к+оглавлению к+содержанию наверх зміст головна spis+treści "
    "strona+główna inhoud inhoudsopgave innehåll innehållsförteckning περιεχόμενα αρχική "
    "πίνακας+περιεχομένων içindekiler anasayfa ana+sayfa daftar+isi beranda mục+lục trang+chủ "
    "الفهرس فهرس الرئيسية المحتويات قائمة+الفصول תוכן+העניינים תוכן+עניינים תוכן ראשי דף+הבית "
    "विषय+सूची विषयसूची सूची मुखपृष्ठ สารบัญ หน้าแรก หน้าหลัก 目录 目錄 返回目录 返回目錄 回目录 "
    "回目錄 章节目录 章節目錄 章节列表 首页 首頁 主页 主頁 书页 書頁 返回首页 返回书页 目次 "
    "目次へ 目次に戻る トップ トップへ トップページ ホーム 一覧 作品トップ 목차 목록 처음 "
    "처음으로 홈 목록으로 차례"
)


def _turns() -> set[str]:
    phrases = set(_TURNS.split())
    for language, words in _BEFORE.items():
        names = _CHAPTERS[language].split()
        for word in words.split():
            if word not in ("last", "first", "latest", "letzte", "erste", "trước", "sau"):
                phrases.add(word)
            phrases.update(f"{word}+{name}" for name in names)
            phrases.update(f"{name}+{word}" for name in names)
    return phrases


def _expression(phrases: set[str]) -> str:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\+", r"\s+") for phrase in longest_first)


@cache
def _words() -> re.Pattern[str]:
    """Return the pattern of one phrase. It is compiled at first use, which takes as long as a small program's start."""
    return re.compile(
        rf"\s*+(?:(?:the|la|le|el|o|a|das|die|der)\s+)?(?:(?P<turn>{_expression(_turns())})"
        rf"|(?P<contents>{_expression(set(_CONTENTS.split()))}))(?=\s|$)"
    )


_LONGEST = 160


def find_directions(words: str) -> list[Direction] | None:
    """Return where each phrase of some words leads; None if any of them is no word of such a link."""
    text = words.casefold().strip()
    if not text or len(text) > _LONGEST:
        return None
    found: list[Direction] = []
    at = 0
    while at < len(text):
        phrase = _words().match(text, at)
        if phrase is None:
            return None
        found.append(Direction.TURN if phrase["turn"] else Direction.CONTENTS)
        at = phrase.end()
    return found
