"""A short run of `tests/fuzz_import.py`, and that its samples are what they are meant to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.source_formats.source_reader import read_source
from tests.content.source_formats.fuzz_samples import SAMPLES
from tests.fuzz_import import run


@pytest.mark.parametrize("sample", sorted(SAMPLES))
def test_the_samples_are_sound(tmp_path: Path, sample: str) -> None:
    path = tmp_path / sample
    path.write_bytes(SAMPLES[sample])
    assert any("hour" in block.text for each in read_source(path).source.documents for block in each.blocks)


def test_damaged_files_are_imported_or_refused(tmp_path: Path) -> None:
    findings, counts = run(13, range(250), tmp_path)
    assert not findings
    assert counts["imported"] > 50
    assert counts["refused"] > 20
