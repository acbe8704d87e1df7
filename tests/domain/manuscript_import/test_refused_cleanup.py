"""Decisions of the clean-up can be undone, one by one and all together."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.manuscript_import.imported_story import ChapterDraft
from tests.domain.manuscript_import.pasted_chapters import clean, source_of

_PIECES = (
    "The ferry was late, and the people on the quay had begun to sit down on their luggage.",
    "“Late,” she said.",
    "# The Quay",
    "The Quay",
    "---",
    "1.2K Reads 87 Votes 14 Comments",
    "8.4K 512 96",
    "Continue reading next part",
    "Share",
    "A/N: Sorry for the wait!",
    "Author’s Note",
    "(A/N: a long\nword to all readers)",
    "Disclaimer: I own nothing.",
    "TW: storms, ferries",
    "Mara’s POV",
    "**Mara**",
    "This image does not follow our content guidelines.",
    "{hidden} Stolen words.",
    "{navigation} Menu",
    "{author_note} Marked note.",
    "Copyright © 2019 A. Writer",
    "Tell me in the comments what happens next!",
    "Support me on Patreon to read ahead!",
    "About the Author",
    "She lives in a house by the sea.",
    "Summary\nof things\nNext",
)


def _words(drafts: list[ChapterDraft]) -> Counter[str]:
    return Counter(
        word for draft in drafts for block in draft.blocks for word in block.text.replace("*", "").split()
    )


@given(st.lists(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=14), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_an_author_who_refuses_everything_loses_no_word(chapters: list[list[str]]) -> None:
    source = source_of(*("\n\n".join(chapter) for chapter in chapters), title="The Quay")
    _, made = clean(source, ("The Quay",))
    drafts, decisions = clean(source, ("The Quay",), {each.id for each in made})
    meant = Counter(
        word
        for document in source.documents
        for block in document.blocks
        for word in block.text.replace("*", "").split()
    )
    assert _words(drafts) - Counter({"---": 99, "": 99}) == meant - Counter({"---": 99})
    assert all(each.undone for each in decisions)
    assert not any(
        (each.note_before, each.note_after, each.pov, each.warnings) != (None, None, None, ())
        for each in drafts
    )


@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=14), st.integers(0, 20))
@settings(max_examples=100, deadline=None)
def test_undoing_one_decision_brings_back_its_lines_and_keeps_the_ids(pieces: list[str], which: int) -> None:
    source = source_of("\n\n".join(pieces), title="The Quay")
    first, decisions = clean(source)
    assert clean(source) == (first, decisions)
    if not decisions:
        return
    chosen = decisions[which % len(decisions)]
    drafts, again = clean(source, (), {chosen.id})
    undone = [each for each in again if each.undone]
    assert [each.id for each in undone] == [chosen.id]
    assert [each.id for each in again] == [each.id for each in decisions]
    shown = " ".join(block.text for draft in drafts for block in draft.blocks)
    shown += " ".join(each.passage.text for each in again if not each.undone)
    assert all(word.strip("*#-") in shown for word in undone[0].passage.text.split())


def test_every_decision_names_lines_of_the_source() -> None:
    source = source_of("\n\n".join(_PIECES), "\n\n".join(reversed(_PIECES)), title="The Quay")
    _, decisions = clean(source)
    assert decisions
    for each in decisions:
        lines = source.documents[each.passage.document].lines
        start = each.passage.line - 1
        assert "\n".join(lines[start : start + each.passage.line_count]) == each.passage.text
    assert len({each.id for each in decisions}) == len(decisions)
