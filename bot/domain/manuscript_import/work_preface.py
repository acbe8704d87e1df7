"""The preface of a work on an archive: its summary, and notes on the whole work, before the first chapter."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.manuscript_import.import_decisions import ImportDecision
from bot.domain.manuscript_import.line_editor import LineEditor
from bot.domain.manuscript_import.source_document import BlockKind, BlockTrait

SUMMARY = "summary"
"""Place of the summary: the field of `story.yaml`."""

_SUMMARY_LABELS = frozenset(("summary", "zusammenfassung", "resumen", "résumé", "resumo", "описание", "简介"))


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


def story_summary(decisions: Sequence[ImportDecision]) -> str | None:
    """Return the summary that an import moved, without its label, or None."""
    moved = next((each for each in decisions if each.place == SUMMARY and not each.undone), None)
    if moved is None:
        return None
    lines = [line.strip() for line in moved.passage.text.split("\n")]
    return "\n\n".join(line for line in lines if line and not _is_label(line)) or None


def _is_label(text: str) -> bool:
    return text.strip(" :*").casefold() in _SUMMARY_LABELS | {"notes", "anmerkungen", "notas", "примечания"}
