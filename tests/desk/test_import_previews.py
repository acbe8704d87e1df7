"""Imports that nobody goes on with are forgotten with their files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.clock import ManualClock
from bot.desk.import_previews import ImportPreviews


def test_old_imports_and_the_oldest_of_many_are_forgotten_with_their_files() -> None:
    clock = ManualClock(datetime(2026, 12, 1, tzinfo=UTC))
    imports = ImportPreviews(clock)
    first = imports.begin()
    first.file("novel/one.md").write_text("One.")
    clock.advance(timedelta(minutes=90))
    assert imports.find(first.id) is first
    clock.advance(timedelta(minutes=90))
    assert imports.find(first.id) is first
    many = []
    for _ in range(4):
        clock.advance(timedelta(seconds=1))
        many.append(imports.begin())
    assert imports.find(first.id) is None
    assert not first.folder.exists()
    clock.advance(timedelta(hours=3))
    assert imports.find(many[0].id) is None
    imports.close()
    assert not any(each.folder.exists() for each in many)
