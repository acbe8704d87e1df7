"""Tests of whole imports."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.imports.import_cases import chapter_texts, import_input, inputs, kept_texts


@pytest.mark.parametrize("source", inputs(), ids=lambda source: source.name)
def test_chapters_are_those_a_careful_person_would_make(source: Path) -> None:
    assert chapter_texts(import_input(source)) == kept_texts(source)
