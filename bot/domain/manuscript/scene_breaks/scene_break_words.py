"""Words for a scene break that authors write where a sign should stand, in many languages."""

from __future__ import annotations

import re
import unicodedata

LONGEST_WORDS = 60
"""Characters of the longest line that can be such words."""

_CLEAR = """
scene break, scene change, scene shift, scene switch, scene transition, section break, page break, chapter break,
line break, paragraph break, space break, time skip, time jump, time lapse, ornamental break, new page, clear page,
next page, fancy break, horizontal rule, horizontal line;
Szenenwechsel, Szenenumbruch, Szenentrenner, Szenentrennung, Seitenumbruch, Zeitsprung, Abschnittswechsel, Trennlinie,
changement de scène, changement de scene, saut de scène, saut de page, saut de section, saut de ligne,
saut dans le temps, saut temporel, ellipse temporelle, rupture de scène;
cambio de escena, salto de escena, corte de escena, salto de página, salto de tiempo, salto temporal,
salto en el tiempo, línea divisoria;
mudança de cena, quebra de cena, quebra de página, quebra de seção, salto no tempo, passagem de tempo,
cambio scena, cambio di scena, salto temporale, salto pagina, interruzione di pagina, interruzione di scena;
scènewissel, scenewissel, pagina-einde, tijdsprong, scenbyte, sidbrytning, sceneskift, sideskift, tidshopp,
zmiana sceny, przeskok czasowy, podział strony, změna scény, zalomení stránky, schimbare de scenă, jelenetváltás,
sahne değişimi, sahne geçişi, sahne değişikliği, sayfa sonu, zaman atlaması, chuyển cảnh, ngắt trang,
pergantian adegan, ganti adegan;
смена сцены, смена сцен, смена кадра, разрыв страницы, разрыв сцены, скачок во времени, прыжок во времени,
зміна сцени, розрив сторінки, стрибок у часі, смяна на сцената, промена сцене;
αλλαγή σκηνής, αλλαγή σελίδας, διακοπή σκηνής, χρονικό άλμα;
تغيير المشهد, تغيير مشهد, تغير المشهد, فاصل مشهد, فاصل المشاهد, فاصل صفحات, قفزة زمنية, تغییر صحنه;
החלפת סצנה, מעבר סצנה, שינוי סצנה, מעבר עמוד, קפיצת זמן, קפיצה בזמן;
दृश्य परिवर्तन, दृश्य विराम, दृश्य बदलाव, पृष्ठ विराम, समय परिवर्तन, দৃশ্য পরিবর্তন, காட்சி மாற்றம்;
เปลี่ยนฉาก, ตัดฉาก, คั่นฉาก, ตัดภาพ, ขึ้นหน้าใหม่, แบ่งหน้า, ข้ามเวลา;
场景转换, 场景切换, 场景变换, 场景分割, 場景轉換, 場景切換, 場景變換, 转场, 轉場, 换场, 換場,
分割线, 分割線, 分隔线, 分隔線, 分隔符, 分页符, 分頁符, 分页, 分頁, 换页, 換頁, 时间跳跃, 時間跳躍;
場面転換, 場面切替, 場面切り替え, 場面変更,
シーン転換, シーンチェンジ, シーン切り替え, 改ページ, 改頁, 改丁, 改段, 区切り線, 時間経過;
장면 전환, 장면 변경, 장면 바뀜, 시간 경과, 구분선, 페이지 나누기, 쪽 나누기
"""
_VAGUE = """
break, pause, scene, transition, divider, separator, skip, ornament, dinkus, asterism, fleuron, hr, Trenner, Umbruch,
ellipse, séparateur, separador, separatore, stacco, разделитель, перерыв, пауза, розділювач, διαχωριστικό,
فاصل, מפריד, विराम, คั่น, 转换, 轉換, 区切り, 暗転, 구분
"""

_KEPT_APART = re.compile(r"[\s_\-\u200c·]+")
_COMMAND = re.compile(
    r"\\(?:new|clear|cleardouble)page\*?|\\(?:page|scene|section|fancy|plain|pfancy|line)break\*?(?:\{[^{}]*\})?"
    r"|\\(?:hrule(?:fill)?|bigskip|medskip|smallskip|asterism|dinkus|hfill)"
    r"|\\vspace\*?\{[^{}]*\}|\[\[?(?:pagebreak|newpage)\]\]?|<(?:mbp|a|o):[a-z]*break ?/?>",
    re.IGNORECASE,
)
_BRACKETS = {
    "[": "]",
    "{": "}",
    "(": ")",
    "<": ">",
    "［": "］",
    "（": "）",
    "【": "】",
    "〔": "〕",
    "｛": "｝",
    "《": "》",
}
_SIGNS = "*~=-–—―─━═_+#•·.:＊～〜◆◇★☆※xXoO "
_OPENING = frozenset(_SIGNS.replace(" ", "")) | frozenset(_BRACKETS) | {"\\"}
_CLOSING = frozenset(_SIGNS.replace(" ", "")) | frozenset(_BRACKETS.values())
_FEW = 2


def _folded(text: str) -> str:
    """Return the letters of a text without case, accents, blanks and hyphens."""
    letters = _KEPT_APART.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _table(words: str) -> frozenset[str]:
    return frozenset(_folded(word) for word in re.split("[,;]", words))


_CLEARLY, _VAGUELY = _table(_CLEAR), _table(_VAGUE)
_UNCASED = frozenset(
    bare[0] for word in re.split("[,;]", _CLEAR) if (bare := word.strip()).lower() == bare.upper()
)
"""First letters of clear words in scripts without capitals."""


def may_be_break_words(line: str) -> bool:
    """Return whether it is worth looking closer: a quick test that nearly all prose fails."""
    first, last = line[0], line[-1]
    if len(line) > LONGEST_WORDS:
        return False
    if first in _OPENING:
        return last in _CLOSING or line[1:2] in _OPENING or first == "\\"
    return first in _UNCASED or line.isupper()


def is_break_command(line: str) -> bool:
    r"""Return whether a line is a typesetter's command for a break, as `\newpage`."""
    return _COMMAND.fullmatch(line) is not None


def is_break_word(line: str) -> bool:
    """Return whether a line is words for a break in brackets, between signs, or in capitals.

    `[scene break]`, `~ Szenenwechsel ~`, `［＃改ページ］` and `СМЕНА СЦЕНЫ` are; a plain `Pause.` is text.
    """
    inside, bracketed, framed = _unframed(line)
    key = _folded(inside.strip("＃#").removesuffix("/"))
    if key in _CLEARLY:
        return bracketed or framed > 0 or (inside.isupper())
    return key in _VAGUELY and (bracketed or framed >= _FEW)


def is_bare_break_word(line: str) -> bool:
    """Return whether a line is nothing but clear words for a break, in a script without capitals."""
    return line.lower() == line.upper() and _folded(line) in _CLEARLY


def _unframed(line: str) -> tuple[str, bool, int]:
    """Return the words without what surrounds them, whether brackets do, and the fewest signs on a side.

    One sign has to stand on both sides, because a dash alone opens dialogue.
    """
    inside, bracketed, framed = line, False, 0
    while inside:
        bare = inside.strip(_SIGNS)
        before, _, after = inside.partition(bare) if bare else ("", "", "")
        first, last = (len("".join(side.split())) for side in (before, after))
        if first >= _FEW or (first and last):
            inside, framed = bare, max(framed, min(first, last or 1))
        elif len(inside) > 2 and _BRACKETS.get(inside[0]) == inside[-1]:
            inside, bracketed = inside[1:-1].strip(), True
        else:
            break
    return inside, bracketed, framed
