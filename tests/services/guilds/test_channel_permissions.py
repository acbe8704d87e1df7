"""What a person must be allowed to do in a channel that a command names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.domain.authorization import Viewer
from bot.domain.errors import Refusal
from bot.domain.permissions import permission_names
from bot.domain.subscriptions.channel_refusals import ChannelElsewhere, MissingRights, NotInServer
from bot.domain.subscriptions.subscription import SubscriptionOptions
from bot.services.guilds.channel_permissions import ChannelTask, require_permissions, required_permissions
from bot.services.guilds.channel_survey import ChannelKind, ChannelPermission, ChannelState
from bot.services.subscriptions.subscription_requests import SubscribeRequest
from bot.store.database import Database
from tests.services.fakes import CHANNEL, GUILD, World, chapter, serial

ADA = Viewer(2, "Ada", guild_id=GUILD, channel_id=1, manages_guild=True)

CALLS: dict[str, Callable[[World], Awaitable[object]]] = {
    "subscribe": lambda w: w.channel_subscriptions.subscribe(
        ADA, "lamps", CHANNEL, SubscribeRequest(SubscriptionOptions())
    ),
    "resume": lambda w: w.channel_subscriptions.resume(ADA, "lamps", CHANNEL),
    "board": lambda w: w.panels.post_board(ADA, "lamps", CHANNEL),
    "poll": lambda w: w.polls.start(ADA, "lamps", CHANNEL, length="1 day", answers=2),
    "pause": lambda w: w.channel_subscriptions.pause(ADA, "lamps", CHANNEL),
    "unsubscribe": lambda w: w.channel_subscriptions.unsubscribe(ADA, "lamps", CHANNEL),
    "tags": lambda w: w.channel_subscriptions.tag_choices(ADA, CHANNEL, ""),
}


@pytest.mark.parametrize(
    ("errand", "kind", "expected"),
    [
        (ChannelTask.SETTLE, ChannelKind.TEXT, "View Channel"),
        (ChannelTask.POST, ChannelKind.TEXT, "View Channel, Send Messages"),
        (ChannelTask.POST, ChannelKind.THREAD, "View Channel, Send Messages in Threads"),
        (ChannelTask.POLL, ChannelKind.ANNOUNCEMENT, "View Channel, Send Messages, Create Polls"),
        (ChannelTask.POLL, ChannelKind.THREAD, "View Channel, Send Messages in Threads, Create Polls"),
        (ChannelTask.THREAD, ChannelKind.FORUM, "View Channel, Send Messages"),
        (
            ChannelTask.THREAD,
            ChannelKind.TEXT,
            "View Channel, Send Messages, Create Public Threads, Send Messages in Threads",
        ),
    ],
)
def test_each_errand_needs_what_the_person_would_need(
    errand: ChannelTask, kind: ChannelKind, expected: str
) -> None:
    assert str(permission_names(required_permissions(errand, kind))) == expected


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("elsewhere", [True, False])
async def test_every_call_asks_what_that_person_may_do_there(
    store: Database, call: Callable[[World], Awaitable[object]], elsewhere: bool
) -> None:
    world = World(store, serial(chapter("one"), backlog=1))
    await world.run()
    await world.subscribe()
    refusal: type[Refusal] = MissingRights
    if elsewhere:
        world.messenger.surveys[CHANNEL] = ChannelState(CHANNEL, 999, "other", ChannelKind.TEXT, False)
        refusal = ChannelElsewhere
    else:
        world.messenger.lost[CHANNEL, ADA.user_id] = frozenset(ChannelPermission)
    with pytest.raises(refusal):
        await call(world)
    assert world.messenger.panels == world.messenger.polls == {}


async def test_what_is_gone_can_be_settled_by_whoever_manages(store: Database) -> None:
    world = World(store, serial(chapter("one"), backlog=1))
    await world.run()
    await world.subscribe()
    world.messenger.surveys[CHANNEL] = None
    await world.channel_subscriptions.unsubscribe(ADA, "lamps", CHANNEL)
    with pytest.raises(NotInServer):
        await require_permissions(world.messenger, Viewer(2, "Ada"), CHANNEL, ChannelTask.SETTLE)
