"""What is kept of a person is found wherever it is, handed out whole, and erased without a trace.

The walk goes over every table of the schema, so a new column for somebody's id cannot be forgotten here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Column, Table, insert, select, update

from bot.domain.subscriptions.release_styles import MessageForm
from bot.domain.suggestions.panels import PanelKind, PollState
from bot.domain.suggestions.suggestion import SuggestionState as State
from bot.store.database import Database
from bot.store.delivery.post_records import Post
from bot.store.engine.column_types import WideInteger
from bot.store.privacy.personal_data import FORGOTTEN
from bot.store.privacy.personal_data_records import ErasableSuggestion
from bot.store.suggestions.suggestion_records import StateChange
from bot.store.tables import (
    NoticeState,
    blocked,
    bookmark,
    chapter_read,
    erased,
    metadata,
    notice,
    panel,
    person,
    poll,
    poll_choice,
    review_channel,
    subscription,
    suggestion,
    suggestion_change,
    supporter,
    vote,
)
from tests.store.samples import CHANNEL, GUILD, MINUTE, NOW, add_idea, add_story, owed, subscribe

WHO, OTHER, AUTHOR = 4_611_686_018_427_000_111, 4_611_686_018_427_000_222, 7 << 60
DIRECT = 4_611_686_018_427_000_333
NAME = "Mira of the Marsh"
HASHED = "5f" * 32

OF_NO_PERSON = {
    "id",
    "number",
    "release_id",
    "subscription_id",
    "delivery_id",
    "guild_id",
    "channel_id",
    "message_id",
    "thread_id",
    "suggestion",
    "into",
    "was_into",
    "mention",
    "tag",
    "poll_id",
}
"""Wide integers that are Discord's or ours, and name nobody. A new one belongs here or in `FORGOTTEN`."""


async def fill(store: Database) -> dict[str, int]:
    """A database in which that person has left something in every corner; returns the numbers of ideas by what they
    are: one of theirs (`own`), another's merged into it (`joined`), another's that they support (`supported`)."""
    async with store.begin() as tx:
        first, second = await add_story(tx, chapters=["one", "two"])
        server = await subscribe(tx, created_by=WHO)
        follow = await subscribe(tx, channel=DIRECT, guild_id=None, user_id=WHO, created_by=WHO)
        await tx.delivery_plans.add([owed(follow, first), owed(server, first)])
        for message_id, channel, guild in ((901, DIRECT, None), (902, CHANNEL, GUILD), (903, DIRECT, None)):
            await tx.posts.add(
                Post(
                    message_id,
                    channel,
                    guild,
                    first.id,
                    None,
                    1,
                    1,
                    1,
                    decorated=True,
                    shape=MessageForm.PAGES,
                )
            )
    own = (await add_idea(store, maker=WHO, suggester_name=NAME, guild_id=None, channel_id=DIRECT)).number
    joined = (await add_idea(store, maker=OTHER)).number
    supported = (await add_idea(store, maker=OTHER)).number
    async with store.begin() as tx:
        await tx.suggestions.decide(
            joined, StateChange(was=State.NEW, to=State.MERGED, by=WHO, at=NOW, into=own)
        )
        await tx.suggestions.add_supporter(supported, WHO, NOW)
        await tx.suggestions.add_supporter(own, OTHER, NOW)
        await tx.suggestions.decide(supported, StateChange(was=State.NEW, to=State.ACCEPTED, by=WHO, at=NOW))
    await enter(store, bookmark, user_id=WHO, story="lamp", seen_at=NOW, **_PLACES)
    await enter(store, vote, release_id=first.id, user_id=WHO, message_id=902, at=NOW)
    await enter(store, vote, release_id=first.id, user_id=OTHER, message_id=902, at=NOW)
    await enter(store, chapter_read, release_id=second.id, user_id=WHO, at=NOW, furthest=3, revision=1)
    await enter(store, person, user_id=WHO, locale="de", told=True, digest=True, digested_at=NOW)
    await enter(store, blocked, story="lamp", hash=HASHED, suggestion=own, by=AUTHOR, at=NOW)
    await enter(store, blocked, story="lamp", hash="00" * 32, suggestion=supported, by=WHO, at=NOW)
    for key, user, number in ((f"a:{WHO}", WHO, supported), ("b", OTHER, own), ("c", OTHER, supported)):
        facts = {"number": str(number), "idea": f"quoted {number}", "into": ""}
        await owe(store, user, key, facts)
    await owe(store, OTHER, "d", {"number": str(joined), "into": str(own), "other": "quoted too"})
    await enter(store, panel, kind=PanelKind.REVIEW.value, suggestion=own, message_id=911, **_panel("r"))
    await enter(store, panel, kind=PanelKind.BOARD.value, message_id=912, made_by=WHO, **_panel("b"))
    poll_id = await enter(
        store,
        poll,
        story="lamp",
        guild_id=GUILD,
        channel_id=CHANNEL,
        question="?",
        nonce="p",
        state=PollState.COUNTED.value,
        made_by=WHO,
        made_at=NOW,
        ends_at=NOW + MINUTE,
        attempts=1,
    )
    by_them = {"asked_by": WHO, "accepted_by": WHO, "accepted_at": NOW}
    await enter(store, review_channel, story="lamp", channel_id=77, guild_id=GUILD, **by_them)
    await enter(store, poll_choice, poll_id=poll_id, answer=1, suggestion=own, votes=3)
    return {"own": own, "joined": joined, "supported": supported}


_PLACES = {
    f"{which}_{what}": value
    for which in ("last", "furthest")
    for what, value in (("number", 1), ("offset", 5), ("revision", 1))
}


def _panel(nonce: str) -> dict[str, Any]:
    return {
        "story": "lamp",
        "guild_id": GUILD,
        "channel_id": 77,
        "nonce": nonce,
        "made_at": NOW,
        "attempts": 1,
    }


async def owe(store: Database, user: int, key: str, facts: Mapping[str, str]) -> None:
    """Somebody is owed word of an idea."""
    await enter(
        store,
        notice,
        user_id=user,
        kind="idea-accepted",
        facts=dict(facts),
        key=key,
        nonce=key[:25],
        state=NoticeState.DUE.value,
        attempts=0,
        created_at=NOW,
        wake_at=NOW,
    )


async def enter(store: Database, table: Table, **values: Any) -> int:
    """A row as it is."""
    async with store.begin() as tx:
        made = await tx.personal_data._connection.execute(insert(table).values(values))
        key = made.inserted_primary_key
    return int(key[0]) if key is not None and isinstance(key[0], int) else 0


async def rows(store: Database, table: Table) -> list[Mapping[str, Any]]:
    """Every row of a table."""
    async with store.read() as tx:
        return [dict(row) for row in (await tx.personal_data._connection.execute(select(table))).mappings()]


async def dump(store: Database) -> str:
    """Every column of every row of the whole database, as text."""
    lines = [
        f"{table.name}.{name}={value}"
        for table in metadata.sorted_tables
        for row in await rows(store, table)
        for name, value in row.items()
    ]
    return "\n".join(lines)


async def erase(store: Database, *, keep_suggestions: bool) -> list[int]:
    """What the service does, without Discord; the numbers of ideas that are open again."""
    async with store.begin() as tx:
        reopened: list[int] = []
        if not keep_suggestions:
            numbers = [idea.number for idea in await tx.personal_data.list_suggestions(WHO, HASHED)]
            await tx.personal_data.delete_notices(numbers)
            reopened = await tx.suggestions.delete(numbers, NOW)
        await tx.suggestions.forget_person(WHO, HASHED)
        await tx.personal_data.erase(WHO, DIRECT)
        await tx.personal_data.record_erasure(HASHED, NOW)
    return reopened


def looks_like_a_person(column: Column[Any]) -> bool:
    """A column wide enough for a Discord id that is not known to be of something else."""
    return column.type is WideInteger and not column.foreign_keys and column.name not in OF_NO_PERSON


def test_every_column_that_may_hold_a_person_is_known_to_privacy() -> None:
    found = {
        column for table in metadata.tables.values() for column in table.c if looks_like_a_person(column)
    }
    assert {str(column) for column in found} == {str(column) for column in FORGOTTEN}


async def test_the_sample_leaves_something_in_every_corner(store: Database) -> None:
    await fill(store)
    for column in FORGOTTEN:
        assert any(row[column.name] == WHO for row in await rows(store, column.table)), column


async def test_the_export_has_all_of_it_and_nothing_of_others(store: Database) -> None:
    await fill(store)
    await enter(store, erased, hash=HASHED, at=NOW)
    stayed = await add_idea(store, maker=OTHER)
    async with store.begin() as tx:
        await tx.personal_data._connection.execute(
            update(suggestion)
            .where(suggestion.c.number == stayed.number)
            .values(maker=None, maker_name=None, maker_hash=HASHED)
        )
    async with store.read() as tx:
        found = await tx.personal_data.export(WHO, HASHED, DIRECT)
    empty = [name for name, kept in found.items() if not kept]
    assert empty == []
    tables = {column.table.name for column in FORGOTTEN}
    assert len(found) >= len(tables)
    assert str(OTHER) not in str(found)
    assert str(AUTHOR) not in str(found)
    (idea,) = found["ideas"]
    assert (idea["your_name"], idea["idea"], idea["supporters"]) == (NAME, "More lamps!", 1)
    assert {star["message_id"] for star in found["stars"]} == {902}
    assert {page["message_id"] for page in found["pages_in_direct_messages"]} == {901, 903}
    assert isinstance(found["bookmarks"][0]["seen_at"], datetime)
    async with store.read() as tx:
        nobody = await tx.personal_data.export(12345, "ab" * 32, None)
    assert not any(nobody.values())


@pytest.mark.parametrize("keep_suggestions", [True, False])
async def test_erasing_leaves_the_id_nowhere(store: Database, keep_suggestions: bool) -> None:
    await fill(store)
    before = await dump(store)
    assert all(str(trace) in before for trace in (WHO, DIRECT, NAME))
    await erase(store, keep_suggestions=keep_suggestions)
    after = await dump(store)
    for trace in (WHO, DIRECT, NAME):
        assert str(trace) not in after, [line for line in after.splitlines() if str(trace) in line]
    assert str(OTHER) in after
    assert HASHED in after
    async with store.read() as tx:
        found = await tx.personal_data.export(WHO, "ab" * 32, DIRECT)
    assert not any(found.values())


async def test_ideas_that_stay_have_no_maker_and_keep_what_hangs_on_them(store: Database) -> None:
    numbers = await fill(store)
    await erase(store, keep_suggestions=True)
    async with store.read() as tx:
        own = await tx.suggestions.get(numbers["own"])
        joined = await tx.suggestions.get(numbers["joined"])
        supported = await tx.suggestions.get(numbers["supported"])
        assert own is not None
        assert joined is not None
        assert supported is not None
        assert (own.suggester, own.suggester_name, own.name_me, own.text) == (
            None,
            None,
            False,
            "More lamps!",
        )
        assert own.supporters == 1
        assert joined.merged_into == own.number
        assert supported.supporters == 0
        assert {change.by for change in await tx.suggestions.list_changes(own.number)} == {None}
        assert (await tx.suggestions.list_involved(own.number))[0].user_id == OTHER


async def test_ideas_that_stayed_are_found_by_their_hash_and_can_go_later(store: Database) -> None:
    numbers = await fill(store)
    await erase(store, keep_suggestions=True)
    async with store.read() as tx:
        (known,) = await tx.personal_data.list_suggestions(WHO, HASHED)
        assert (known.number, known.named, known.stayed) == (numbers["own"], False, True)
        assert await tx.personal_data.list_suggestions(WHO, "ab" * 32) == []
        (told,) = (await tx.personal_data.export(WHO, HASHED, DIRECT))["ideas_that_stayed"]
        assert (told["number"], told["idea"]) == (numbers["own"], "More lamps!")
    await erase(store, keep_suggestions=False)
    async with store.read() as tx:
        assert await tx.suggestions.get(numbers["own"]) is None
    assert "More lamps!" not in [row["idea"] for row in await rows(store, suggestion) if row["maker"] is None]


async def test_ideas_that_go_take_what_quotes_them_and_free_what_was_merged_into_them(
    store: Database,
) -> None:
    numbers = await fill(store)
    assert await erase(store, keep_suggestions=False) == [numbers["joined"]]
    async with store.read() as tx:
        assert await tx.suggestions.get(numbers["own"]) is None
        joined = await tx.suggestions.get(numbers["joined"])
    assert joined is not None
    assert (joined.state.value, joined.merged_into) == ("new", None)
    assert [row["key"] for row in await rows(store, notice)] == ["c"]
    assert [row["message_id"] for row in await rows(store, panel)] == [912]
    for table, column in (
        (suggestion_change, "suggestion"),
        (supporter, "suggestion"),
        (poll_choice, "suggestion"),
    ):
        assert numbers["own"] not in {row[column] for row in await rows(store, table)}


async def test_what_others_rely_on_stays(store: Database) -> None:
    await fill(store)
    await erase(store, keep_suggestions=True)
    (kept,) = await rows(store, subscription)
    assert (kept["channel_id"], kept["created_by"]) == (CHANNEL, 0)
    assert [row["user_id"] for row in await rows(store, vote)] == [OTHER]
    assert len(await rows(store, blocked)) == 2
    assert [row["question"] for row in await rows(store, poll)] == ["?"]


async def test_the_messages_that_show_somebody_s_ideas_are_known(store: Database) -> None:
    numbers = await fill(store)
    async with store.read() as tx:
        assert await tx.personal_data.list_suggestions(WHO, HASHED) == [
            ErasableSuggestion(numbers["own"], "lamp", shown=((77, 911),))
        ]
        assert [idea.shown for idea in await tx.personal_data.list_suggestions(OTHER, "00" * 32)] == [(), ()]


async def test_the_erased_are_known_by_their_hash_until_they_come_back(store: Database) -> None:
    async with store.begin() as tx:
        await tx.personal_data.record_erasure(HASHED, NOW)
        await tx.personal_data.record_erasure(HASHED, NOW + MINUTE)
        assert await tx.personal_data.list_erased() == {HASHED}
        assert await tx.personal_data.clear_erasure(HASHED)
        assert not await tx.personal_data.clear_erasure(HASHED)
        assert await tx.personal_data.list_erased() == set()
