"""Lines above a chapter's first sentence: its title again, warnings, the point of view."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set

from bot.domain.manuscript_import.import_decisions import DecisionKind
from bot.domain.manuscript_import.line_editor import LineEditor
from bot.domain.manuscript_import.source_document import BlockKind, BlockTrait, SourceBlock

_TOP = 6
"""Lines of a chapter that are looked at for what belongs above its text."""

_LONGEST = 160
_MARKS = " \t*_#~\\[]()"
_SIGNS = re.compile(r"[\W_]+")
_OF_SO_MANY = re.compile(
    r"(?:chapter|part|page|kapitel|teil|chapitre|cap[ií]tulo|parte|глава|часть) \d{1,4} ?(?:of|/|von|de"
    r"|sur|из) ?\d{1,4}",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(
    r"(?:chapter|part|kapitel|teil|chapitre|cap[ií]tulo|parte|глава|часть|episode) (?:\d{1,4}|[\w]{1,20}) (?=\S)"
)
"""A chapter's number before its title, in lower case and without signs."""

_WARNING = re.compile(
    r"(?:(?:content|trigger) (?:and trigger )?warnings?|(?:cw|tw|tw/cw|cw/tw)(?=\s*[:：])"
    r"|trigger ?warnung(?:en)?|inhaltswarnung(?:en)?"
    r"|advertencias? de contenido|avertissements? (?:de contenu)?|avisos? de (?:gatilho|conteúdo)"
    r"|(?:предупреждени[ея])(?=\s*[:：]))(?: for (?:this )?chapter)?\s*(?:[:：–—-]\s*(?P<list>.+))?",
    re.IGNORECASE,
)
_LIST_SIGN = re.compile(r"\s*[,;/，、]\s*|\s+(?:and|und|y|et|e|и)\s+(?=[^,;/]+\Z)")
_NAME = (
    r"(?P<{}>[^\W\d_a-zа-я][\w.’'-]{{0,30}}(?: (?:[^\W\d_a-zа-я][\w.’'-]{{0,30}}|of|the|von|de|la)){{0,3}})"
)
_POV = re.compile(
    "|".join(
        (
            r"(?i:pov|point of view|perspective|sicht|perspektive)\s?[:：–—-]\s?" + _NAME.format("after"),
            _NAME.format("before") + r"(?:[’']s?)? (?:(?i:pov|p\.o\.v\.?|point of view|perspective))",
            r"(?i:aus )?(?i:der )?(?i:sicht von|pov d[eo]|pov de l[ae]|punto de vista de|point de vue de"
            r"|ponto de vista d[eao])"
            r" " + _NAME.format("of"),
        )
    )
)
_AROUND_POV = " \t*_~\\[](){}:-–—"
"""Ornaments around a line that announces a point of view."""

_NOBODY = re.compile(
    r"(?:third|3rd|first|1st|second|2nd)[ -]?person(?: \w+)?|no[ -]?one|nobody|normal|general|omniscient"
    r"|(?:the )?narrator|(?:the )?author|neutral",
    re.IGNORECASE,
)
"""What stands for a name where the view is that of no person of the story."""

_POSSESSIVE = re.compile(r"[’']s?\Z", re.IGNORECASE)
_BARE_NAME = re.compile(r"[^\W\d_a-zа-я][^\W\d_]{1,20}(?: [^\W\d_a-zа-я][\w.’'-]{0,20})?")


def drop_titles(editor: LineEditor, titles: Iterable[str | None]) -> None:
    """Take out the chapter's title, and the book's, where they stand again above the text.

    Args:
        editor: The chapter's lines.
        titles: What the chapter and the book are called, and the names of authors; None is left out.
    """
    known = {_bare(title) for title in titles if title} - {""}
    found: dict[int, str] = {}
    for index, line in enumerate(editor.lines[:_TOP]):
        if not line.is_prose or len(line.text) > _LONGEST:
            break
        if _OF_SO_MANY.fullmatch(line.text.strip(_MARKS)):
            found[index] = "the chapter’s place among the others"
        elif _is_title(_bare(line.text), known):
            found[index] = "the title, which stands here again"
        elif line.text.strip():
            break
    if len(found) < sum(line.is_prose for line in editor.lines):
        editor.drop(found)


def move_warnings(editor: LineEditor) -> tuple[str, ...]:
    """Take out warnings of the content above the text; return them."""
    for index, line in enumerate(editor.lines[:_TOP]):
        if not line.is_prose or len(line.text) > 2 * _LONGEST:
            continue
        match = _WARNING.fullmatch(line.text.strip(_MARKS).replace("**", "").replace("\\", ""))
        if match is None:
            continue
        value, last = match["list"], index
        if value is None:
            last = index + 1
            if last + 1 >= len(editor.lines) or len(editor.lines[last].text) > _LONGEST:
                continue
            value = editor.lines[last].text
            if value.rstrip()[-1:] in '.!?”"' and "," not in value:
                continue
        warnings = tuple(each for each in _LIST_SIGN.split(value.strip(_MARKS + ".")) if each)
        if warnings:
            return warnings if editor.move("warnings of the content", index, last, "warnings") else ()
    return ()


def find_pov(text: str) -> str | None:
    """Return whose point of view a line announces that says nothing else."""
    if len(text) > 80:
        return None
    match = _POV.fullmatch(text.strip(_MARKS + "-–—:").replace("**", ""))
    name = next((name for name in match.groups() if name), None) if match else None
    return _POSSESSIVE.sub("", name) if name else None


def move_pov(editor: LineEditor, names: frozenset[str]) -> str | None:
    """Take out the line above the text that says whose point of view it is; return whose.

    Args:
        editor: The chapter's lines.
        names: Names that stand alone above several chapters, and so say this too.
    """
    for index, line in enumerate(editor.lines[:_TOP]):
        if not line.is_prose:
            continue
        announced = find_pov(line.text)
        if announced is not None and _NOBODY.fullmatch(announced) and len(editor.lines) > 1:
            editor.drop({index: "a line that says it is told from no one’s point of view"})
            return None
        pov = announced or (bare_name(editor, index) if index == 0 else None)
        if pov is not None and (announced or pov in names):
            if len(editor.lines) > 1 and editor.move("the point of view", index, index, "pov"):
                return pov
            return None
        if len(line.text) > _LONGEST or line.text.rstrip()[-1:] in '.!?”"':
            break
    return None


def bare_name(editor: LineEditor, index: int) -> str | None:
    """Return the name that a line consists of, set apart by bold letters or as a heading."""
    if index >= len(editor.lines):
        return None
    line = editor.lines[index]
    is_apart = (
        BlockTrait.ALL_BOLD in line.traits
        or line.kind is BlockKind.HEADING
        or (line.text.startswith("**") and line.text.endswith("**"))
    )
    name = line.text.strip(_MARKS)
    return name if is_apart and _BARE_NAME.fullmatch(name) else None


def find_pov_names(editors: Sequence[LineEditor]) -> frozenset[str]:
    """Return the names above chapters if most chapters have one, and they alternate."""
    names = [name for editor in editors if (name := bare_name(editor, 0))]
    times = Counter(names)
    if len(names) < 3 or len(times) < 2 or len(names) * 10 < len(editors) * 6 or max(times.values()) < 2:
        return frozenset()
    return frozenset(times)


def mark_pov_changes(editor: LineEditor) -> None:
    """Set a line within the text that announces another point of view apart, after a scene break."""
    index = 0
    while index < len(editor.lines):
        line = editor.lines[index]
        if line.kind is BlockKind.PARAGRAPH and len(line.text) <= 80 and find_pov(line.text) and index:
            reason = "a change of the point of view"
            if editor.decide(DecisionKind.READ_AS, reason, index, index):
                editor.set_apart(index, f"**{line.text.strip(_AROUND_POV)}**")
                if editor.lines[index - 1].kind is not BlockKind.SCENE_BREAK:
                    start = editor.lines[index].source_line
                    editor.insert_before(index, SourceBlock("", BlockKind.SCENE_BREAK, 0, start, 0))
        index += 1


def _is_title(bare: str, known: Set[str]) -> bool:
    """Return whether a line is a known title, with or without a chapter's number before either."""
    if bare in known:
        return True
    stripped = _NUMBER_BEFORE.sub("", bare)
    return any(
        stripped == title or (stripped and stripped == _NUMBER_BEFORE.sub("", title))
        for title in known
        if stripped != bare or _NUMBER_BEFORE.match(title)
    )


def _bare(text: str) -> str:
    return _SIGNS.sub(" ", text).strip().casefold()
