"""Hasty and hostile people: whatever they type, a polite private answer, nothing changed and nobody pinged."""

from __future__ import annotations

from typing import Any

import pytest
from discord_sandbox.discord_objects import Channel, ChannelType, Guild, Member, Role
from discord_sandbox.interactions.option_values import ResolvedData, WrongInput
from discord_sandbox.message_view import InteractionOutcome
from discord_sandbox.operations.guilds import INVITE
from discord_sandbox.people.person import Person
from discord_sandbox.seed import ADMIN, AUTHOR, CHAPTERS, GUILD, READERS, SECOND_AUTHOR, STAFF

from tests.e2e.processes import Rows, Stage, long_text

pytestmark = pytest.mark.slow

STORY = "the-lamp"
HUGE = "@everyone **lamp** [x](https://example.org) <@100000000000000010> ||`" * 60
PINGING = f"@everyone @here <@{ADMIN}> <@&{GUILD}> <#{CHAPTERS}>"
NUMBER = 2**53 - 1
FOREIGN_GUILD = GUILD + 900
FOREIGN = GUILD + 901

APOLOGY = "Something went wrong"
ADMINS_ONLY = ("subscribe", "unsubscribe", "subscriptions", "pause", "resume")

Call = tuple[int, str, dict[str, Any]]


def stories(given: str) -> list[Call]:
    """Every command that takes a story, called with `given` as its name by whoever may call it."""
    admins: list[Call] = [
        (ADMIN, f"/{name}", {"story": given}) for name in ADMINS_ONLY if name != "subscriptions"
    ]
    authors: list[Call] = [
        (AUTHOR, f"/author {name}", {"story": given, **more})
        for name, more in {
            "queue": {},
            "publish": {},
            "delay": {"until": "2030-01-31"},
            "hiatus": {},
            "continue": {},
        }.items()
    ]
    readers: list[Call] = [
        (READERS[0], "/story", {"story": given}),
        (READERS[0], "/read", {"story": given}),
        (READERS[0], "/suggest", {"story": given}),
        (READERS[0], "/suggest", {"story": given, "idea": "An idea."}),
    ]
    return [*admins, *authors, *readers]


def others() -> list[Call]:
    """Other options that make no sense, or speak of what is not theirs."""
    return [
        (READERS[0], "/read", {"story": STORY, "chapter": HUGE[:4000]}),
        (READERS[0], "/read", {"story": STORY, "chapter": "2"}),
        (READERS[0], "/suggest", {"story": STORY, "chapter": PINGING, "idea": "An idea."}),
        (READERS[0], "/suggest", {"story": STORY, "idea": "\u200b \u2060"}),
        (READERS[0], "/suggestions withdraw", {"number": NUMBER}),
        (ADMIN, "/pause", {"story": STORY}),
        (ADMIN, "/resume", {"story": STORY}),
        (ADMIN, "/unsubscribe", {"story": STORY}),
        (ADMIN, "/subscribe", {"story": STORY, "channel": STAFF}),
        (ADMIN, "/subscribe", {"story": STORY, "mention": GUILD}),
        (AUTHOR, "/author delay", {"story": STORY, "until": PINGING[:40]}),
        (AUTHOR, "/author delay", {"story": STORY, "until": "1999-01-01"}),
        (AUTHOR, "/author continue", {"story": STORY}),
        (AUTHOR, "/author decide", {"number": NUMBER, "decision": "accept", "reason": HUGE[:500]}),
        (AUTHOR, "/author decide", {"number": 1, "decision": "merge", "into": NUMBER}),
        (AUTHOR, "/author decide", {"number": 1, "decision": "used", "chapter": PINGING}),
    ]


def strangers() -> list[Call]:
    """Author commands by people who are no author of this story."""
    return [
        (who, f"/author {name}", options)
        for who in (READERS[1], ADMIN, SECOND_AUTHOR)
        for name, options in (
            ("queue", {"story": STORY}),
            ("publish", {"story": STORY}),
            ("delay", {"story": STORY, "until": "2030-01-31"}),
            ("hiatus", {"story": STORY, "reason": PINGING}),
            ("continue", {"story": STORY}),
            ("decide", {"number": 1, "decision": "decline", "reason": PINGING}),
        )
    ]


async def test_hostile_options_change_nothing(stage: Stage) -> None:
    stage.story(STORY, long_text(50), long_text(50), release={"backlog": 1})
    async with stage.running():
        kept = await stage.sandbox.person(READERS[2]).invoke(
            CHAPTERS, "/suggest", idea=f"{PINGING} {HUGE}"[:4000]
        )
        assert "number **1**" in kept.text, "a long wild idea is an idea"
        before = await kept_rows(stage)
        for given in ("no-such-story", PINGING, HUGE[:4000], "../../etc/passwd", "%s {0} {story}"):
            for call in stories(given):
                await refused(stage, call)
        for call in (*others(), *strangers()):
            await refused(stage, call)
        assert await kept_rows(stage) == before
        await the_wild_idea_is_shown_as_it_is(stage.sandbox.person(AUTHOR))
    nothing_public(stage)


async def test_what_only_a_forged_client_sends(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord's clients offer neither others' channels nor commands that one may not use: the bot checks for itself."""
    stage.story(STORY, long_text(50))
    another_server(stage)
    reader, admin = stage.sandbox.person(READERS[0]), stage.sandbox.person(ADMIN)
    async with stage.running():
        before = await kept_rows(stage)
        with pytest.raises(WrongInput):
            await admin.invoke(CHAPTERS, "/subscribe", story=STORY, channel=FOREIGN)
        with pytest.raises(WrongInput):
            await reader.invoke(CHAPTERS, "/subscribe", story=STORY)

        monkeypatch.setattr(ResolvedData, "_note_channel", forged_channel)
        for name in ("subscribe", "unsubscribe", "pause", "resume"):
            answer = await refused(stage, (ADMIN, f"/{name}", {"story": STORY, "channel": FOREIGN}))
            assert "another server" in answer.text or "no subscription" in answer.text
        for command in stage.sandbox.commands.everywhere():
            command["default_member_permissions"] = None
        for name in ADMINS_ONLY:
            options = {} if name == "subscriptions" else {"story": STORY}
            answer = await refused(stage, (reader.id, f"/{name}", options))
            assert "Manage Server" in answer.text
        assert await kept_rows(stage) == before
    nothing_public(stage)


async def kept_rows(stage: Stage) -> Rows:
    """All that is kept of stories and people, without the bot’s notes of servers, languages and commands registered."""
    return {
        name: rows
        for name, rows in (await stage.rows()).items()
        if name not in ("guild", "setting", "person")
    }


async def refused(stage: Stage, call: Call) -> InteractionOutcome:
    """Call a command; the answer is a sentence for this person alone."""
    who, command, options = call
    answer = await stage.sandbox.person(who).invoke(CHAPTERS, command, options)
    what = f"{command} {str(options)[:120]} was answered {answer.text!r}"
    assert answer.state == "done", f"{command} {options}: {answer}"
    assert answer.private, what
    assert answer.text, what
    assert APOLOGY not in answer.text, what
    assert len(answer.text) < 600, f"{what}: a refusal repeats little of what it was given"
    return answer


async def the_wild_idea_is_shown_as_it_is(author: Person) -> None:
    """Its marks are literal in the author's queue."""
    queue = await author.invoke(CHAPTERS, "/author queue", story=STORY)
    assert queue.private
    assert "**lamp**" not in queue.text
    assert "lamp" in queue.text


def nothing_public(stage: Stage) -> None:
    """Nobody was pinged, and no channel has a message for all."""
    assert stage.sandbox.pings == []
    for channel in stage.sandbox.world.channels.values():
        assert list(channel.messages.values()) == []


def another_server(stage: Stage) -> None:
    """A server of somebody else's, with the bot and one channel in it."""
    world = stage.sandbox.world
    guild = Guild(FOREIGN_GUILD, "Elsewhere", READERS[2])
    guild.roles = {FOREIGN_GUILD: Role(FOREIGN_GUILD, "@everyone", INVITE)}
    guild.members = {world.bot.id: Member(world.bot.id, world.now())}
    guild.channels = {FOREIGN: Channel(FOREIGN, ChannelType.TEXT, "their-chapters", FOREIGN_GUILD)}
    world.add_guild(guild)


def forged_channel(resolved: ResolvedData, channel_id: int, _wanted: list[int]) -> None:
    """What a client would send if it looked at nothing."""
    told = {"id": str(channel_id), "name": "their-chapters", "type": 0, "permissions": str(2**40 - 1)}
    resolved._note("channels", channel_id, told)
