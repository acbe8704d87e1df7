"""The preface of a work on an archive: its summary, and notes on the whole work, before the first chapter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.manuscript_import.import_decisions import ImportDecision
from bot.domain.manuscript_import.line_editor import BlockLine, LineEditor
from bot.domain.manuscript_import.source_document import BlockKind, BlockTrait

SUMMARY = "summary"
"""Place of the summary: the field of `story.yaml`."""

_SUMMARY_LABELS = frozenset(("summary", "zusammenfassung", "resumen", "résumé", "resumo", "описание", "简介"))
_DESCRIPTION = re.compile(
    r"[\s*_]*(?:summary|description|synopsis|blurb|zusammenfassung|klappentext|resumen|sinopsis|résumé|resumo|описание|简介)"
    r"[\s*_]*[:：][\s*_]*(?=\S)",
    re.IGNORECASE,
)
"""The label of a summary that stands on its line."""

_FIELD = re.compile(r"[\s*_]*(?!\d)\w[\w ]{0,30}[\s*_]*[:：](?:[\s*_]|\Z)")
"""The label of any other fact on a download's first page, such as `Status: complete`."""

_MAKER = re.compile(
    r"[\s*_]*(?:exported|created|generated|downloaded|converted|posted originally)\b.{0,40}?"
    r"\b(?:with|by|from|on|using)\b",
    re.IGNORECASE,
)


def move_work_preface(editor: LineEditor) -> None:
    """Move a summary that stands between the work's heading and the first chapter's, and drop what else does."""
    headings = [index for index, line in enumerate(editor.lines) if line.kind is BlockKind.HEADING]
    if len(headings) < 2 or headings[0] > 0:
        return
    first, end = headings[0] + 1, headings[1]
    lines = editor.lines[first:end]
    if not lines or any(BlockTrait.AUTHOR_NOTE not in line.traits for line in lines):
        return
    if (editor.lines[headings[0]].text).casefold().startswith("chapter"):
        return
    labels = [index for index in range(first, end) if _is_label(editor.lines[index].text)]
    starts = sorted({first, *labels})
    for start, stop in reversed([*zip(starts, [*starts[1:], end], strict=True)]):
        if editor.lines[start].text.strip(" :*").casefold() in _SUMMARY_LABELS and stop - start > 1:
            editor.move("the summary of the story", start, stop - 1, SUMMARY)
        else:
            editor.drop(dict.fromkeys(range(start, stop), "a note on the whole work"))


def move_page_summary(editor: LineEditor) -> None:
    """Move the summary on a page that is no part of the story, such as the first one of a download."""
    lines = editor.lines
    if any(BlockTrait.NAVIGATION not in line.traits for line in lines):
        return
    for start, line in enumerate(lines):
        has_text = _DESCRIPTION.match(line.text) is not None
        if not has_text and (
            line.text.strip(" :*_").casefold() not in _SUMMARY_LABELS or start + 1 >= len(lines)
        ):
            continue
        following = range(start + (1 if has_text else 2), len(lines))
        stop = next((index for index in following if _begins_another(lines[index])), len(lines))
        editor.move("the summary of the story", start, stop - 1, SUMMARY)
        return


def _begins_another(line: BlockLine) -> bool:
    if line.kind is BlockKind.HEADING or _is_label(line.text):
        return True
    return _FIELD.match(line.text) is not None or _MAKER.match(line.text) is not None


def story_summary(decisions: Sequence[ImportDecision]) -> str | None:
    """Return the summary that an import moved, without its label, or None."""
    moved = next((each for each in decisions if each.place == SUMMARY and not each.undone), None)
    if moved is None:
        return None
    lines = [_DESCRIPTION.sub("", line.strip()) for line in moved.passage.text.split("\n")]
    return "\n\n".join(line for line in lines if line and not _is_label(line)) or None


def _is_label(text: str) -> bool:
    return text.strip(" :*").casefold() in _SUMMARY_LABELS | {"notes", "anmerkungen", "notas", "примечания"}
