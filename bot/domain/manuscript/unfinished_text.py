"""Unfinished text: reminders that authors leave for themselves, such as `[TK]` and `[INSERT NAME]`.

They are warned of and stay, because what belongs there is still to be written.
"""

from __future__ import annotations

import re

from bot.domain.manuscript.offset_tracking import TrackedText
from bot.domain.manuscript.text_removal import RemarkTally
from bot.domain.text.sign_search import has_sign

_ANY_CASE = (
    "TK|TKTK|TODO|FIXME|TBD|XXX|PLACEHOLDER|FILL IN|LOREM IPSUM|NTS|NOTE TO SELF|NOTE TO ME|REWRITE THIS|"
    "NOTIZ AN MICH|NOCH (?:SCHREIBEN|EINFÜGEN|ERGÄNZEN|PRÜFEN)|HIER FEHLT|"
    "À (?:COMPLÉTER|FAIRE|RÉDIGER|VÉRIFIER)|NOTE À MOI-MÊME|"
    "POR (?:HACER|ESCRIBIR|COMPLETAR)|PENDIENTE|NOTA (?:PARA MÍ|A MÍ MISMO)|A FAZER|DA FARE|DA SCRIVERE|"
    "ДОПИСАТЬ|ДОПИСАТИ|ДОРАБОТАТЬ|ЗАМЕТКА СЕБЕ|НЕ ЗАБЫТЬ|ΝΑ ΣΥΜΠΛΗΡΩΘΕΙ|ΠΡΟΣ ΣΥΜΠΛΗΡΩΣΗ|"
    "להשלים|לבדוק|ملاحظة لنفسي|للإكمال|يُستكمل|बाद में लिखना|नाम डालें|เติมทีหลัง|ใส่ชื่อ|"
    "待补充?|待補充?|待写|待寫|待修改|待定|此处待|"
    "要確認|要修正|要加筆|あとで書く|後で書く|나중에 (?:쓰기|수정|추가)|수정 필요|이름 넣기"
)
_CAPITALS = (
    "TO DO|INSERT|ADD|CHECK|DESCRIBE|EXPAND|RESEARCH|AUTHOR:|EDITOR:|ED:|EINFÜGEN|ERGÄNZEN|NAME EINFÜGEN|INSÉRER|"
    "AJOUTER|VÉRIFIER|INSERTAR|COMPLETAR|AÑADIR|INSERIRE|INSERIR|ВСТАВИТЬ|ДОБАВИТЬ|ПРОВЕРИТЬ|NAME HERE|CHARACTER NAME"
)
_INSIDE = r"[^\[\](){}【】［］（）\n]{0,200}"
_BRACKETED = re.compile(
    rf"[\[【［][ \t]*+(?P<word>(?i:{_ANY_CASE})(?![\w-])|(?:{_CAPITALS})(?!\w)|\?{{2,}}(?=[\]】］])"
    rf"|(?i:author|note to self)(?=[:\]])|(?i:insert [^\[\]\n]{{1,80}} here)(?=\])){_INSIDE}[\]】］](?!\()"
    rf"|[({{（][ \t]*+(?:TK|TODO|FIXME|TBD|XXX|(?:{_CAPITALS})(?=[ \t]))(?![\w-]){_INSIDE}[)}}）]"
)
_BARE = re.compile(r"\bTKTK(?:TK)*+\b|(?<![\w\[(])@?(?:TODO|FIXME|XXX):|(?<!\w)@(?:TODO|todo|FIXME)\b")
_SIGNS = ("TK", "TODO", "FIXME", "XXX", "@todo")
_BACKSLASH = "\\"
_MEND = "Readers will see it: write what belongs there, or put it in <!-- -->."


def warn_of_unfinished(draft: TrackedText) -> None:
    """Warn of each reminder; of question marks in brackets, which may be the story's, only once."""
    text = draft.text
    if any(sign in text for sign in "[({【［（"):
        unknown = RemarkTally(draft)

        def warn(found: re.Match[str]) -> None:
            if (found["word"] or "").startswith("?"):
                unknown.add(found[0], found.start())
            else:
                _warn(draft, found)

        draft.replace(_BRACKETED, warn)
        unknown.tell("“{kind}” may be a gap that you meant to fill", _MEND)
    if any(has_sign(text, sign) for sign in _SIGNS):
        draft.replace(_BARE, lambda found: _warn(draft, found))


def _warn(draft: TrackedText, found: re.Match[str]) -> None:
    draft.remark(
        found.start(), f"“{found[0][:40].replace(_BACKSLASH, '')}” looks like a note to yourself", _MEND
    )
