"""Revisions: what a changed file means, and how it comes into the database and out again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.releases.revisions import Announcement, RevisionKind, detect_change
from bot.domain.stories.story import Chapter, RevisionNote
from bot.store.database import Database
from tests.services.fakes import World, chapter, serial
from tests.services.releases.revision_helpers import LONG, edited, post_of, posted, refreshed, release_of


@pytest.mark.parametrize(
    ("said", "given", "then"),
    [
        (Announcement(), None, Announcement()),
        (Announcement(), RevisionNote(1, "new"), Announcement(1, "new")),
        (Announcement(1, "new"), RevisionNote(1, "new"), Announcement(1, "new")),
        (Announcement(1, "new"), RevisionNote(1, "said better"), Announcement(1, "said better")),
        (Announcement(1, "new"), RevisionNote(2, "newer"), Announcement(2, "newer")),
        (Announcement(2, "newer"), RevisionNote(1, "a slip"), Announcement(2, "newer")),
        (Announcement(2, "newer"), None, Announcement(2)),
        (Announcement(2), RevisionNote(2, "from before it was out"), Announcement(2)),
        (Announcement(2), RevisionNote(3, "new"), Announcement(3, "new")),
    ],
)
def test_a_note_is_news_when_its_number_rises(
    said: Announcement, given: RevisionNote | None, then: Announcement
) -> None:
    assert said.update_with(given) == then
    # Reading the same file again changes nothing more.
    assert then.update_with(given) == then


def test_what_a_change_of_the_file_means() -> None:
    def change(new: Chapter, *, withdrawn: bool = False) -> RevisionKind | None:
        return detect_change(new, digest=chapter("one").digest, said=Announcement(), withdrawn=withdrawn)

    assert change(chapter("one")) is None
    assert change(chapter("one", "Other.")) is RevisionKind.REVISE
    assert change(chapter("one", revision=RevisionNote(1, "told late"))) is RevisionKind.REVISE
    assert change(chapter("one", draft=True)) is RevisionKind.WITHDRAW
    assert change(chapter("one", "Other.", draft=True), withdrawn=True) is None
    assert change(chapter("one"), withdrawn=True) is RevisionKind.REVISE


# Revisions.


async def test_a_small_change_is_edited_in_silently(store: Database) -> None:
    world, (message,) = await posted(store)
    await edited(world, LONG.replace("word3 ", "word3, mended, "))
    await refreshed(world)
    ((changed, post),) = world.messenger.edits
    assert changed == message
    assert "mended" in post.page.plain
    assert (post.edition.announcement, post.mention, post.marker) == (
        None,
        None,
        world.messenger.posts[message][1].marker,
    )
    assert len(world.messenger.posts) == 1
    await edited(world)
    await refreshed(world)
    assert len(world.messenger.edits) == 1


async def test_an_announced_change_says_what_changed_until_its_author_takes_it_out(store: Database) -> None:
    world, _ = await posted(store)
    await edited(world, LONG + "\n\nThe end.", revision=RevisionNote(1, "It ends now."))
    await refreshed(world)
    assert world.messenger.edits[-1][1].edition.announcement == "It ends now."
    await edited(world, LONG + "\n\nThe end!")
    await refreshed(world)
    assert world.messenger.edits[-1][1].edition.announcement == "It ends now."
    await edited(world, revision=None)
    await refreshed(world)
    assert world.messenger.edits[-1][1].edition.announcement is None
    assert len(world.messenger.edits) == 3


async def test_a_note_from_before_the_release_is_no_news(store: Database) -> None:
    note = RevisionNote(3, "An older mend.")
    world = World(store, serial(chapter("one", revision=note)))
    await world.run()
    await world.subscribe()
    await world.later(minutes=30)
    (post,) = (post for _, post, _ in world.messenger.posts.values())
    assert post.edition.announcement is None
    await world.content_sync.sync()
    assert (await release_of(store)).revision == 1


async def test_title_length_and_pictures_follow(store: Database) -> None:
    world, _ = await posted(store)
    before = await release_of(store)
    world.library.pictures["lamps", "images/lamp.png"] = b"png"
    await edited(world, "![A lamp](images/lamp.png)\n\nShort.", title="Anew", pictures=("images/lamp.png",))
    await refreshed(world)
    after = await release_of(store)
    assert (after.title, after.number) == ("Anew", before.number)
    assert after.words < before.words
    assert [picture.data for picture in world.messenger.edits[-1][1].pictures] == [b"png"]


async def test_a_change_while_the_bot_was_away_is_found_at_its_start(store: Database) -> None:
    _, (message,) = await posted(store)
    restarted = World(store, serial(chapter("one", LONG + "\n\nMore.")))
    await restarted.content_sync.sync()
    await refreshed(restarted)
    assert (await post_of(store, message)).revision == 2
    assert len(restarted.messenger.edits) == 1


async def test_what_is_not_out_is_not_revised(store: Database) -> None:
    world, _ = await posted(store, chapter("two"))
    held = world.library.held["lamps"]
    world.library.put(replace(held, chapters=(held.chapters[0], chapter("two", "Other."))))
    await world.content_sync.sync()
    assert await world.post_refresh.run_batch() is None
    await world.later(days=1)
    assert [post.page.plain for _, post, _ in world.messenger.posts.values()][-1] == "Other."


async def test_a_chapter_that_fails_to_be_taken_over_harms_no_other(
    store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    world = World(store, serial(chapter("one"), chapter("two"), backlog=2))
    await world.run()

    async def broken(slug: str, path: str) -> None:
        raise OSError("no disk")

    world.library.picture = broken  # type: ignore[method-assign]
    world.library.put(serial(chapter("one", "A.", pictures=("a.png",)), chapter("two", "B."), backlog=2))
    await world.content_sync.sync()
    assert (await release_of(store, "one")).revision == 1
    assert (await release_of(store, "two")).revision == 2
    assert any(getattr(record, "action", "") == "revise_failed" for record in caplog.records)
