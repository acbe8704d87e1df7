"""Boards and reviews: made once, kept current, let go of when nobody wants them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.authorization import Viewer
from bot.domain.delivery.outcomes import Delayed, Outcome, Refused, Sent, Unfit, Unknown
from bot.domain.delivery.retry import LEASE, NONCE_WINDOW
from bot.domain.stories.story import Rating, SuggestionPolicy
from bot.domain.stories.story_refusals import AgeRestricted, NotAnAuthor
from bot.domain.subscriptions.channel_refusals import MissingPermissions, NotInServer
from bot.domain.subscriptions.subscription import DeliveryFault
from bot.domain.suggestions.panel_contents import BoardPost, ReviewPost
from bot.domain.suggestions.panels import EDIT_DELAY, Panel
from bot.domain.suggestions.suggestion import Decision
from bot.domain.suggestions.suggestion_refusals import BoardGone, SuggestionUnknown
from bot.services.delivery.post_messenger import Destination, SearchOutcome
from bot.services.guilds.channel_survey import ChannelKind, ChannelState
from bot.services.suggestions.submission import SuggestionDraft
from bot.store.database import Database
from tests.services.fakes import AUTHOR, CHANNEL, GUILD, NOON, OTHER_CHANNEL, READER, World, chapter, serial

REFUSED = Refused(DeliveryFault("discord-50013", "I may not post there", NOON))


async def world_of(store: Database, *, review: int | None = None, **more: object) -> World:
    """A world with one chapter out."""
    world = World(store, serial(chapter("one"), chapter("two"), backlog=1, **more), review_channel=review)  # type: ignore[arg-type]
    await world.run()
    if review is not None:
        await world.accept_review(review)
    return world


async def suggest(world: World, idea: str, user: int = 3, **more: object) -> int:
    """Queue an idea."""
    world.clock.advance(timedelta(minutes=1))
    facts = {"story": "lamps", "chapter": None, "anonymous": False} | more
    draft = SuggestionDraft(idea, **facts)  # type: ignore[arg-type]
    made = await world.submissions.submit(Viewer(user, "Reader"), draft)
    return made.suggestion.number


async def settle(world: World) -> None:
    """Let the moment pass in which changes are gathered, and show what is due."""
    world.clock.advance(EDIT_DELAY)
    await world.panels.sweep()


async def boards(store: Database) -> list[Panel]:
    async with store.read() as tx:
        return await tx.panels.list_boards("lamps")


def shown(world: World) -> list[int]:
    """The ideas on the last board that was posted or edited."""
    posts = [post for _, post, _ in world.messenger.panels.values()]
    posts += [post for _, post in world.messenger.panel_edits]
    board = [post for post in posts if isinstance(post, BoardPost)][-1]
    return [idea.number for idea in board.suggestions]


async def test_a_board_shows_the_best_and_follows_what_becomes_of_them(store: Database) -> None:
    world = await world_of(store)
    for n in range(1, 4):
        await suggest(world, f"Idea the {n}.", user=10 + n)
    held = await suggest(world, "Come to https://example.test", user=20)
    done = await world.panels.post_board(AUTHOR, "lamps", CHANNEL)
    assert done.faulty == ()
    await world.panels.sweep()
    ((to, post, _),) = world.messenger.panels.values()
    assert (to.channel_id, to.guild_id) == (CHANNEL, GUILD)
    assert isinstance(post, BoardPost)
    assert shown(world) == [1, 2, 3]
    assert (post.total, held) == (3, 4)
    for _ in range(3):
        await world.panels.sweep()
    assert world.messenger.panel_edits == [], "what is current is left alone"

    await world.supporters.support(READER, 3)
    await world.supporters.support(Viewer(44, "Fan"), 3)
    await world.panels.sweep()
    assert world.messenger.panel_edits == [], "changes are gathered for a moment"
    await settle(world)
    assert len(world.messenger.panel_edits) == 1
    assert shown(world) == [3, 1, 2]
    await world.decisions.decide(AUTHOR, 3, Decision.DECLINE)
    await world.decisions.decide(AUTHOR, held, Decision.ACCEPT)
    await settle(world)
    assert shown(world) == [1, 2, held]
    await world.submissions.withdraw(Viewer(12, "Reader"), 2)
    await settle(world)
    assert shown(world) == [1, held]
    assert len(world.messenger.panels) == 1


async def test_a_repeated_command_moves_the_board_to_the_end(store: Database) -> None:
    world = await world_of(store)
    await suggest(world, "A lamp.")
    for _ in range(2):
        await world.panels.post_board(AUTHOR, "lamps", CHANNEL)
        await world.panels.sweep()
    first, second = world.messenger.panels
    assert world.messenger.deleted == [first]
    (board,) = await boards(store)
    assert board.message_id == second


@pytest.mark.parametrize("lost", [True, False])
@pytest.mark.parametrize("late", [timedelta(0), NONCE_WINDOW + LEASE])
async def test_a_board_is_posted_once_though_the_answer_is_lost(
    store: Database, lost: bool, late: timedelta
) -> None:
    world = await world_of(store)
    await world.panels.post_board(AUTHOR, "lamps", CHANNEL)
    world.messenger.lost_answers = lost
    world.messenger.answers = [Unknown("no answer")]
    await world.panels.sweep()
    assert len(world.messenger.panels) == int(lost)
    world.clock.advance(timedelta(minutes=1) + late)
    await world.panels.sweep()
    (message_id,) = world.messenger.panels
    assert bool(world.messenger.looked) == bool(late), "past Discord's window it is looked for"
    (board,) = await boards(store)
    assert (board.message_id, board.wake_at, board.fault) == (message_id, None, None)


async def test_a_crash_while_posting_is_taken_over(store: Database) -> None:
    world = await world_of(store)
    await world.panels.post_board(AUTHOR, "lamps", CHANNEL)
    now = world.clock.now()
    async with store.begin() as tx:
        (claimed,) = await tx.panels.claim(now, now + LEASE, 5)
    await world.messenger.post_panel(*posted(claimed))
    again = World(store, *world.library.held.values())
    again.messenger, again.panels._messenger = world.messenger, world.messenger
    again.clock.advance(timedelta(minutes=2, seconds=30))
    await again.panels.sweep()
    assert len(world.messenger.panels) == 1
    assert again.messenger.looked == 0, "its claim has not run out"
    await again.panels.take_over()
    await again.panels.sweep()
    assert again.messenger.looked == 1
    assert len(world.messenger.panels) == 1
    assert (await boards(store))[0].message_id is not None


def posted(panel: Panel) -> tuple[object, ...]:
    """What a process that died had sent."""
    post = BoardPost(serial().story, (), 0, {}, {}, panel.marker)
    return Destination(panel.channel_id, panel.guild_id), post, panel.nonce


async def test_history_that_cannot_be_read_is_said_and_nothing_posted_twice(store: Database) -> None:
    world = await world_of(store)
    await world.panels.post_board(AUTHOR, "lamps", CHANNEL)
    world.messenger.answers, world.messenger.lost_answers = [Unknown("no answer")], True
    await world.panels.sweep()
    world.messenger.look_answer = SearchOutcome.BLIND
    world.clock.advance(timedelta(minutes=10))
    await world.panels.sweep()
    (board,) = await boards(store)
    assert "message history" in str(board.fault)
    assert len(world.messenger.panels) == 1


@pytest.mark.parametrize("outcome", [REFUSED, Unfit(REFUSED.fault)])
async def test_a_refusal_is_kept_for_the_next_command_and_not_hammered(
    store: Database, outcome: Outcome
) -> None:
    world = await world_of(store)
    await world.panels.post_board(AUTHOR, "lamps", CHANNEL)
    world.messenger.answers = [outcome]
    await world.panels.sweep()
    await suggest(world, "More lamps.")
    await settle(world)
    assert world.messenger.panels == {}
    done = await world.panels.post_board(AUTHOR, "lamps", OTHER_CHANNEL)
    assert [(each.channel_id, each.fault) for each in done.faulty] == [(CHANNEL, "I may not post there")]
    await world.panels.post_board(AUTHOR, "lamps", CHANNEL)
    await world.panels.sweep()
    assert {to.channel_id for to, _, _ in world.messenger.panels.values()} == {CHANNEL, OTHER_CHANNEL}


async def test_what_fails_for_now_is_tried_again(store: Database) -> None:
    world = await world_of(store)
    await world.panels.post_board(AUTHOR, "lamps", CHANNEL)
    world.messenger.answers = [Delayed("limit", timedelta(minutes=7))]
    due = await world.panels.sweep()
    assert due is not None
    assert due >= world.clock.now() + timedelta(minutes=7)
    world.clock.advance(timedelta(minutes=7))
    await world.panels.sweep()
    assert len(world.messenger.panels) == 1
    assert world.messenger.looked == 0, "what was surely not posted need not be looked for"
    world.messenger.outages.add(GUILD)
    await world.panels.post_board(AUTHOR, "lamps", OTHER_CHANNEL)
    await world.panels.sweep()
    assert len(world.messenger.panels) == 1


async def test_a_board_that_somebody_deleted_is_let_go_of(store: Database) -> None:
    world = await world_of(store)
    await world.panels.post_board(AUTHOR, "lamps", CHANNEL)
    await world.panels.sweep()
    world.messenger.edit_answers = [Sent(None)]
    await suggest(world, "A change.")
    await settle(world)
    assert await boards(store) == []


async def test_removing_a_board(store: Database) -> None:
    world = await world_of(store)
    board = (await world.panels.post_board(AUTHOR, "lamps", CHANNEL)).board
    await world.panels.sweep()
    with pytest.raises(NotAnAuthor):
        await world.panels.remove_board(READER, board.id)
    await world.panels.remove_board(AUTHOR, board.id)
    assert world.messenger.deleted == list(world.messenger.panels)
    with pytest.raises(BoardGone):
        await world.panels.remove_board(AUTHOR, board.id)


async def test_where_a_board_may_not_be(store: Database) -> None:
    world = await world_of(store, rating=Rating.MATURE)
    author = Viewer(AUTHOR.user_id, "Author", guild_id=GUILD, channel_id=CHANNEL, age_restricted=True)
    with pytest.raises(AgeRestricted):
        await world.panels.post_board(author, "lamps", CHANNEL)
    fit = ChannelState(CHANNEL, GUILD, "dark", ChannelKind.TEXT, age_restricted=True)
    world.messenger.surveys[CHANNEL] = fit
    await world.panels.post_board(author, "lamps", CHANNEL)
    await world.panels.sweep()
    assert len(world.messenger.panels) == 1
    # The channel stops being age-restricted: nothing more appears there, and the command says why.
    world.messenger.surveys[CHANNEL] = ChannelState(
        CHANNEL, GUILD, "dark", ChannelKind.TEXT, age_restricted=False
    )
    async with store.begin() as tx:
        await tx.panels.wake("lamps", [], world.clock.now())
    await settle(world)
    assert world.messenger.panel_edits == []
    assert (await boards(store))[0].fault is not None
    world.messenger.surveys[CHANNEL] = ChannelState(
        CHANNEL, GUILD, "x", ChannelKind.TEXT, age_restricted=True, missing=("send_messages",)
    )
    with pytest.raises(MissingPermissions):
        await world.panels.post_board(author, "lamps", CHANNEL)
    with pytest.raises(NotInServer):
        await world.panels.post_board(Viewer(AUTHOR.user_id, "Author", age_restricted=True), "lamps", CHANNEL)


async def test_a_new_idea_appears_for_review_once_and_follows(store: Database) -> None:
    world = await world_of(store, review=777)
    number = await suggest(world, "A lamp that sings.", anonymous=True)
    for _ in range(2):
        await world.panels.sweep()
    ((to, post, _),) = world.messenger.panels.values()
    assert to.channel_id == 777
    assert isinstance(post, ReviewPost)
    assert post.view.suggestion is not None
    assert (post.view.suggestion.number, post.view.suggestion.shown_suggester) == (number, None)
    await world.decisions.decide(AUTHOR, number, Decision.ACCEPT)
    await settle(world)
    ((_, edited),) = world.messenger.panel_edits
    assert isinstance(edited, ReviewPost)
    assert Decision.USED in edited.view.possible
    with pytest.raises(SuggestionUnknown):
        await world.review_queue.get(READER, number)


async def test_a_storys_own_review_channel_goes_first(store: Database) -> None:
    world = await world_of(store, review=777, suggestions=SuggestionPolicy(review_channel=888))
    await suggest(world, "Nobody has accepted the story's own channel.", user=4)
    await world.panels.sweep()
    assert [to.channel_id for to, _, _ in world.messenger.panels.values()] == [777]
    await world.accept_review(888, "lamps")
    await suggest(world, "A lamp that sings.")
    await world.panels.sweep()
    assert [to.channel_id for to, _, _ in world.messenger.panels.values()] == [777, 888]


async def test_a_review_channel_that_refuses_is_told_to_the_author_once_a_day(store: Database) -> None:
    world = await world_of(store, review=777)
    for n in range(3):
        world.messenger.answers = [REFUSED]
        await suggest(world, f"Idea {n}", user=100 + n)
        await world.panels.sweep()
    await world.notification_outbox.sweep()
    (notice,) = [each for each in world.messenger.notices if each.kind == "review-refused"]
    assert (notice.user_id, notice.facts["channel"]) == (AUTHOR.user_id, "777")
    assert "may not post" in notice.facts["reason"]


async def test_many_are_worked_off_though_one_breaks(store: Database) -> None:
    world = await world_of(store, review=777)
    for n in range(12):
        await suggest(world, f"Idea {n}", user=100 + n)
    world.messenger.answers = [Unknown("no answer"), REFUSED, Delayed("limit")]
    await world.panels.sweep()
    assert len(world.messenger.panels) == 9
    world.clock.advance(timedelta(minutes=1))
    await world.panels.sweep()
    assert len(world.messenger.panels) == 11, "all but the one that was refused"
