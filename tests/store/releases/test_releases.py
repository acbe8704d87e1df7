from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bot.domain.releases.release import PictureFile, Release
from bot.domain.releases.revisions import Announcement
from bot.domain.stories.story import RevisionNote
from bot.store.database import Database
from bot.store.releases.release_records import NewRelease, NewRevision
from bot.store.tables import edition, picture
from tests.store.samples import MINUTE, NOW, add_story, make_chapter

LAMP = PictureFile("art/lamp.png", "image/png", bytes(range(256)))
MOON = PictureFile("art/moon.webp", "image/webp", b"moon")


def new(key: str, **changes: object) -> NewRelease:
    return NewRelease(
        story="lamp", chapter=make_chapter(key), at=NOW, released_at=NOW + MINUTE, words=3, **changes
    )


async def test_numbers_count_up_in_each_story(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx)
        await add_story(tx, "zoo", chapters=["a"])
        first = await tx.releases.add(new("one", backlog=True))
        second = await tx.releases.add(new("two"))
        assert first is not None
        assert second is not None
        assert first == Release(
            first.id, "lamp", "one", 1, "Chapter one", NOW, NOW + MINUTE, revision=1, words=3, backlog=True
        )
        assert second.number == 2
        assert await tx.releases.count("lamp") == 2
        assert await tx.releases.count("none") == 0
        assert await tx.releases.list_by_story("lamp") == [first, second]
        assert await tx.releases.list_after("lamp", 1) == [second]
        assert await tx.releases.get(second.id) == second
        assert await tx.releases.get(9999) is None
        assert await tx.releases.get_many([first.id, second.id, 9999]) == {first.id: first, second.id: second}
        assert await tx.releases.get_many([]) == {}
        assert await tx.releases.get_by_number("lamp", 2) == second
        assert await tx.releases.get_by_number("lamp", 3) is None
        assert await tx.releases.get_by_chapter("lamp", "one") == first
        assert await tx.releases.get_by_chapter("zoo", "one") is None


async def test_what_is_around_a_chapter_and_what_is_unread(store: Database) -> None:
    async with store.begin() as tx:
        released = await add_story(tx, chapters=["a", "b", "c", "d"])
        await add_story(tx, "zoo", chapters=["x", "y"])
        assert await tx.releases.list_between("lamp", 2, 3) == released[1:3]
        assert await tx.releases.list_between("lamp", 0, 99) == released
        assert await tx.releases.find_first_readable("lamp", 1) == released[1]
        assert await tx.releases.find_first_readable("lamp", 4) is None
        await tx.releases.withdraw(released[1].id, was=1, now=NOW)
        assert await tx.releases.find_first_readable("lamp", 1) == released[2]
        assert await tx.releases.count_released_since("lamp", 1, NOW - MINUTE) == 2
        assert await tx.releases.count_released_since("lamp", 1, NOW) == 0
        assert await tx.stories.get_description("zoo") == (await tx.stories.get("zoo")).story  # type: ignore[union-attr]
        assert await tx.stories.get_description("none") is None


async def test_a_chapter_is_out_once(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx)
        assert await tx.releases.add(new("one")) is not None
        assert await tx.releases.add(new("one", pictures=(LAMP,))) is None
        assert [release.number for release in await tx.releases.list_by_story("lamp")] == [1]


async def test_releases_of_one_story_at_once_get_numbers_without_gaps(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx)

    async def release(key: str) -> Release | None:
        async with store.begin() as tx:
            return await tx.releases.add(new(key))

    released = await asyncio.gather(*(release(f"c{n % 10}") for n in range(20)))
    assert sorted(one.number for one in released if one is not None) == list(range(1, 11))


async def test_an_unknown_story_has_no_releases(store: Database) -> None:
    with pytest.raises(IntegrityError):
        async with store.begin() as tx:
            await tx.releases.add(new("one"))


async def test_editions_keep_every_text(store: Database) -> None:
    first_text = make_chapter(
        warnings=("fire",),
        note_before="Hi",
        note_after="Bye",
        pov="Mara",
        thanks=(4, 2),
        text="Once.\n\nUpon 🕯️",
    )
    second_text = make_chapter(title="Renamed", text="Twice.", revision=RevisionNote(1, "mended the ending"))
    async with store.begin() as tx:
        await add_story(tx)
        release = await tx.releases.add(NewRelease("lamp", first_text, at=NOW, released_at=NOW, words=3))
        assert release is not None
        assert await tx.releases.revise(
            NewRevision(release.id, 1, second_text, NOW + MINUTE, 1, Announcement(1, "mended the ending"))
        )
        old, current = await tx.releases.get_edition(release.id, 1), await tx.releases.get_edition(release.id)
        assert await tx.releases.get_edition(release.id, 3) is None
        assert await tx.releases.get_edition(9999) is None
        revised = await tx.releases.get(release.id)
        announced = (
            await tx.releases._connection.execute(
                select(edition.c.announced, edition.c.announcement).order_by(edition.c.revision)
            )
        ).all()
    assert old is not None
    assert (old.text, old.warnings, old.thanks, old.pov) == ("Once.\n\nUpon 🕯️", ("fire",), (4, 2), "Mara")
    assert (old.note_before, old.note_after, old.digest) == ("Hi", "Bye", first_text.digest)
    assert current is not None
    assert (current.revision, current.title, current.text) == (2, "Renamed", "Twice.")
    assert revised is not None
    assert (revised.title, revised.revision, revised.words) == ("Renamed", 2, 1)
    assert announced == [(None, None), (1, "mended the ending")]


async def test_only_what_is_out_can_be_revised(store: Database) -> None:
    async with store.begin() as tx:
        assert not await tx.releases.revise(NewRevision(1, 1, make_chapter(), NOW, 3, Announcement()))
        assert not await tx.releases.withdraw(1, was=1, now=NOW)


async def test_a_revision_names_the_one_it_follows(store: Database) -> None:
    async with store.begin() as tx:
        (release,) = await add_story(tx, chapters=["one"])
        new = NewRevision(release.id, 1, make_chapter(text="Twice."), NOW, 1, Announcement(4, "all of it"))
        assert await tx.releases.revise(new)
        assert not await tx.releases.revise(new)
        assert not await tx.releases.withdraw(release.id, was=1, now=NOW)
        assert await tx.releases.withdraw(release.id, was=2, now=NOW + MINUTE)
        assert not await tx.releases.withdraw(release.id, was=3, now=NOW + MINUTE)
        (current,) = await tx.releases.list_current("lamp")
        kept = await tx.releases.get_edition(release.id)
        back = replace(new, was=3, made_at=NOW + 2 * MINUTE)
        assert await tx.releases.revise(back)
        (returned,) = await tx.releases.list_current("lamp")
    assert current.release.withdrawn_at == NOW + MINUTE
    assert (current.release.revision, current.digest) == (3, new.chapter.digest)
    assert current.said == Announcement(4, "all of it")
    assert kept is not None
    assert (kept.revision, kept.text, kept.announcement) == (3, "Twice.", "all of it")
    assert (returned.release.revision, returned.release.is_withdrawn) == (4, False)


async def test_pictures_are_kept_with_the_release_and_equal_ones_once(store: Database) -> None:
    again = PictureFile("art/again.png", LAMP.media_type, LAMP.data)
    async with store.begin() as tx:
        await add_story(tx)
        one = await tx.releases.add(new("one", pictures=(LAMP, MOON)))
        two = await tx.releases.add(new("two", pictures=(again,)))
        assert one is not None
        assert two is not None
        assert await tx.releases.get_pictures(one.id, [MOON.path, "art/none.png", LAMP.path]) == [MOON, LAMP]
        assert await tx.releases.get_pictures(two.id, [LAMP.path, again.path]) == [again]
        assert await tx.releases.get_pictures(one.id, []) == []
        counted = await tx.releases._connection.execute(select(func.count()).select_from(picture))
        assert counted.scalar_one() == 2


async def test_a_revision_may_bring_another_picture_under_the_same_path(store: Database) -> None:
    brighter = PictureFile(LAMP.path, "image/png", b"brighter")
    async with store.begin() as tx:
        await add_story(tx)
        release = await tx.releases.add(new("one", pictures=(LAMP, MOON)))
        assert release is not None
        await tx.releases.revise(
            NewRevision(release.id, 1, make_chapter(), NOW, 3, Announcement(), pictures=(brighter,))
        )
        assert await tx.releases.get_pictures(release.id, [LAMP.path, MOON.path]) == [brighter, MOON]
