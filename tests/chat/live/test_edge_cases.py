"""Where Discord does not play along: permissions, kicks, lost answers, restarts, outages, wrong tokens."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest
from discord_sandbox.operations import channels, guilds, thread_archiving
from discord_sandbox.permissions import Permission
from discord_sandbox.seed import ADMIN, AFTER_DARK, BOT, CHAPTERS, GUILD, READERS, SERIALS
from discord_sandbox.server import Sandbox
from yarl import URL

from bot.chat.client import TokenRejected, VersionRefused
from bot.domain.delivery.outcomes import Delayed, Refused, Sent, Unfit, Unknown
from bot.domain.errors import DiscordBusy
from bot.domain.subscriptions.subscription import SubscriptionOptions
from bot.services.delivery.post_messenger import Destination, FoundPost, SearchOutcome
from bot.services.guilds.channel_survey import ChannelKind
from bot.store.database import Database
from tests.chat.live.running_bot import Notebook, assemble, living, registered, sample, until
from tests.chat.live.test_page_turns import subscribed
from tests.chat.samples import chapter, long_text, post

HERE = Destination(CHAPTERS, GUILD)
LONG_AGO = datetime.now(UTC) - timedelta(hours=1)


def forbid(sandbox: Sandbox, permission: Permission, channel: int = CHAPTERS) -> None:
    """Deny the bot something in a channel."""
    channels.allow(sandbox.world, sandbox.world.channel(channel), BOT, permission, False)


async def test_a_repeat_with_the_same_nonce_makes_no_second_post(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store) as bot:
        sandbox.add_fault("drop_after", method="POST", route="/channels/{channel}/messages", count=1)
        lost = await bot.messenger.post(HERE, post(), "nonce-1")
        assert isinstance(lost, Unknown)
        made = sandbox.person(READERS[0]).last(CHAPTERS)
        assert await bot.messenger.post(HERE, post(), "nonce-1") == Sent(made.id)
        assert len([m for m in sandbox.person(READERS[0]).messages(CHAPTERS) if m.author_id == BOT]) == 1


async def test_a_post_is_found_by_its_marker_or_its_absence_is_known(
    sandbox: Sandbox, store: Database
) -> None:
    async with living(sandbox, store) as bot:
        sent = await bot.messenger.post(HERE, post(marker=7), "n7")
        assert isinstance(sent, Sent)
        for n in range(130):
            await bot.messenger.post(HERE, post(marker=1000 + n), f"x{n}")
        assert await bot.messenger.find(HERE, 7, LONG_AGO) == FoundPost(sent.message_id or 0)
        assert await bot.messenger.find(HERE, 1129, LONG_AGO) != SearchOutcome.ABSENT
        assert await bot.messenger.find(HERE, 8, LONG_AGO) is SearchOutcome.ABSENT
        empty = Destination(AFTER_DARK, GUILD)
        assert await bot.messenger.find(empty, 7, LONG_AGO) is SearchOutcome.ABSENT
        forbid(sandbox, Permission.READ_MESSAGE_HISTORY, AFTER_DARK)
        assert await bot.messenger.find(empty, 7, LONG_AGO) is SearchOutcome.BLIND
        forbid(sandbox, Permission.VIEW_CHANNEL)
        assert await bot.messenger.find(HERE, 7, LONG_AGO) is SearchOutcome.BLIND


async def test_each_refusal_is_sorted_at_the_edge(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store) as bot:
        gone = await bot.messenger.post(Destination(123456789012345678, GUILD), post(), "a")
        assert isinstance(gone, Refused)
        assert gone.fault.code == "discord-10003"
        forbid(sandbox, Permission.SEND_MESSAGES)
        mute = await bot.messenger.post(HERE, post(), "b")
        assert isinstance(mute, Refused)
        assert mute.fault.code == "discord-50013"
        assert isinstance(await bot.messenger.edit(CHAPTERS, 1234567890123, post()), Sent), "gone"
        sandbox.add_fault("refuse", code=200000, route="/channels/{channel}/messages", count=1)
        assert isinstance(await bot.messenger.post(Destination(AFTER_DARK, GUILD), post(), "c"), Unfit)
        sandbox.add_fault("drop_before", route="/channels/{channel}/messages", method="POST", count=1)
        assert isinstance(await bot.messenger.post(Destination(AFTER_DARK, GUILD), post(), "d"), Unknown)
        sandbox.add_fault(
            "limit", route="/channels/{channel}/messages", method="POST", retry_after=90, count=1
        )
        limited = await bot.messenger.post(Destination(AFTER_DARK, GUILD), post(), "e")
        assert isinstance(limited, Delayed)
        assert limited.wait is not None
        assert limited.wait.total_seconds() > 80


async def test_an_archived_thread_is_opened_to_be_turned(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one", long_text(200)))) as bot:
        reader = sandbox.person(READERS[0])
        thread = reader.open_thread(CHAPTERS, "Reading together")
        await subscribed(bot, channel=thread.id)
        shown = await reader.sees(thread, lambda seen: "Page 1 of" in seen.text)
        thread_archiving.set_archived(sandbox.world, thread, True)
        assert await bot.messenger.edit(thread.id, shown.id, post(marker=1)) == Sent(shown.id)
        assert not thread.thread.archived
        thread_archiving.set_archived(sandbox.world, thread, True)
        assert await bot.messenger.decorate(thread.id, shown.id, turnable=True) == Sent(shown.id)


async def test_a_channel_is_surveyed_without_the_cache(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store) as bot:
        bot.client._connection._guilds.clear()
        survey = await bot.messenger.survey(CHAPTERS, SubscriptionOptions())
        assert survey is not None
        assert (survey.guild_id, survey.kind, survey.age_restricted, survey.missing) == (
            GUILD,
            ChannelKind.TEXT,
            False,
            (),
        )
        dark = await bot.messenger.survey(AFTER_DARK, SubscriptionOptions())
        assert dark is not None
        assert dark.age_restricted
        forum = await bot.messenger.survey(SERIALS, SubscriptionOptions())
        assert forum is not None
        assert forum.kind is ChannelKind.FORUM
        thread = sandbox.person(READERS[0]).open_thread(AFTER_DARK, "Late")
        late = await bot.messenger.survey(thread.id, SubscriptionOptions())
        assert late is not None
        assert (late.kind, late.age_restricted) == (ChannelKind.THREAD, True)
        forbid(sandbox, Permission.EMBED_LINKS)
        guilds.set_bit(sandbox.world, sandbox.world.guild(GUILD), BOT, Permission.ADD_REACTIONS, False)
        guilds.set_bit(sandbox.world, sandbox.world.guild(GUILD), GUILD, Permission.ADD_REACTIONS, False)
        lacking = await bot.messenger.survey(CHAPTERS, SubscriptionOptions())
        assert lacking is not None
        assert lacking.missing == ("embed_links", "add_reactions")
        answer = await sandbox.person(ADMIN).invoke(CHAPTERS, "/subscriptions")
        assert "no subscriptions yet" in answer.text
        forbid(sandbox, Permission.VIEW_CHANNEL)
        assert await bot.messenger.survey(CHAPTERS, SubscriptionOptions()) is None
        assert await bot.messenger.survey(123456789012345678, SubscriptionOptions()) is None
        sandbox.add_fault("drop_before", route="/channels/{channel}", count=None)
        with pytest.raises(DiscordBusy):
            await bot.messenger.survey(AFTER_DARK, SubscriptionOptions())


async def test_missing_permissions_are_named_at_once_and_nothing_is_stored(
    sandbox: Sandbox, store: Database
) -> None:
    async with living(sandbox, store, sample(chapter("one"))):
        forbid(sandbox, Permission.ATTACH_FILES)
        admin = sandbox.person(ADMIN)
        refused = await admin.invoke(CHAPTERS, "/subscribe", story="the-lamp")
        assert f"missing permissions in <#{CHAPTERS}>: Attach Files" in refused.text
        forum = await admin.invoke(CHAPTERS, "/subscribe", story="the-lamp", channel=SERIALS, style="pages")
        assert "pick a text channel" in forum.text
        assert "no subscriptions yet" in (await admin.invoke(CHAPTERS, "/subscriptions")).text


async def test_without_manage_messages_both_adding_and_removing_turn(
    sandbox: Sandbox, store: Database
) -> None:
    async with living(sandbox, store, sample(chapter("one", long_text(300)))) as bot:
        forbid(sandbox, Permission.MANAGE_MESSAGES)
        shown = await subscribed(bot)
        reader = sandbox.person(READERS[0])
        reader.react(shown, "▶️")
        second = await reader.sees(CHAPTERS, lambda seen: "Page 2 of" in seen.text)
        assert second.own_reactions == ["▶️"], "the bot may not take it back"
        reader.unreact(shown, "▶️")
        third = await reader.sees(CHAPTERS, lambda seen: "Page 3 of" in seen.text)
        assert second.id == third.id == shown.id


async def test_cleared_controls_come_back_once(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one", long_text(200)))) as bot:
        shown = await subscribed(bot)
        admin = sandbox.person(ADMIN)
        before = len(bot.woken)
        admin.clear_reactions(shown)
        await until(lambda: len(bot.woken) > before)
        await bot.work()
        assert list(admin.message(shown).reactions) == ["◀️", "▶️", "⭐"]
        before = len(bot.woken)
        admin.clear_reactions(shown)
        await until(lambda: len(bot.woken) > before)
        await bot.work()
        assert not admin.message(shown).reactions


async def test_commands_are_registered_only_when_they_change(sandbox: Sandbox, store: Database) -> None:
    memory = Notebook()

    def written() -> int:
        return sum(r.method == "PUT" for r in sandbox.trace.requests() if "commands" in r.path)

    async with living(sandbox, store, memory=memory):
        assert written() == 1
        all_of_them = sandbox.person(ADMIN).commands(CHAPTERS)
        assert "author decide" in all_of_them
    async with living(sandbox, store, memory=memory):
        assert written() == 1
    memory.held = {key: ("0" if key.endswith("global") else value) for key, value in memory.held.items()}
    async with living(sandbox, store, memory=memory):
        assert written() == 2, "another form"
    async with living(sandbox, store, memory=memory, guilds=(GUILD, 123456789012345678)) as bot:
        assert written() == 5, "in one server, refused in another, and no longer everywhere"
        assert sorted(set(sandbox.person(ADMIN).commands(CHAPTERS))) == sorted(
            sandbox.person(ADMIN).commands(CHAPTERS)
        )
        assert bot.client.connected
        assert (await sandbox.person(ADMIN).invoke(CHAPTERS, "/help")).state == "done"
    async with living(sandbox, store, memory=memory):
        assert sandbox.person(ADMIN).commands(CHAPTERS) == all_of_them


async def test_a_discord_that_is_away_is_waited_for_with_one_line(
    sandbox: Sandbox, store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    sandbox.go_offline()
    bot = assemble(sandbox, store)
    await until(lambda: bot.client.waits.attempts >= 3)
    assert not bot.client.connected
    assert not bot.task.done()
    assert isinstance(await bot.messenger.post(HERE, post(), "n"), Delayed)
    lines = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [record.action for record in lines] == ["unreachable"]  # type: ignore[attr-defined]
    assert not lines[0].exc_info
    sandbox.go_online()
    await until(lambda: bot.client.connected and registered(bot))
    assert isinstance(await bot.messenger.post(HERE, post(), "n"), Sent)
    sandbox.go_offline()
    await until(lambda: not bot.client.connected)
    sandbox.go_online()
    await until(lambda: bot.client.connected)
    assert (await sandbox.person(ADMIN).invoke(CHAPTERS, "/help")).state == "done"
    await bot.stop()


@pytest.mark.parametrize("offline", [True, False])
async def test_leaving_is_quick_whatever_discord_does(
    sandbox: Sandbox, store: Database, offline: bool
) -> None:
    if offline:
        sandbox.go_offline()
    bot = assemble(sandbox, store)
    await asyncio.sleep(0.2)
    async with asyncio.timeout(3):
        await bot.stop()
    assert bot.task.done()
    assert bot.task.exception() is None
    assert not bot.client.connected


async def test_a_gateway_that_alone_is_away_is_waited_for(
    sandbox: Sandbox, store: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    bot = assemble(sandbox, store)
    bot.client._gateway_url = "ws://127.0.0.1:9"
    monkeypatch.setattr("discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY", URL("ws://127.0.0.1:9"))
    await until(lambda: any(getattr(each, "action", "") == "unreachable" for each in caplog.records))
    assert not bot.client.connected
    async with asyncio.timeout(5):
        await bot.stop()
    assert bot.task.done()


async def test_a_wrong_token_is_told_and_ends_it(sandbox: Sandbox, store: Database) -> None:
    bot = assemble(sandbox, store, token="wrong-token")
    with pytest.raises(TokenRejected) as told:
        await bot.task
    assert "DISCORD_TOKEN" in str(told.value)
    assert "wrong-token" not in str(told.value)
    await bot.client.close()


async def test_a_token_withdrawn_while_it_is_in_use_ends_it(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store) as bot:
        sandbox.hub.disconnect(4004)
        with pytest.raises(TokenRejected):
            await bot.task


async def test_a_token_reset_while_the_gateway_stands_ends_it_too(
    sandbox: Sandbox, store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with living(sandbox, store) as bot:
        sandbox.add_fault("refuse", code=40001, method="GET", route="/channels/{channel}", count=1)
        assert isinstance(await bot.messenger.is_age_restricted(CHAPTERS), Delayed)
        await until(lambda: any(r.path.endswith("/users/@me") for r in sandbox.trace.requests()[-2:]))
        assert not bot.task.done(), "one refused request is looked into, not believed"
        bot.client._token_checked_at = float("-inf")
        assert sandbox.world.bot is not None
        sandbox.world.set_bot(sandbox.world.bot, "another-token")
        assert isinstance(await bot.messenger.is_age_restricted(CHAPTERS), Delayed)
        with pytest.raises(TokenRejected):
            await bot.task
    assert not [each for each in caplog.records if each.levelno >= logging.ERROR]


@pytest.mark.parametrize("code", [4012, 4013, 4014])
async def test_a_gateway_that_refuses_what_the_bot_is_ends_it_with_a_word(
    sandbox: Sandbox, store: Database, code: int
) -> None:
    async with living(sandbox, store) as bot:
        sandbox.hub.disconnect(code)
        with pytest.raises(VersionRefused) as told:
            await bot.task
    assert str(code) in str(told.value)
    assert "newest version" in str(told.value)


REGISTRATION = "/applications/{application}/commands"


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "cut_after", "method": "PUT", "route": REGISTRATION},
        {"kind": "error", "status": 503, "method": "PUT", "route": REGISTRATION},
        {"kind": "drop_after", "method": "PUT", "route": REGISTRATION},
        {"kind": "refuse", "code": 40001, "method": "PUT", "route": REGISTRATION},
        {"kind": "limit", "retry_after": 90, "method": "PUT", "route": REGISTRATION},
    ],
    ids=lambda fault: fault["kind"],
)
async def test_a_registration_that_fails_is_tried_again_and_told_once(
    sandbox: Sandbox, store: Database, caplog: pytest.LogCaptureFixture, fault: dict[str, object]
) -> None:
    caplog.set_level(logging.WARNING)
    details = {key: value for key, value in fault.items() if key != "kind"}
    sandbox.add_fault(str(fault["kind"]), count=3, **details)
    bot = assemble(sandbox, store)
    assert bot.client.unregistered == "commands are not registered yet"
    await until(lambda: bot.client.connected and bot.client.unregistered is None)
    assert (await sandbox.person(ADMIN).invoke(CHAPTERS, "/help")).state == "done"
    told = {each.action for each in caplog.records if hasattr(each, "action")}
    lines = [each for each in caplog.records if getattr(each, "action", "") == "commands_waiting"]
    assert len(lines) == 1
    # Whether the token holds is another question.
    assert told - {"token_doubted"} == {"commands_waiting"}
    assert not any(each.exc_info for each in caplog.records)
    await bot.stop()


async def test_commands_that_discord_refuses_are_told_of_and_left(
    sandbox: Sandbox, store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.add_fault("refuse", code=50035, method="PUT", route=REGISTRATION)
    bot = assemble(sandbox, store)
    await until(lambda: bot.client.connected and bot.client.unregistered == "Discord refuses the commands")
    assert [each.action for each in caplog.records if hasattr(each, "action")] == ["commands_refused"]
    await bot.stop()


@pytest.mark.parametrize("route", ["/users/@me", "/oauth2/applications/@me", "/gateway/bot"])
@pytest.mark.parametrize("kind", ["cut_after", "error", "drop_after"])
async def test_every_request_of_the_start_is_tried_again(
    sandbox: Sandbox, store: Database, caplog: pytest.LogCaptureFixture, route: str, kind: str
) -> None:
    caplog.set_level(logging.WARNING)
    sandbox.add_fault(kind, route=route, count=2, status=503)
    bot = assemble(sandbox, store)
    await until(lambda: bot.client.connected and bot.client.unregistered is None)
    told = [each.action for each in caplog.records if hasattr(each, "action")]
    assert told == ["unreachable"]
    assert not any(each.exc_info for each in caplog.records)
    await bot.stop()


async def test_lost_connections_are_made_again_and_the_bot_still_answers(
    sandbox: Sandbox, store: Database
) -> None:
    async with living(sandbox, store, sample(chapter("one"))) as bot:
        for cut in (
            lambda: sandbox.hub.disconnect(4000),
            sandbox.hub.reconnect,
            lambda: sandbox.hub.invalidate(resumable=True),
        ):
            before = len(bot.woken)
            cut()
            await until(lambda n=before: len(bot.woken) > n and bot.client.connected)
            assert (await sandbox.person(ADMIN).invoke(CHAPTERS, "/help")).state == "done"


async def test_kicks_invitations_and_what_happened_while_away_reach_the_services(
    sandbox: Sandbox, store: Database
) -> None:
    guild = sandbox.world.guild(GUILD)
    async with living(sandbox, store) as bot:
        seen: list[tuple[str, object]] = []

        class Guilds:
            async def record_join(self, guild_id: int) -> None:
                seen.append(("joined", guild_id))

            async def record_departure(self, guild_id: int) -> None:
                seen.append(("left", guild_id))

            async def sync_guilds(self, guild_ids: list[int]) -> None:
                seen.append(("ready", guild_ids))

        object.__setattr__(bot.services, "guild_retention", Guilds())
        guilds.set_available(sandbox.world, guild, False)
        guilds.set_available(sandbox.world, guild, True)
        guilds.leave(sandbox.world, guild, BOT)
        await until(lambda: ("left", GUILD) in seen)
        guilds.join(sandbox.world, guild, BOT)
        await until(lambda: ("joined", GUILD) in seen)
        assert [what for what, _ in seen] == ["left", "joined"], "an outage is neither"


async def test_a_server_lost_while_no_connection_stood_is_not_counted(
    sandbox: Sandbox, store: Database
) -> None:
    async with living(sandbox, store) as bot:
        before = len(bot.woken)
        sandbox.hub.invalidate(resumable=False)
        guilds.leave(sandbox.world, sandbox.world.guild(GUILD), BOT)
        await until(lambda: len(bot.woken) > before and bot.client.connected, 20)
        assert not bot.client.guild_cache.ids


async def test_unknown_controls_and_unforeseen_faults_are_answered_in_private(
    sandbox: Sandbox, store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with living(sandbox, store, sample(chapter("one"))) as bot:
        shown = await subscribed(bot)
        reader = sandbox.person(READERS[0])
        made = sandbox.world.channel(CHAPTERS).messages[shown.id]
        for each in _buttons(made.components):
            each["custom_id"] = "of-another-time:1"
            break
        old = await reader.press(reader.message(shown), "of-another-time:1")
        assert old.private
        assert "from an older version" in old.text

        async def broken(*_: object) -> None:
            raise ZeroDivisionError("a secret detail")

        object.__setattr__(bot.services.catalogue, "list_stories", broken)
        told = await reader.invoke(CHAPTERS, "/library")
        assert told.private
        assert "secret" not in told.text
        reference = told.text.split()[-1]
        assert any(reference in record.getMessage() for record in caplog.records)


def _buttons(components: list[dict]) -> list[dict]:
    found = []
    for each in components:
        found += [each] if each["type"] == 2 else _buttons(each.get("components", []))
    return found


async def test_the_servers_are_noted_though_the_database_fails_at_first(
    sandbox: Sandbox, store: Database, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[list[int]] = []

    async def ready(guild_ids: list[int]) -> None:
        told.append(guild_ids)
        if len(told) < 3:
            raise OSError("the disk is away")

    bot = assemble(sandbox, store)
    monkeypatch.setattr(bot.services.guild_retention, "sync_guilds", ready)
    await until(lambda: len(told) == 3 and bot.woken and bot.client.connected)
    assert told[-1] == [GUILD]
    assert [each.action for each in caplog.records if hasattr(each, "action")] == ["servers_unnoted"]
    await bot.stop()
