"""Words by which a line is known as an author's note, as talk to the readers, or as a disclaimer."""

from __future__ import annotations

import re

from bot.domain.manuscript.web_pages.web_page_lines import SPEECH
from bot.domain.manuscript.web_pages.web_page_phrases import NOTE_HEADINGS, find_talk

_MARKS = " \t*_#~\\>"
_OPENING = "([（【{<"
_CLOSING = ")]）】}>"
_SEPARATORS = " \t:：–—-*_.)]）】"
_ABBREVIATION = re.compile(r"n/a(?= ?:)")
_CAPTIONS = frozenset(("summary", "notes", "note", "chapter summary"))
_PERSONAL = re.compile(r"a note from (?!the author|your author)")

_SPEAKS = re.compile(
    r"(?:(?:\A|[.!?…,] ?|please |also |so |and |don[’']t forget to )(?:(?:tell|let) (?:me|us)\b.{0,80}\bcomments?\b"
    r"|(?:leave|drop|share|post|write)(?: me| us)? (?:an?|your|some|any)\b.{0,40}\b(?:comments?|reviews?"
    r"|suggestions?)\b"
    r"|(?:please |pls |plz )(?:read and )?(?:review|comment|vote|like|follow|rate)[!.♥ ]*\Z"
    r"|comment (?:below|down below)|review(?:,| and) (?:favou?rite|follow)|(?:please )?r ?& ?r\b))"
    r"|\bsuggestions? (?:are|is) (?:always )?welcome|\bany suggestions\b.{0,20}\?"
    r"|\bsee you (?:all |guys )?(?:in the )?next (?:chapter|update|part)"
    r"|\bhope you(?:[’']ve| have| all| guys)? (?:enjoy(?:ed)?|liked?) (?:this|the|my) (?:chapter|part|update|story)"
    r"|\bthank(?:s| you)(?: all| guys| everyone| so much){0,2} for (?:all )?(?:the|your) (?:\w+ )?"
    r"(?:reads|votes|comments|reviews|suggestions|favou?rites|follows)"
    r"|\bwhat do you (?:guys |all )?think (?:of|about) (?:this|the) (?:chapter|part|update|story)"
    r"|\blet me know what you think (?:of|about) (?:this|the) (?:chapter|part|update|story)"
    r"|(?:schreibt|sagt|verratet) (?:es )?mir\b.{0,60}kommentare|(?:decidme|díganme|cuéntenme"
    r"|déjenme)\b.{0,60}comentarios"
    r"|dites[- ](?:le[- ])?moi\b.{0,60}commentaires?|(?:digam|contem)\b.{0,60}comentários|(?:пишите"
    r"|напишите)\b.{0,60}комментари",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:what|who|where|which|how)\b.{0,60}\b(?:you|next|happens?|chapter)\b.{0,60}\?|until next time\b.{0,40}"
    r"|sorry (?:for|this|about|that)\b.{0,160}|(?:love|see) (?:you|y[’']?all)\b.{0,40}|(?:i )?hope you\b.{0,120}"
    r"|thank(?:s| you)\b.{0,80}|(?:hi|hey|hello) (?:guys|everyone|all|readers)\b.{0,200}"
    r"|(?:next|new) (?:chapter|update|part)\b.{0,80}|was denkt ihr\b.{0,80}\?|¿qué (?:creen|pensáis)\b.{0,80}\?",
    re.IGNORECASE,
)
_ABOUT_WRITING = re.compile(
    r"\b(?:chapters?|stor(?:y|ies)|readers?|reviews?|comments?|updat(?:e|es|ing)|vot(?:e|es|ing)|reading|wattpad|patreon"
    r"|beta|suggestions?|kapitel|geschichte|leser|capítulo|historia|chapitre|histoire|lecteurs|глав[аыу]|читател)\b",
    re.IGNORECASE,
)

_DISCLAIMER = re.compile(
    r"(?:standard )?(?:disclaimers?|haftungsausschluss|descargo(?: de responsabilidad)?|дисклеймер|отказ от прав)\b"
    r"\W{0,4}(?:[:：–—-]\W{0,3}|\Z)",
    re.IGNORECASE,
)
_OWNERSHIP = re.compile(
    r"(?:i|we) (?:own nothing|(?:do not|don[’']t) own (?:any(?:thing)?\b|these|the (?:characters|rights)"
    r"|(?-i:[^\W\d_a-zа-я])))"
    r".{0,160}|all (?:rights|characters)\b.{0,60}\bbelong to\b.{0,100}",
    re.IGNORECASE,
)


_CLAIM = re.compile(
    r"\b(?:own(?:s|ed|ership)?|belongs?|mine|rights?|fiction(?:al|s)?|fan ?fic(?:tion)?|resemblance|coincidence"
    r"|copyright|profits?|money|trademarks?|propert(?:y|ies)|credits?|affiliated|endorse\w*|infringement|plagiari\w+"
    r"|imagination|depict\w*|mature|graphic|advice|gehör(?:en|t)|rechte|fiktiv|erfunden|pertenecen?|derechos|ficci[oó]n"
    r"|ficticios?|appartien(?:nen)?t|droits|fictifs?|pertencem?|direitos|fic[çc][aã]o)\b|принадлеж|вымышлен|прав[ао]?\b",
    re.IGNORECASE,
)
"""Words of which a disclaimer has one: whose something is, or that it is made up."""

_NOTE_FROM = re.compile(r"A note from [^\s:,.!?]{2,40}")
"""Heading of a note below a chapter of Royal Road's, with the author's name."""


def find_note_label(text: str, *, is_marked: bool = False) -> int | None:
    """Return the length of the label with which a note begins, or None for a line that begins none.

    Args:
        text: The line.
        is_marked: Set if its source marks it as a note, so that `Notes` alone is enough.
    """
    start = len(text) - len(text.lstrip(_MARKS + _OPENING))
    rest = text[start:]
    low = rest.lower()
    if is_marked and low.strip(_SEPARATORS) in _CAPTIONS:
        return len(text)
    if _NOTE_FROM.fullmatch(rest.rstrip(" *_")):
        return len(text)
    match = NOTE_HEADINGS.match(low.replace("**", "  ") if "**" in low else low) or _ABBREVIATION.match(low)
    if match is None:
        return None
    label = match[0].strip()
    if not is_marked and (
        label in ("notes", "opening notes")
        or (label == "an" and not rest.startswith("AN"))
        or _PERSONAL.match(low)
        or (
            rest[match.end() :].lstrip()[:1].islower()
            and not rest[match.end() :].lstrip(" *_").startswith((":", "-"))
        )
    ):
        return None
    end = start + match.end()
    while end < len(text) and text[end] in _SEPARATORS:
        end += 1
    return end


def strip_note_label(text: str, label: int) -> str:
    """Return a note's text without its label and the brackets or emphasis around the whole of it."""
    head, rest = text[:label], text[label:].strip()
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        if opening in head and closing not in head and rest.endswith(closing):
            rest = rest[:-1].rstrip()
    stars = len(head) - len(head.lstrip("*_"))
    marks = head[:stars]
    if marks and head.count(marks[0]) == len(marks) and rest.endswith(marks):
        rest = rest[: -len(marks)].rstrip()
    return rest


def opens_bracket(text: str) -> bool:
    """Return whether a line begins with a bracket that it does not close."""
    bare = text.strip(_MARKS)
    return bare[:1] in tuple(_OPENING) and bare[-1:] not in tuple(_CLOSING)


def is_bracketed(text: str) -> bool:
    """Return whether a line stands in brackets as a whole."""
    bare = text.strip(_MARKS)
    return bare[:1] in tuple(_OPENING) and bare[-1:] in tuple(_CLOSING)


def closes_bracket(text: str) -> bool:
    """Return whether a line ends with a closing bracket."""
    return text.rstrip(_MARKS)[-1:] in tuple(_CLOSING)


def has_speech(text: str) -> bool:
    """Return whether a line has signs of speech."""
    return not SPEECH.isdisjoint(text.replace("—", "")) or text.lstrip(_MARKS)[:1] == '"'


def addresses_readers(text: str) -> bool:
    """Return whether a line can only be said to the readers of a story."""
    bare = text.strip(_MARKS + "()[]")
    if not bare or len(bare) > 600 or has_speech(bare):
        return False
    low = bare.lower()
    return _SPEAKS.search(bare) is not None or find_talk(low)(low)


def may_address_readers(text: str) -> bool:
    """Return whether a line beside one that addresses the readers does so too."""
    bare = text.strip(_MARKS + "()[]")
    return not has_speech(bare) and (_ASKS.match(bare) is not None or addresses_readers(text))


def is_about_writing(text: str) -> bool:
    """Return whether a line talks of chapters, readers and the like, as notes do."""
    return not has_speech(text) and _ABOUT_WRITING.search(text) is not None


def disclaims(text: str) -> bool:
    """Return whether a disclaimer says what one says: that somebody owns nothing, that it is fiction."""
    return _CLAIM.search(text) is not None


def find_disclaimer(text: str, *, is_apart: bool) -> str | None:
    """Return a disclaimer without its label, an empty one if the line is the label alone, or None.

    Args:
        text: The line.
        is_apart: Set if the line is set apart from the text, so that it needs no label.
    """
    bare = text.strip(_MARKS + _OPENING + _CLOSING)
    match = _DISCLAIMER.match(bare)
    if match is not None:
        return bare[match.end() :].strip(" *_")
    if is_apart and len(bare) < 240 and not has_speech(bare) and _OWNERSHIP.fullmatch(bare):
        return bare
    return None
