"""Order and times of chapters: only what is not out, and only on the list that is still so."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.content.content_folder import ContentFolder
from bot.domain.authorization import Viewer
from bot.domain.releases.release_refusals import MomentUnclear
from bot.domain.stories.authoring_refusals import (
    ChapterTimePast,
    ContentNotWritable,
    DraftGone,
    PlaceUnclear,
)
from bot.domain.stories.story_refusals import NotAnAuthor
from bot.services.authoring.authoring_parts import AuthoringParts
from bot.services.authoring.chapter_lists import ChapterLists
from bot.services.authoring.chapter_overview import ChapterState
from bot.services.authoring.chapter_uploads import ChapterUploads
from bot.services.authoring.content_updates import ContentUpdates
from bot.services.authoring.own_stories import OwnStories
from bot.services.authoring.private_drafts import KEPT_FOR, PrivateDrafts
from bot.services.authoring.story_creation import StoryCreation, StoryForm
from bot.services.stories.upcoming import UpcomingReleases
from bot.store.database import Database
from tests.services.authoring.plain_files import PlainFiles
from tests.services.fakes import AUTHOR, NOON, STRANGER


async def nothing() -> None:
    """There is no database to take it in."""


@pytest.fixture
def parts(store: Database, tmp_path: Path) -> AuthoringParts:
    """An empty content folder at noon."""
    (tmp_path / "content").mkdir()
    folder, clock = ContentFolder(tmp_path / "content"), ManualClock(NOON)
    files = PlainFiles(folder)
    return AuthoringParts(
        store,
        files,
        OwnStories(files),
        PrivateDrafts(tmp_path / "drafts", clock),
        ContentUpdates(files, nothing),
        folder,
        UpcomingReleases(folder),
        clock,
        files,
    )


async def uploaded(parts: AuthoringParts, *titles: str, replace: bool = True) -> ChapterLists:
    """The author's story with these chapters."""
    if not await parts.files.list_stories():
        await StoryCreation(parts, creators=(AUTHOR.user_id,)).create(
            AUTHOR, StoryForm("Lamps", zone="Europe/Berlin")
        )
    uploads = ChapterUploads(parts, page_length=600)
    draft = await uploads.begin(AUTHOR, "Lamps", [(f"{each}.md", 10) for each in titles])
    for n, title in enumerate(titles):
        (draft.files / f"{n:03}.md").write_text(f"# {title}\n\nThe text of {title}.\n", "utf-8")
    await uploads.prepare(AUTHOR, draft.id)
    await uploads.accept(AUTHOR, draft.id, replace=replace)
    with pytest.raises(DraftGone):
        await uploads.accept(AUTHOR, draft.id, replace=replace)
    return ChapterLists(parts)


def titles(listing: object) -> list[str]:
    """The titles in order."""
    return [each.title for each in listing.chapters]  # type: ignore[attr-defined]


async def test_a_stale_list_changes_nothing_and_shows_the_new_one(parts: AuthoringParts) -> None:
    lists = await uploaded(parts, "One", "Two", "Three")
    old = await lists.show(AUTHOR, "Lamps")
    three = old.chapters[2].token
    moved = await lists.move(AUTHOR, "lamps", old.mark, three, "1")
    assert titles(moved) == ["Three", "One", "Two"]
    assert not moved.is_stale
    again = await lists.move(AUTHOR, "lamps", old.mark, old.chapters[0].token, "down")
    assert again.is_stale
    assert titles(again) == ["Three", "One", "Two"]
    with pytest.raises(PlaceUnclear):
        await lists.move(AUTHOR, "lamps", again.mark, three, "9")
    with pytest.raises(NotAnAuthor):
        await lists.remove(STRANGER, "lamps", again.mark, three)
    gone = await lists.remove(AUTHOR, "lamps", again.mark, three)
    assert titles(gone) == ["One", "Two"]


async def test_drafts_and_times_are_set_and_taken_back(parts: AuthoringParts) -> None:
    lists = await uploaded(parts, "One", "Two")
    listing = await lists.show(AUTHOR, "lamps")
    one = listing.chapters[0].token
    listing = await lists.set_draft(AUTHOR, "lamps", listing.mark, one, draft=True)
    assert listing.chapter(one).state is ChapterState.DRAFT
    listing = await lists.set_draft(AUTHOR, "lamps", listing.mark, one, draft=False)
    listing = await lists.set_time(AUTHOR, "lamps", listing.mark, one, "2026-05-06 18:00")
    assert listing.chapter(one).has_own_time
    with pytest.raises(ChapterTimePast):
        await lists.set_time(AUTHOR, "lamps", listing.mark, one, "2020-01-01 10:00")
    with pytest.raises(MomentUnclear):
        await lists.set_time(AUTHOR, "lamps", listing.mark, one, "when pigs fly")
    listing = await lists.set_time(AUTHOR, "lamps", listing.mark, one, "")
    assert not listing.chapter(one).has_own_time


async def test_a_read_only_folder_refuses_and_the_upload_is_kept_for_a_day(parts: AuthoringParts) -> None:
    await uploaded(parts, "One")
    uploads = ChapterUploads(parts, page_length=600)
    draft = await uploads.begin(AUTHOR, "lamps", [("2.md", 10)])
    (draft.files / "2.md").write_text("# One\n\nAnother text.\n", "utf-8")
    assert (await uploads.prepare(AUTHOR, draft.id)).known_count == 1
    parts.files.is_read_only = True  # type: ignore[attr-defined]
    with pytest.raises(ContentNotWritable):
        await uploads.accept(AUTHOR, draft.id, replace=True)
    with pytest.raises(DraftGone):
        await uploads.show(Viewer(77, "Somebody"), draft.id)
    parts.clock.advance(KEPT_FOR * 1.1)  # type: ignore[attr-defined]
    with pytest.raises(DraftGone):
        await uploads.show(AUTHOR, draft.id)
    await parts.drafts.delete_old()
    assert not draft.files.exists()
