"""A chapter of an import beside the lines of its source, row by row, with what was decided about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from bot.domain.manuscript_import.import_decisions import ImportDecision
from bot.domain.manuscript_import.imported_story import ImportedChapter, ImportedStory

_MOST_LINES = 6000
"""Lines of a source that are shown beside one chapter."""


def source_ranges(story: ImportedStory) -> dict[str, tuple[int, int]]:
    """Return the first and the last line of each chapter's source, by its key.

    Together the chapters of a document have all of its lines.
    """
    ranges: dict[str, tuple[int, int]] = {}
    last_of: dict[int, ImportedChapter] = {each.document: each for each in story.chapters}
    after = {id(each): following for each, following in pairwise(story.chapters)}
    ends: dict[int, int] = {}
    for chapter in story.chapters:
        first = ends.get(chapter.document, 0) + 1
        end = max(
            (span.source_line + span.source_line_count - 1 for span in chapter.spans), default=first - 1
        )
        if last_of[chapter.document] is chapter:
            end = len(story.source.documents[chapter.document].lines)
        else:
            end = _end_before(story, after.get(id(chapter)), end)
        ends[chapter.document] = max(end, first - 1)
        ranges[chapter.source_key] = first, ends[chapter.document]
    return ranges


def _end_before(story: ImportedStory, following: ImportedChapter | None, end: int) -> int:
    """Return the last line before the title of the chapter that follows; notes at the end are not its lines."""
    if following is None or not following.spans:
        return end
    lines = story.source.documents[following.document].lines
    begins = min(span.source_line for span in following.spans)
    title = following.title.casefold()
    titled = (line for line in range(end + 1, begins) if title in lines[line - 1].casefold())
    return next(titled, end + 1) - 1


def decisions_of(story: ImportedStory) -> dict[str, list[ImportDecision]]:
    """Return the decisions about each chapter's lines, by its key; those about no chapter's under an empty key."""
    ranges = source_ranges(story)
    found: dict[str, list[ImportDecision]] = {"": []}
    found.update((each.source_key, []) for each in story.chapters)
    places = [(each.document, *ranges[each.source_key], each.source_key) for each in story.chapters]
    for decision in story.decisions:
        passage = decision.passage
        key = next(
            (
                key
                for document, first, last, key in places
                if document == passage.document and first <= passage.line <= last
            ),
            "",
        )
        found[key].append(decision)
    return found


def comparison_rows(
    story: ImportedStory, chapter: ImportedChapter, decisions: Sequence[ImportDecision]
) -> list[dict[str, Any]]:
    """Return rows of `source` lines and the `result` lines that came of them, with ids of `decisions`.

    A decision is named in the row in which its lines begin; `kind` is that of every row with some of them.
    """
    lines = story.source.documents[chapter.document].lines
    first, last = source_ranges(story)[chapter.source_key]
    last = min(last, first + _MOST_LINES)
    about = {
        line: decision
        for decision in decisions
        for line in range(decision.passage.line, decision.passage.line + max(1, decision.passage.line_count))
    }
    body = chapter.body.rstrip("\n").split("\n")
    rows = [
        _row(lines, source, result, about)
        for source, result in _paired(chapter, body, first, last)
        if any(lines[line - 1].strip() for line in source if line <= len(lines))
        or any(map(str.strip, result))
    ]
    told: set[str] = set()
    for row in rows:
        row["decisions"] = [each for each in row["decisions"] if each not in told]
        told.update(row["decisions"])
    return rows


def _paired(
    chapter: ImportedChapter, body: Sequence[str], first: int, last: int
) -> Iterator[tuple[range, Sequence[str]]]:
    """Yield lines of the source, and lines of the chapter that came of them, in the chapter's order."""
    if not chapter.spans:
        yield range(first, last + 1), body
        return
    reached, shown = first, 1
    for span in sorted(chapter.spans, key=lambda each: each.line):
        yield from ((range(line, line + 1), ()) for line in range(reached, min(span.source_line, last + 1)))
        if shown < span.line:
            yield range(0), body[shown - 1 : span.line - 1]
        end = span.source_line + span.source_line_count
        yield range(span.source_line, end), body[span.line - 1 : span.line - 1 + span.line_count]
        reached, shown = max(reached, end), span.line + span.line_count
    yield from ((range(line, line + 1), ()) for line in range(reached, last + 1))
    if shown <= len(body):
        yield range(0), body[shown - 1 :]


def _row(
    lines: Sequence[str], source: range, result: Sequence[str], about: Mapping[int, ImportDecision]
) -> dict[str, Any]:
    there = [line for line in source if line <= len(lines)]
    found = list(dict.fromkeys(about[line].id for line in there if line in about))
    kinds = [about[line].kind.value for line in there if line in about and not about[line].undone]
    return {
        "line": there[0] if there else None,
        "source": "\n".join(lines[line - 1] for line in there),
        "result": "\n".join(result).strip("\n"),
        "decisions": found,
        "kind": kinds[0] if kinds else None,
    }
