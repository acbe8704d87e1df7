"""Fixtures of the readers' tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.source_formats.docx_reader import read_docx
from bot.content.source_formats.read_source import ReadSource


@pytest.fixture
def read_docx_bytes(tmp_path: Path) -> Callable[[bytes], ReadSource]:
    """Return a function that reads the bytes of a DOCX file."""

    def read(raw: bytes) -> ReadSource:
        path = tmp_path / "draft.docx"
        path.write_bytes(raw)
        return read_docx(path)

    return read
