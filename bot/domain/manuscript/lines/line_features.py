"""Features of single lines that tell prose, dialogue, chats and verse apart, in any script."""

from __future__ import annotations

import re

from bot.domain.manuscript.lines.line_width import INDENT

_CLOSING = "\"'״”’»›«‹“」』）)]}】〕*_~|"
_ENDINGS = frozenset(".!?…:;。！？．｡‽؟۔।॥།။៕។՞։。⁇⁈⁉")
_STOPS = _ENDINGS - frozenset(":;")
_OPENING = "\"'“‘«‹「『（([-–—―*_•"
_PAUSES = frozenset(".,;:!?…—–、，；：。！？．·،؛؟۔।॥།。")
_DASHES = "-–—―‒─"
_GREEK_QUESTION = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff];\Z")

_INNER = re.compile(
    r"[.,;:!?…،؛؟।۔][\"'”’»)]?[ \u00a0](?=\S)|[、，；：。！？…](?=\S)|[ \u00a0][—–-][ \u00a0]"
)
_INNER_STOP = re.compile(r"[.!?؟۔।॥][\"'”’»)]?[ \u00a0](?=\S)|[。！？](?=\S)")
_DASHED = re.compile(
    rf"\\?[{_DASHES}]{{1,2}}(?![{_DASHES}])[ \t\u00a0]*(?=[^\W\d_]|[¿¡…«“\"„‘'*_（(]|\.\.\.)"
)
_QUOTES = re.compile(
    r"“[^“”\n]{2,300}+”|\"[^\"\n]{2,300}+\"|«[^«»\n]{2,300}+»|»[^«»\n]{2,300}+«|„[^„“”\n]{2,300}+[“”]"
    r"|「[^「」\n]{1,300}+」|『[^『』\n]{1,300}+』|״[^״\n]{2,300}+״"
    r"|‘(?:[^‘’\n]|’(?=\w)){1,300}+(?<=[,.!?…—–-])’(?!\w)"
    r"|(?<!\w)'(?:[^'\n]|(?<=\w)'(?=\w)){1,300}+(?<=[,.!?…—–-])'(?!\w)"
)
_SAID_AT_START = frozenset('“"«»„‚‘‹›「『《〈〝＂❝״')
_HYPHENS = ("-", "\u2010", "\xac", "\xad")
_CHAT = re.compile(
    r"(?:[\[(]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[AaPp][Mm])?[\])]?[ \t]*[-–]?[ \t]*)?"
    r"(?:[<\[(（【]?(?:@|\*\*)?[^\W\d_][\w.’'-]{0,23}(?: [\w.’'-]{1,16}){0,2}(?:\*\*)?[>\])）】]?"
    r"(?: ?[(\[]\d{1,2}[:.]\d{2}[^)\]\n]{0,8}[)\]])?(?:[:：](?:\*\*)?(?:[ \t]|(?=[^\x00-\x7f]))|(?<=[>\]】])[ \t]))"
)
_LABELLED = re.compile(r"\\?\[[^\[\]\n]{1,80}\]$|\(?[a-zа-я][.)] \S|\d{1,2}[:.h]\d{2}\b|[•·◦▪‣☐☑] ?\S")


def strip_hard_end(line: str) -> str:
    """Return a line without blanks at both ends, and without the backslash of a hard end."""
    return line.strip().removesuffix("\\").rstrip()


def ends_sentence(line: str) -> bool:
    """Return whether a line ends like a sentence, or like a clause that could end a paragraph."""
    bare = line.rstrip(_CLOSING)
    if not bare or bare[-1] in _ENDINGS or line[-1] in "」』":
        return True
    return bare[-1] in "—–" and (line[-1] in '”"»’' or bare[-2:-1] == ":")


def is_full_sentence(line: str) -> bool:
    """Return whether a line ends with a full stop or the like, or is all said by somebody."""
    bare = line.rstrip(_CLOSING)
    if not bare:
        return True
    if bare[-1] in _STOPS or line[-1] in "」』" or _GREEK_QUESTION.search(bare):
        return True
    said = line[0] in _SAID_AT_START and len(bare) < len(line)
    return said or (bare[-1] in "—–" and is_spoken(line))


def ends_with_pause(line: str) -> bool:
    """Return whether a line ends with any punctuation."""
    bare = line.rstrip(_CLOSING)
    return bare[-1:] in _PAUSES


def count_inner_pauses(line: str) -> int:
    """Return the number of punctuation marks inside a line, at which sentences and clauses end."""
    return len(_INNER.findall(line))


def has_inner_stop(line: str) -> bool:
    """Return whether a sentence ends inside a line."""
    return _INNER_STOP.search(line) is not None


def goes_on(line: str, *, capital: bool) -> bool:
    """Return whether a line may begin inside a sentence, as far as its first sign tells.

    Args:
        line: The line.
        capital: Whether it may begin with a capital. Lines of verse begin with one in many a language; in German
            half of all words do.
    """
    return line[:1] not in _OPENING and (capital or not line[:1].isupper())


def is_parted(line: str, following: str) -> bool:
    """Return whether a word is parted by a hyphen at a line's end."""
    return (
        line[-1:] in _HYPHENS
        and line[-2:-1].isalpha()
        and following[:1].isalpha()
        and not following[:1].isupper()
    )


def opens_with_dash(line: str) -> bool:
    """Return whether a line opens with the dash of dialogue."""
    return _DASHED.match(line) is not None


def answers_quotation(line: str, following: str) -> bool:
    """Return whether a line opens a quotation right after the line above has closed one."""
    return line[-1:] in ("”", "»", "“", "’") and following[:1] in ("“", "«", "„", "»", "‘")


def is_spoken(line: str) -> bool:
    """Return whether a line is dialogue: it opens with a quotation mark or a dash, or quotes somebody."""
    bare = line.lstrip(INDENT + "*_")
    return bare[:1] in _SAID_AT_START or _DASHED.match(bare) is not None or _QUOTES.search(bare) is not None


def has_label(line: str) -> bool:
    """Return whether a line is a bracketed entry, as in a game's status window, or a lettered one, as in `a) tea`."""
    return _LABELLED.match(line) is not None


def is_chat(line: str) -> bool:
    """Return whether a line opens with who writes it, as in `anna: hi` or `[12:03] <anna> hi`."""
    found = _CHAT.match(line.lstrip(INDENT))
    return found is not None and bool(found[0].strip("[]()0123456789:. -–"))
