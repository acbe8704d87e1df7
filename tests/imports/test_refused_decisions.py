"""Every decision about the kept inputs can be undone in one round, without another for it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from bot.content.source_formats.source_reader import read_source
from bot.domain.manuscript_import.import_decisions import DecisionKind
from bot.domain.manuscript_import.import_pipeline import import_source
from bot.domain.manuscript_import.imported_story import ImportedStory
from tests.imports.import_cases import inputs
from tests.imports.packed_inputs import pack_input

_WORD = re.compile(r"\w{3,}")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")


def _words(story: ImportedStory) -> Counter[str]:
    """Return the words of chapters, with their titles."""
    texts = (f"{each.part or ''} {each.title}\n{each.body}" for each in story.chapters)
    return Counter(word for text in texts for word in _WORD.findall(_LINK.sub(r"\1", text.replace("\\", ""))))


@pytest.mark.parametrize("path", inputs(), ids=lambda path: path.name)
def test_all_are_undone_in_one_round(path: Path, tmp_path: Path) -> None:
    source = read_source(pack_input(path, tmp_path)).source
    made = import_source(source).decisions
    story = import_source(source, refused={each.id for each in made})
    assert [each.id for each in story.decisions] == [each.id for each in made]
    assert all(each.undone for each in story.decisions)
    if not any(each.matter for each in source.documents):
        assert not any(each.note_before or each.note_after or each.pov for each in story.chapters)
    taken = [each for each in made if each.kind in (DecisionKind.DROPPED, DecisionKind.MOVED)]
    words = _words(story)
    assert all(words[word] for each in taken for word in _WORD.findall(each.passage.text))


@pytest.mark.parametrize("path", inputs(), ids=lambda path: path.name)
def test_each_is_undone_alone(path: Path, tmp_path: Path) -> None:
    source = read_source(pack_input(path, tmp_path)).source
    before = import_source(source)
    for decision in before.decisions:
        story = import_source(source, refused={decision.id})
        assert [each.id for each in story.decisions] == [each.id for each in before.decisions]
        if decision.kind in (DecisionKind.DROPPED, DecisionKind.MOVED):
            back = _words(story) - _words(before)
            assert back.keys() >= set(_WORD.findall(decision.passage.text)) - _words(before).keys()
