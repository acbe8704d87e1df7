"""What is out comes out only once: renamed files go on as the same chapter, copies and parts are held back."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.diagnostics import Diagnostic
from bot.domain.stories.story import BrokenChapter, Chapter
from bot.services.alerts.alerts import GRACE
from bot.services.suggestions.submission import SuggestionDraft
from bot.store.database import Database
from tests.services.fakes import AUTHOR, CHANNEL, READER, World, chapter, serial

LINES = [
    f"{word} went by the quay at {hour}, and nobody saw {word.lower()} {hour} again."
    for word in ("Ada", "Ben", "Cleo", "Dora", "Edwin", "Fay", "Gil", "Hope")
    for hour in range(1, 13)
]


def text_of(seed: int, lines: int = 40) -> str:
    """A text of its own."""
    words = random.Random(seed)
    return "\n\n".join(
        f"{words.choice(LINES)} {words.getrandbits(60):x} {words.getrandbits(60):x}." for _ in range(lines)
    )


LAMP, BELL, FOG = text_of(1), text_of(2), text_of(3)


def file(name: str, text: str, **more: object) -> Chapter:
    key = str(more.pop("key", name.removesuffix(".md").split("-", 1)[-1]))
    return chapter(key, text, file=name, **more)


async def world_of(store: Database, *chapters: Chapter, **more: object) -> World:
    """A world in which the first chapter is out, posted to a channel."""
    world = World(store, serial(*chapters, schedule="daily at 12:30", **more))  # type: ignore[arg-type]
    await world.run()
    await world.subscribe()
    await world.later(hours=1)
    return world


async def told(world: World) -> list[tuple[str, str]]:
    world.clock.advance(GRACE)
    await world.notification_outbox.sweep()
    news, world.messenger.notices = world.messenger.notices, []
    return [(notice.kind, notice.facts["file"]) for notice in news]


def keys(world: World) -> list[str]:
    return world.messenger.keys_in(CHANNEL)


async def released(world: World) -> list[str]:
    async with world.store.read() as tx:
        return [release.chapter for release in await tx.releases.list_by_story("lamps")]


async def test_a_renamed_file_is_the_same_chapter(store: Database) -> None:
    world = await world_of(store, file("001-lapms.md", LAMP), file("002-bell.md", BELL))
    assert keys(world) == ["lapms"]
    await world.submissions.submit(
        READER, SuggestionDraft("More light", story="lamps", chapter="1", anonymous=False)
    )
    world.library.put(serial(file("001-lamps.md", LAMP.replace("Ada", "Ida", 2)), file("002-bell.md", BELL)))
    for _ in range(3):
        await world.later(days=1)
    assert await released(world) == ["lamps", "bell"]
    assert [post.release.number for _, post, _ in world.messenger.posts.values()] == [1, 2]
    async with store.read() as tx:
        edition = await tx.releases.get_edition((await tx.releases.list_by_story("lamps"))[0].id)
        assert edition is not None
        assert "Ida" in edition.text
        (idea,) = [await tx.suggestions.get(1)]
        assert idea is not None
        assert idea.chapter == "lamps"
    assert await told(world) == []


@pytest.mark.parametrize(
    "moves",
    [
        (("001-lamp.md", "lamp"), ("part-1/001-lamp.md", "part-1/lamp")),
        (("part-1/ch-01.md", "part-1/ch-01"), ("01-the-sea/ch-01.md", "the-sea/ch-01")),
        (("第一部/第一章.md", "第一部/第一章"), ("第一章.md", "第一章")),
        (("book/part-2/x.md", "book/part-2/x"), ("book/part-3/y.md", "book/part-3/y")),
        (("часть-1/глава.md", "часть-1/глава"), ("часть-2/глава.md", "часть-2/глава")),
    ],
)
async def test_a_chapter_that_moves_between_folders_is_the_same_chapter(
    store: Database, moves: tuple[tuple[str, str], tuple[str, str]]
) -> None:
    (before, key), (after, new_key) = moves
    world = await world_of(store, file(before, LAMP, key=key), file("2-bell.md", BELL))
    assert keys(world) == [key]
    world.library.put(serial(file(after, LAMP, key=new_key), file("2-bell.md", BELL)))
    for _ in range(3):
        await world.later(days=1)
    assert await released(world) == [new_key, "bell"]


async def test_a_file_that_is_given_an_id_or_marked_as_draft_is_the_same_chapter(store: Database) -> None:
    world = await world_of(store, file("001-lamp.md", LAMP))
    world.library.put(serial(file("001-lamp.md", LAMP, key="the-lamp", named=True)))
    await world.later(days=2)
    assert await released(world) == ["the-lamp"]
    world.library.put(serial(file("draft-of-it.md", LAMP, draft=True)))
    await world.later(days=2)
    assert await released(world) == ["of-it"]
    assert keys(world) == ["lamp"]


@pytest.mark.parametrize("more", [{}, {"draft": True}, {"publish_at": None}])
async def test_a_copy_is_held_and_its_author_told_once(store: Database, more: dict[str, object]) -> None:
    world = await world_of(store, file("001-lamp.md", LAMP), file("003-bell.md", BELL))
    if "publish_at" in more:
        more = {"publish_at": world.clock.now() + timedelta(hours=1)}
    copy = file("002-lamp2.md", LAMP.replace("Ben", "Bob", 1), **more)
    world.library.put(serial(file("001-lamp.md", LAMP), copy, file("003-bell.md", BELL)))
    await world.later(minutes=5)
    record = await world.calendar_overrides.show(AUTHOR, "lamps")
    assert [due.chapter for due in record.upcoming] == ["bell"], "it is never shown as next"
    assert await told(world) == [("chapter-held", "002-lamp2.md")]
    for _ in range(3):
        await world.later(days=1)
    assert keys(world) == ["lamp", "bell"]
    assert await told(world) == []


async def test_a_copy_is_held_before_its_original_is_out_too(store: Database) -> None:
    world = await world_of(store, file("1-lamp.md", LAMP), file("3-bell.md", BELL))
    world.library.put(serial(file("1-lamp.md", LAMP), file("2-bell-again.md", BELL), file("3-bell.md", BELL)))
    for _ in range(3):
        await world.later(days=1)
    assert keys(world) == ["lamp", "bell"]
    assert await told(world) == [("chapter-held", "2-bell-again.md")]


async def test_what_was_there_when_the_story_began_is_its_own_whatever_it_says(store: Database) -> None:
    """Some stories say the same twice. Working on such a chapter does not make it a copy."""
    world = await world_of(store, file("1-lamp.md", LAMP), file("2-again.md", LAMP), file("3-bell.md", BELL))
    edited = file("2-again.md", LAMP + "\n\nThe end.")
    world.library.put(serial(file("1-lamp.md", LAMP), edited, file("3-bell.md", BELL)))
    for _ in range(3):
        await world.later(days=1)
    assert keys(world) == ["lamp", "again", "bell"]
    assert await told(world) == []


async def test_a_file_that_was_empty_at_first_is_looked_at_again(store: Database) -> None:
    world = await world_of(store, file("1-lamp.md", LAMP))
    for text in ("Soon.", LAMP):
        world.library.put(serial(file("1-lamp.md", LAMP), file("2-copy.md", text, draft=text == "Soon.")))
        await world.run()
    await world.later(days=2)
    assert keys(world) == ["lamp"]
    assert await told(world) == [("chapter-held", "2-copy.md")]


async def test_with_an_id_of_its_own_it_is_a_new_chapter(store: Database) -> None:
    world = await world_of(store, file("1-lamp.md", LAMP))
    again = file("2-again.md", LAMP, key="again")
    world.library.put(serial(file("1-lamp.md", LAMP), again))
    await world.later(days=1)
    assert keys(world) == ["lamp"]
    world.library.put(serial(file("1-lamp.md", LAMP), file("2-again.md", LAMP, key="again", named=True)))
    await world.later(days=1)
    assert keys(world) == ["lamp", "again"]


async def test_a_copy_whose_original_is_deleted_goes_on_as_that_chapter(store: Database) -> None:
    world = await world_of(store, file("1-lamp.md", LAMP), file("3-bell.md", BELL))
    world.library.put(serial(file("1-lamp.md", LAMP), file("2-copy.md", LAMP), file("3-bell.md", BELL)))
    await world.run()
    world.library.put(serial(file("2-copy.md", LAMP), file("3-bell.md", BELL)))
    await world.later(days=1)
    assert await released(world) == ["copy", "bell"]
    assert keys(world) == ["lamp", "bell"]
    assert await told(world) == [], "mended before anybody was told"


async def test_a_file_that_is_broken_is_not_gone(store: Database) -> None:
    world = await world_of(store, file("1-lamp.md", LAMP))
    broken = BrokenChapter("lamp", "1-lamp.md", 0, Diagnostic("1-lamp.md", 1, "bad", "Mend it."))
    world.library.put(replace(serial(file("2-copy.md", LAMP)), broken=(broken,)))
    await world.later(days=1)
    assert await released(world) == ["lamp"]
    assert await told(world) == [("chapter-held", "2-copy.md")]


async def test_the_second_part_of_a_split_chapter_is_held_with_its_own_words(store: Database) -> None:
    lines = LAMP.split("\n\n")
    first, second = "\n\n".join(lines[:20]), "\n\n".join(lines[20:])
    world = await world_of(store, file("1-lamp.md", LAMP), file("3-bell.md", BELL))
    world.library.put(serial(file("1-lamp.md", first), file("2-lamp-ii.md", second), file("3-bell.md", BELL)))
    await world.later(days=1)
    await world.later(days=1)
    assert keys(world) == ["lamp", "bell"]
    assert await told(world) == [("chapter-part-held", "2-lamp-ii.md")]


async def test_what_counts_as_out_from_the_beginning_is_not_repeated_either(store: Database) -> None:
    world = await world_of(store, file("1-lamp.md", LAMP), file("2-bell.md", BELL), backlog=1)
    world.library.put(serial(file("1-lamps.md", LAMP), file("2-bell.md", BELL), file("3-fog.md", FOG)))
    await world.later(days=1)
    assert await released(world) == ["lamps", "bell", "fog"]


async def test_all_numbers_moved_at_once_and_a_restart(store: Database) -> None:
    texts = [text_of(seed) for seed in range(10, 18)]
    world = World(store, serial(*[file(f"{n}.md", text) for n, text in enumerate(texts, 1)], backlog=5))
    await world.run()
    moved = [file(f"{n + 40}.md", text) for n, text in enumerate(texts, 1)]
    again = World(store, serial(*moved, backlog=5))
    await again.run()
    assert await released(again) == ["41", "42", "43", "44", "45"]
    await again.later(days=1)
    assert (await released(again))[5:] == ["46"]
