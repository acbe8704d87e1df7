"""A note reaches everybody who reads along once, whatever happens between its acceptance and its sending."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.authorization import Viewer
from bot.domain.delivery.fault_messages import MESSAGE_DELETED
from bot.domain.delivery.outcomes import Delayed, Refused, Unknown
from bot.domain.releases.calendar_news import CalendarChange, NewsKind
from bot.domain.stories.authoring_refusals import DraftGone, NoteEmpty, NoteTooSoon
from bot.domain.stories.story_refusals import NotAnAuthor
from bot.domain.subscriptions.subscription import DeliveryFault, SubscriptionOptions
from bot.services.authoring.private_drafts import PrivateDrafts
from bot.services.authoring.reader_notes import NOTE_LENGTH, ReaderNotes, note_number
from bot.store.database import Database
from tests.services.fakes import ADMIN, AUTHOR, CHANNEL, NOON, OPERATOR, READER, World, chapter, serial

OTHERS = range(CHANNEL + 1, CHANNEL + 4)
NO_RIGHT = Refused(DeliveryFault("discord-50013", "I am not allowed to post here.", NOON))


async def made(store: Database, *channels: int) -> World:
    """A story of which one chapter is out, in these channels."""
    world = World(store, serial(chapter("one"), chapter("two"), backlog=1))
    await world.run()
    for channel in channels:
        await world.subscribe(channel_id=channel)
    await world.run()
    return world


def notes_of(world: World, folder: Path) -> ReaderNotes:
    """Notes with their drafts in that folder, as each process has them."""
    drafts = PrivateDrafts(folder / "drafts", world.clock)
    return ReaderNotes(world.store, drafts, world.calendar_notices, world.clock)


async def sent(notes: ReaderNotes, text: str, viewer: Viewer = AUTHOR) -> None:
    """Write a note and send it."""
    await notes.send(viewer, await notes.keep(viewer, "lamps", text))


def told(world: World) -> list[int]:
    """The channels that were told, in order."""
    return sorted(to.channel_id for to, _, _ in world.messenger.calendar_posts.values())


def followers_told(world: World) -> list[str]:
    """What the followers were told."""
    return [each.facts["words"] for each in world.messenger.notices if each.kind == "calendar-news"]


async def test_channels_with_a_pace_and_followers_get_it_and_paused_ones_do_not(
    store: Database, tmp_path: Path
) -> None:
    world = await made(store, CHANNEL, *OTHERS)
    await world.followers.follow(READER, "lamps")
    await world.channel_subscriptions.pause(ADMIN, "lamps", OTHERS[0])
    await world.subscribe(channel_id=OTHERS[1], options=SubscriptionOptions(pace="every 2 hours"))
    notes = notes_of(world, tmp_path)
    draft = await notes.keep(AUTHOR, "lamps", "Back on *Friday*.")
    seen = await notes.preview(AUTHOR, draft)
    assert (seen.by, seen.text) == ("Ada", "Back on *Friday*.")
    assert (len(seen.audience.channels), len(seen.audience.followers), seen.audience.paused) == (3, 1, 1)
    report = await notes.send(AUTHOR, draft)
    await world.notification_outbox.sweep()
    assert (report.told, report.waiting, report.followers, report.refusals) == (3, 0, 1, [])
    assert told(world) == [CHANNEL, *OTHERS[1:]]
    assert followers_told(world) == ["Back on *Friday*."]
    with pytest.raises(DraftGone):
        await notes.send(AUTHOR, draft)


async def test_a_bot_that_ends_before_it_sends_sends_all_when_it_is_back_and_once(
    store: Database, tmp_path: Path
) -> None:
    world = await made(store, CHANNEL, *OTHERS)
    await world.followers.follow(READER, "lamps")
    notes = notes_of(world, tmp_path)
    draft = await notes.keep(AUTHOR, "lamps", "Back on Friday.")
    # The process ends after the note is entered, before its draft is gone and anything is sent.
    kept = await notes._drafts.load(draft, AUTHOR.user_id)
    async with store.read() as tx:
        record = await tx.stories.get("lamps")
    assert record is not None
    await world.calendar_notices.enter_note(record, note_number(kept.made_at), "Ada", "Back on Friday.")
    async with store.begin() as tx:
        # One message was on its way: it is claimed, and nobody knows whether it arrived.
        later = world.clock.now() + timedelta(seconds=1)
        claimed = await tx.calendar_notices.claim(later, later + timedelta(hours=1), 2)
    assert len(claimed) == 2
    assert told(world) == []
    heir = World(store, clock=world.clock, library=world.library, messenger=world.messenger)
    heir.clock.advance(timedelta(minutes=5))
    # Its author presses the button again while the new process is at work already.
    report, _ = await asyncio.gather(
        notes_of(heir, tmp_path).send(AUTHOR, draft), heir.calendar_notices.sweep()
    )
    heir.clock.advance(timedelta(hours=2))
    for _ in range(3):
        await heir.calendar_notices.sweep()
        await heir.notification_outbox.sweep()
    assert told(world) == [CHANNEL, *OTHERS]
    assert followers_told(world) == ["Back on Friday."]
    assert (await heir.calendar_notices.report(AUTHOR, "lamps", report.change)).told == 4


@pytest.mark.parametrize("hours", [0.01, 5])
async def test_a_lost_answer_posts_no_second_note(store: Database, tmp_path: Path, hours: float) -> None:
    world = await made(store, CHANNEL)
    world.messenger.answers, world.messenger.lost_answers = [Unknown("no answer")], True
    notes = notes_of(world, tmp_path)
    report = await notes.send(AUTHOR, await notes.keep(AUTHOR, "lamps", "Hello."))
    assert (report.told, report.waiting) == (0, 1)
    heir = World(store, clock=world.clock, library=world.library, messenger=world.messenger)
    heir.clock.advance(timedelta(hours=hours))
    await heir.calendar_notices.sweep()
    assert told(world) == [CHANNEL]
    assert (await heir.calendar_notices.report(AUTHOR, "lamps", report.change)).told == 1


async def test_a_deleted_channel_and_one_that_forbids_it_are_skipped_and_told(
    store: Database, tmp_path: Path
) -> None:
    world = await made(store, CHANNEL, *OTHERS)
    # Faults of our own are templates with facts, those of Discord may be plain words.
    gone = Refused(DeliveryFault("discord-10003", MESSAGE_DELETED(), NOON))
    world.messenger.answers = [gone, gone, NO_RIGHT]
    notes = notes_of(world, tmp_path)
    report = await notes.send(AUTHOR, await notes.keep(AUTHOR, "lamps", "Hello."))
    assert (report.told, report.waiting) == (1, 0)
    assert report.refusals == [(MESSAGE_DELETED(), 2), ("I am not allowed to post here.", 1)]
    world.clock.advance(timedelta(days=1))
    await world.calendar_notices.sweep()
    assert len(told(world)) == 1, "nobody tries again"


async def test_a_channel_that_is_busy_gets_it_later_even_in_a_hiatus(store: Database, tmp_path: Path) -> None:
    world = await made(store, CHANNEL)
    world.messenger.answers = [Delayed("busy")]
    notes = notes_of(world, tmp_path)
    report = await notes.send(AUTHOR, await notes.keep(AUTHOR, "lamps", "I need a break."))
    assert report.waiting == 1
    await world.calendar_overrides.start_hiatus(AUTHOR, "lamps", None)
    world.clock.advance(timedelta(hours=1))
    await world.calendar_notices.sweep()
    assert told(world) == [CHANNEL]


@pytest.mark.parametrize("reached", ["channel", "follower"])
async def test_three_a_day_for_a_story_whoever_sends_them(
    store: Database, tmp_path: Path, reached: str
) -> None:
    world = await made(store, *([CHANNEL] if reached == "channel" else []))
    if reached == "follower":
        await world.followers.follow(READER, "lamps")
    notes, operator = notes_of(world, tmp_path), Viewer(OPERATOR, "Operator", operator=True)
    await sent(notes, "One.")
    world.clock.advance(timedelta(hours=1))
    drafts = []
    for number in range(4):
        drafts.append(await notes.keep(operator, "lamps", f"And {number}."))
        world.clock.advance(timedelta(seconds=5))
    ends = await asyncio.gather(*(notes.send(operator, each) for each in drafts), return_exceptions=True)
    assert [type(each) for each in ends].count(NoteTooSoon) == 2, "those sent at once count too"
    with pytest.raises(NoteTooSoon) as refused:
        await notes.find(AUTHOR, "lamps")
    with pytest.raises(NoteTooSoon):
        await notes.keep(AUTHOR, "lamps", "Five.")
    next_at = refused.value.facts["at"]
    assert next_at == int((NOON + timedelta(days=1)).timestamp())
    world.clock.advance(timedelta(hours=23))
    await sent(notes, "The next day.")
    with pytest.raises(NoteTooSoon):
        await sent(notes, "But one only.")


async def test_a_third_note_can_be_pressed_again_after_a_crash(store: Database, tmp_path: Path) -> None:
    world = await made(store, CHANNEL)
    notes = notes_of(world, tmp_path)
    for number in range(2):
        await sent(notes, f"{number}.")
        world.clock.advance(timedelta(minutes=1))
    draft = await notes.keep(AUTHOR, "lamps", "Third.")
    kept = await notes._drafts.load(draft, AUTHOR.user_id)
    async with store.read() as tx:
        record = await tx.stories.get("lamps")
    assert record is not None
    number = await world.calendar_notices.enter_note(record, note_number(kept.made_at), "Ada", "Third.")
    report = await notes.send(AUTHOR, draft)
    assert report.change == CalendarChange(NewsKind.NOTE, number)
    assert told(world) == [CHANNEL] * 3


async def test_two_notes_of_one_moment_are_two(store: Database, tmp_path: Path) -> None:
    world = await made(store, CHANNEL)
    notes = notes_of(world, tmp_path)
    drafts = [await notes.keep(AUTHOR, "lamps", text) for text in ("Good news.", "Bad news.")]
    for each in drafts:
        await notes.send(AUTHOR, each)
    words = sorted(post.news.reason for _, post, _ in world.messenger.calendar_posts.values())
    assert words == ["Bad news.", "Good news."]


async def test_who_is_no_author_and_empty_words_are_refused_and_long_ones_cut(
    store: Database, tmp_path: Path
) -> None:
    world = await made(store, CHANNEL)
    notes = notes_of(world, tmp_path)
    with pytest.raises(NotAnAuthor):
        await notes.keep(READER, "lamps", "I am not the author.")
    with pytest.raises(NoteEmpty):
        await notes.keep(AUTHOR, "lamps", " \n ")
    draft = await notes.keep(AUTHOR, "lamps", "a\n\n \n\n\nb" + "c" * 5000)
    text = (await notes.preview(AUTHOR, draft)).text
    assert text == "a\n\nb" + "c" * (NOTE_LENGTH - 4)
    with pytest.raises(DraftGone):
        await notes.send(replace(READER, operator=True), draft)
    upload = await notes._drafts.create(AUTHOR.user_id, {"kind": "upload", "story": "lamps"})
    with pytest.raises(DraftGone):
        await notes.send(AUTHOR, upload.id)
    await notes.discard(AUTHOR, draft)
    with pytest.raises(DraftGone):
        await notes.preview(AUTHOR, draft)
    assert told(world) == []
