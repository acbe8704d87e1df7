"""Everybody's place is kept by text over a revision: on shared posts, in bookmarks, in readers that were open."""

from __future__ import annotations

import asyncio
import random
import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.authorization import Viewer
from bot.domain.releases.release import Edition
from bot.services.delivery.post_messenger import ChapterPost
from bot.services.pages.paginator import Paginator
from bot.store.database import Database
from tests.services.fakes import CHANNEL, GUILD, READER, long_text
from tests.services.releases.revision_helpers import (
    LONG,
    edited,
    post_of,
    posted,
    refreshed,
    release_of,
    turn_to,
)
from tests.support.profiles import examples

_WORD = re.compile(r"word\d+")


def first_word(post: ChapterPost | object) -> str:
    found = _WORD.search(post.page.plain)  # type: ignore[attr-defined]
    assert found is not None
    return found[0]


def with_more_before(text: str, paragraphs: int = 12) -> str:
    """The text with so much before it that no page number means the same any more."""
    more = [" ".join(f"new{n}x{i}" for i in range(50)) + "." for n in range(paragraphs)]
    return "\n\n".join([*more, text])


async def test_a_shared_post_stays_at_its_text(store: Database) -> None:
    world, (message,) = await posted(store)
    word = first_word(await turn_to(world, message, 4))
    await edited(world, with_more_before(LONG))
    await refreshed(world)
    (_, post) = world.messenger.edits[-1]
    assert word in _WORD.findall(post.page.plain)
    assert post.page_number > 4
    kept = await post_of(store, message)
    assert (kept.page, kept.page_count, kept.revision) == (post.page_number, post.page_count, 2)


async def test_a_first_page_stays_the_first(store: Database) -> None:
    world, _ = await posted(store)
    await edited(world, with_more_before(LONG))
    await refreshed(world)
    assert world.messenger.edits[-1][1].page_number == 1


async def test_a_turn_during_a_revision_shows_the_page_that_was_meant(store: Database) -> None:
    world, (message,) = await posted(store)
    third = await turn_to(world, message, 3)
    fourth = Paginator(600).pages(third.edition)[3]
    await edited(world, with_more_before(LONG))
    await world.page_turns.turn_by(message, +1)
    await world.page_turns.drain()
    (_, post) = world.messenger.edits[-1]
    assert _WORD.findall(fourth.plain)[0] in _WORD.findall(post.page.plain)
    assert post.edition.revision == 2
    await world.page_turns.turn_by(message, +1)
    await world.page_turns.drain()
    assert world.messenger.edits[-1][1].page_number == post.page_number + 1
    edits = len(world.messenger.edits)
    await refreshed(world)
    assert len(world.messenger.edits) == edits


async def test_turns_and_a_revision_at_once_end_where_readers_turned(store: Database) -> None:
    world, (message,) = await posted(store)
    second = await turn_to(world, message, 2)
    wanted = Paginator(600).pages(second.edition)[3]
    await edited(world, LONG.replace("word599", "word599 at last"))
    await asyncio.gather(
        world.post_refresh.run_batch(),
        world.page_turns.turn_by(message, +1),
        world.page_turns.turn_by(message, +1),
    )
    await world.page_turns.drain()
    assert world.messenger.edits[-1][1].page.plain == wanted.plain
    assert (await post_of(store, message)).revision == 2


async def test_a_bookmark_is_kept_by_text(store: Database) -> None:
    world, _ = await posted(store)
    release = await release_of(store)
    view = await world.private_reader.show_page(READER, release.id, 5)
    word = first_word(view)
    furthest = first_word(await world.private_reader.show_page(READER, release.id, 7))
    await world.private_reader.show_page(READER, release.id, 5)
    for text in (with_more_before(LONG), with_more_before(LONG, 3).replace("word2 ", "")):
        await edited(world, text)
        opened = await world.private_reader.open(READER, "lamps", None)
        assert word in _WORD.findall(opened.page.plain)
        assert opened.page_number != view.page_number
        async with store.read() as tx:
            bookmark = await tx.bookmarks.get(READER.user_id, "lamps")
        assert bookmark is not None
        assert text[bookmark.furthest.offset :].lstrip().startswith(furthest)
        view = opened


async def test_a_page_asked_for_from_before_a_revision_is_the_one_with_its_text(store: Database) -> None:
    world, _ = await posted(store)
    release = await release_of(store)
    pages = Paginator(600).pages((await world.private_reader.show_page(READER, release.id, 1)).edition)
    await edited(world, with_more_before(LONG))
    for number, page in list(enumerate(pages, 1))[1:]:
        view = await world.private_reader.show_page(READER, release.id, number, revision=1)
        assert _WORD.findall(page.plain)[0] in _WORD.findall(view.page.plain)
    assert (await world.private_reader.show_page(READER, release.id, 1, revision=1)).page_number == 1
    last = await world.private_reader.show_page(READER, release.id, -1, revision=1)
    assert last.page_number == last.page_count
    unknown = await world.private_reader.show_page(READER, release.id, 3, revision=77)
    assert unknown.page_number == 3


async def test_ten_thousand_bookmarks_cost_a_revision_nothing(store: Database) -> None:
    world, _ = await posted(store)
    release = await release_of(store)
    view = await world.private_reader.show_page(READER, release.id, 4)
    async with store.begin() as tx:
        kept = await tx.bookmarks.get(READER.user_id, "lamps")
        assert kept is not None
        for user in range(100, 400):
            await tx.bookmarks.save(replace(kept, user_id=user))
    await edited(world, with_more_before(LONG))
    async with store.read() as tx:
        assert await tx.bookmarks.get(399, "lamps") == replace(kept, user_id=399)
    for user in (100, 399):
        opened = await world.private_reader.open(Viewer(user, "R", GUILD, CHANNEL), "lamps", None)
        assert first_word(view) in _WORD.findall(opened.page.plain)


PARAGRAPHS = st.lists(st.integers(5, 60), min_size=4, max_size=25)


@settings(max_examples=examples(60), deadline=None)
@given(PARAGRAPHS, st.randoms(use_true_random=False), st.integers(0, 8), st.integers(0, 8))
def test_places_are_carried_by_text_whatever_is_put_in_and_taken_out(
    lengths: list[int], chance: random.Random, added: int, taken: int
) -> None:
    """A page that begins with words that are still there leads to a page that has them."""
    count = 0
    paragraphs = []
    for length in lengths:
        paragraphs.append(" ".join(f"word{count + i}" for i in range(length)) + ".")
        count += length
    changed = list(paragraphs)
    for _ in range(min(taken, len(changed) - 1)):
        changed.pop(chance.randrange(len(changed)))
    for n in range(added):
        changed.insert(chance.randrange(len(changed) + 1), " ".join(f"new{n}x{i}" for i in range(40)) + ".")
    pager = Paginator(300)
    old, new = edition(1, "\n\n".join(paragraphs)), edition(2, "\n\n".join(changed))
    kept = set(_WORD.findall(new.text))
    shown = [_WORD.findall(page.plain) for page in pager.pages(new)]
    reached = []
    for number, page in enumerate(pager.pages(old), 1):
        to = pager.map_page(old, new, number)
        reached.append(to)
        words = _WORD.findall(page.plain)
        if number > 1 and set(words[:4]) <= kept:
            assert words[0] in shown[to - 1]
        assert 1 <= to <= len(shown)
        assert pager.map_page(old, replace(old, revision=3), number) == number
    assert reached == sorted(reached)


@settings(max_examples=examples(40), deadline=None)
@given(st.integers(0, 900), st.integers(0, 900), st.integers(0, 400))
def test_pages_of_notes_lead_to_pages_of_notes(before: int, after: int, words: int) -> None:
    told = edition(1, long_text(words), note_before=long_text(before), note_after=long_text(after))
    pager = Paginator(300)
    pages = pager.pages(told)
    again = replace(told, revision=2)
    assert [pager.map_page(told, again, n + 1) for n in range(len(pages))] == list(range(1, len(pages) + 1))
    bare = edition(3, long_text(words))
    reached = [pager.map_page(told, bare, n + 1) for n in range(len(pages))]
    assert reached == sorted(reached)
    assert set(reached) <= set(range(1, len(pager.pages(bare)) + 1))


def edition(revision: int, text: str, **more: str) -> Edition:
    notes = {"note_before": None, "note_after": None} | more
    return Edition(1, revision, "One", text, (), pov=None, thanks=(), digest="", **notes)  # type: ignore[arg-type]
