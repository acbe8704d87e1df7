"""Matter of a book or an archive before and after its text: licences, imprints, biographies, lists, logs, comments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.manuscript_import.line_editor import BlockLine, LineEditor
from bot.domain.manuscript_import.source_document import BlockKind

_MARKS = " \t*_#~"

_LIBRARY_START = re.compile(r"\**\s*\*{3} ?START OF (?:THE|THIS) PROJECT GUTENBERG EBOOK", re.IGNORECASE)
_LIBRARY_END = re.compile(
    r"\**\s*\*{3} ?END OF (?:THE|THIS) PROJECT GUTENBERG EBOOK|end of (?:the )?project gutenberg['’]s ",
    re.IGNORECASE,
)
_ESCAPES = re.compile(r"\\(?=[*_#])")

_IMPRINT = re.compile(
    r"(?:copyright )?(?:©|\(c\)) ?(?:copyright )?(?:by )?(?:\d{4}|[\w. ]{1,40} \d{4})|copyright (?:by |©|\d{4})"
    r"|(?:all rights reserved|alle rechte vorbehalten|todos los derechos reservados|tous droits réservés"
    r"|todos os direitos reservados|все права защищены)(?:\W*\Z|\. )|no part of this (?:book|publication|work) may be"
    r"|this (?:book|novel|story) is a work of fiction\b.{0,20}(?:names|any|$)"
    r"|any resemblance to (?:actual|real) (?:persons|events|people)|isbn(?:-1[03])?[ :]\s?[\dx-]{9,}"
    r"|(?:this work is )?licensed under (?:a |the )?creative commons",
    re.IGNORECASE,
)
_IMPRINT_DETAIL = re.compile(
    r"(?:first |originally )?(?:published|printed|edition)\b|(?:cover|book|interior)(?: \w+)? (?:design"
    r"|art|illustration)"
    r"|(?:library of congress|typeset|e-?book (?:edition|isbn)|names, characters|any resemblance)"
    r"|(?:https?://|www\.)\S+\Z|[\w.]+@[\w.]+\Z|\d{1,2}(?:st|nd|rd|th) edition",
    re.IGNORECASE,
)
_IMPRINT_REACH = 40
"""Lines at either end of a document among which an imprint may be."""

_TRANSCRIBER = re.compile(
    r"transcriber[’']?s?[’']? notes?\b|anmerkungen? zur transkription|note du transcripteur", re.I
)
_PRODUCED = re.compile(r"(?:e-text )?(?:produced|transcribed|prepared) by .{3,200}", re.IGNORECASE)

_LOG = re.compile(
    r"(?:update log|change ?log|updates|edit (?:log|history)|revision history|release notes"
    r"|änderungsprotokoll|更新日志)\s*[:：]?",
    re.IGNORECASE,
)
_LOG_ENTRY = re.compile(
    r"(?:[-•*] ?)?(?:\[?\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?\]?|v(?:ersion)? ?\d+(?:\.\d+)*"
    r"|edit(?:ed)? ?\d*|update ?\d*)"
    r"\s?[:：,–—-].{1,200}",
    re.IGNORECASE,
)

_BIOGRAPHY = re.compile(
    r"about the author|über (?:den autor|die autorin)|sobre (?:el autor|la autora|o autor|a autora)"
    r"|à propos de l[’']auteure?|об авторе",
    re.IGNORECASE,
)
_LIFE = re.compile(
    r"\b(?:(?:is|was) (?:the|a|an) .{0,60}(?:author|writer|novelist|poet)|lives? (?:in|with|by|near|on|between)"
    r"|was born"
    r"|has (?:written|published)"
    r"|(?:lebt|wohnt) (?:in|mit)|wurde .{0,40}geboren|vive (?:en|em|con|com)|nació|nasceu|vit (?:à|en"
    r"|avec)|родил(?:ся|ась)"
    r"|жив[её]т в)",
    re.IGNORECASE,
)
_OTHER_BOOKS = re.compile(
    r"(?:also|other (?:books|works|titles|stories)) by\b.{0,60}|praise for\b.{0,80}"
    r"|(?:more|other) (?:stories|works) from this author"
    r"|(?:(?:recommended|similar) (?:stories|books|works)|you (?:may|might|['’]?ll) (?:also )?(?:like|enjoy))[:!]?"
    r"|weitere (?:bücher|titel|geschichten) von\b.{0,60}",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:\d{1,5} )?(?:comments?|reviews?|kommentare|comentarios|commentaires|comentários"
    r"|комментарии)(?: ?\(\d{1,6}\)| \d+)?:?",
    re.IGNORECASE,
)
_COMMENT_SIGN = re.compile(
    r"(?:reply|replies|like|report|permalink|antworten|responder|répondre|ответить)\b[ |·(\d)]*"
    r"|.{0,60}\b(?:\d{1,3}|an?) (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|[smhdwy]|mo) ago.{0,20}"
    r"|vor (?:\d{1,3}|einem|einer) \w+|hace \d{1,3} \w+|il y a \d{1,3} \w+|\d{1,3} \w+ назад",
    re.IGNORECASE,
)
_LONGEST_AFTERWORD = 40
"""Lines that a biography, a list of books or readers' comments have at most."""

_LONGEST_BIOGRAPHY = 2500


def drop_book_matter(editor: LineEditor) -> None:
    """Take out what a book has before and after its text, where it is plainly that."""
    for find in (_find_library_frame, _find_endings, _find_imprint, _find_transcriber, _find_log):
        lines = editor.lines
        if lines:
            editor.drop(find(lines))


def _bare(line: BlockLine) -> str:
    return line.text.strip(_MARKS)


def _find_library_frame(lines: Sequence[BlockLine]) -> dict[int, str]:
    """Find what Project Gutenberg puts around a book."""
    start, end = -1, len(lines)
    for index, line in enumerate(lines):
        if "GUTENBERG" not in line.text.upper():
            continue
        text = _ESCAPES.sub("", line.text).strip()
        if _LIBRARY_START.match(text):
            start = index
        elif _LIBRARY_END.match(text):
            end = min(end, index)
    found = dict.fromkeys(range(start + 1), "the header of Project Gutenberg")
    found |= dict.fromkeys(range(end, len(lines)), "the licence of Project Gutenberg")
    if start >= 0:
        following = range(start + 1, min(start + 4, len(lines)))
        found |= {
            index: "who prepared the file for Project Gutenberg"
            for index in following
            if _PRODUCED.fullmatch(_bare(lines[index]))
        }
    return found


def _find_imprint(lines: Sequence[BlockLine]) -> dict[int, str]:
    """Find lines of law, and those of publishers beside them, at the ends."""
    near = {*range(min(_IMPRINT_REACH, len(lines))), *range(max(0, len(lines) - _IMPRINT_REACH), len(lines))}
    sure = {index for index in near if lines[index].is_prose and _IMPRINT.match(_bare(lines[index]))}
    found = set(sure)
    for start in sure:
        for step in (-1, 1):
            index = start + step
            while index in near and index not in sure and _IMPRINT_DETAIL.match(_bare(lines[index])):
                found.add(index)
                index += step
    return dict.fromkeys(found, "a line of the copyright page")


def _find_transcriber(lines: Sequence[BlockLine]) -> dict[int, str]:
    """Find a transcriber's note: to the next heading or break, if that is near, or its own paragraph."""
    found: dict[int, str] = {}
    for index in {*range(min(_IMPRINT_REACH, len(lines))), *range(max(0, len(lines) - 60), len(lines))}:
        match = _TRANSCRIBER.match(_bare(lines[index]).lstrip("[( "))
        if match is None:
            continue
        alone = len(_bare(lines[index])) <= match.end() + 3
        stop = index + 1
        if alone:
            end = _next_break(lines, stop)
            stop = end if end - stop <= 20 and end < len(lines) + 1 else stop + 1
        found |= dict.fromkeys(range(index, min(stop, len(lines))), "a note of whoever transcribed the book")
    return found


def _find_log(lines: Sequence[BlockLine]) -> dict[int, str]:
    """Find a log of updates: its heading, and entries that begin with a date or a version."""
    found: dict[int, str] = {}
    for index, line in enumerate(lines):
        if len(line.text) > 40 or not _LOG.fullmatch(_bare(line)):
            continue
        stop = index + 1
        while stop < len(lines) and (
            _LOG_ENTRY.fullmatch(_bare(lines[stop]))
            or (lines[stop].kind is BlockKind.LIST and _LOG_ENTRY.match(lines[stop].text.lstrip("-*+ ")))
        ):
            stop += 1
        if stop > index + 1:
            found |= dict.fromkeys(range(index, stop), "a log of updates")
    return found


def _find_endings(lines: Sequence[BlockLine]) -> dict[int, str]:
    """Find a biography, a list of other books, or comments of readers: to the next heading, or to the end."""
    for index in range(max(0, len(lines) - 3 * _LONGEST_AFTERWORD), len(lines)):
        text = _bare(lines[index])
        if len(text) > 100 or not lines[index].is_prose:
            continue
        stop = next(
            (each for each in range(index + 1, len(lines)) if lines[each].kind is BlockKind.HEADING),
            len(lines),
        )
        rest = lines[index + 1 : stop]
        if not rest or len(rest) > _LONGEST_AFTERWORD or (index == 0 and stop < len(lines)):
            continue
        is_named = lines[index].kind is BlockKind.HEADING and stop == len(lines)
        if _BIOGRAPHY.fullmatch(text) and _is_biography(rest, is_named=is_named):
            return dict.fromkeys(range(index, stop), "a biography of the author")
        is_last = stop == len(lines)
        if is_last and _OTHER_BOOKS.fullmatch(text) and all(len(line.text) < 300 for line in rest):
            return dict.fromkeys(range(index, stop), "a list of other books, or recommendations")
        if is_last and _COMMENTS.fullmatch(text) and _are_comments(rest):
            return dict.fromkeys(range(index, stop), "comments of readers on the web page")
    return {}


def _is_biography(rest: Sequence[BlockLine], *, is_named: bool) -> bool:
    """Return whether lines tell of somebody's life; the last of a book that a heading names so need not say it."""
    text = " ".join(line.text for line in rest)
    says_so = is_named or _LIFE.search(text) is not None
    return len(text) <= _LONGEST_BIOGRAPHY and says_so and not _has_speech(rest)


def _are_comments(rest: Sequence[BlockLine]) -> bool:
    return sum(_COMMENT_SIGN.fullmatch(_bare(line)) is not None for line in rest) * 6 >= len(rest)


def _has_speech(rest: Sequence[BlockLine]) -> bool:
    return any(line.text.lstrip()[:1] in '“"„«' for line in rest)


def _next_break(lines: Sequence[BlockLine], start: int) -> int:
    kinds = (BlockKind.HEADING, BlockKind.SCENE_BREAK)
    return next((index for index in range(start, len(lines)) if lines[index].kind in kinds), len(lines))
