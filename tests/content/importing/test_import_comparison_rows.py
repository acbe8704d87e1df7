"""An import beside its source: every line of the source is shown, once, and every decision is named once."""

from __future__ import annotations

from collections import Counter

from bot.content.importing.import_comparison_rows import comparison_rows, decisions_of, source_ranges
from bot.content.source_formats.source_reader import read_pasted
from bot.domain.manuscript_import.import_pipeline import import_source
from bot.domain.manuscript_import.imported_story import ImportedStory

PASTED = """1.2K Reads 84 Votes 12 Comments

Chapter 1: The Lamp

The lamp on the Hill had not been lit
for seventy-nine years, and nobody asked why.

“Then I shall ask,” said Ada, and put on her coat.

Author's note: What should she find up there? Tell me in the comments!

Chapter 2: The Door

The door was open. It had been open
for a while.

Continue reading next part
"""


def imported() -> ImportedStory:
    return import_source(read_pasted(PASTED).source)


def test_every_line_of_the_source_is_shown_once() -> None:
    story = imported()
    about = decisions_of(story)
    rows = [row for each in story.chapters for row in comparison_rows(story, each, about[each.source_key])]
    shown = Counter(line for row in rows for line in row["source"].split("\n") if line.strip())
    assert shown == Counter(line for line in PASTED.splitlines() if line.strip())
    result = [line for row in rows for line in row["result"].split("\n") if line.strip()]
    assert result == [line for each in story.chapters for line in each.body.split("\n") if line.strip()]


def test_every_decision_is_named_once_in_a_row_of_its_chapter() -> None:
    story = imported()
    about = decisions_of(story)
    assert [each.title for each in story.chapters] == ["The Lamp", "The Door"]
    for chapter in story.chapters:
        rows = comparison_rows(story, chapter, about[chapter.source_key])
        named = [each for row in rows for each in row["decisions"]]
        assert sorted(named) == sorted(each.id for each in about[chapter.source_key])
    kept = {row["source"]: row["kind"] for row in rows}
    assert kept["Continue reading next part"] == "dropped"


def test_the_chapters_have_all_lines_of_their_document_between_them() -> None:
    story = imported()
    ranges = list(source_ranges(story).values())
    assert ranges[0][0] == 1
    assert ranges[1][0] == ranges[0][1] + 1
    assert ranges[-1][1] == len(story.source.documents[0].lines)
