"""`fascicle doctor`, as a process of its own beside the sandbox: each thing ok or not, and the mend."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from discord_sandbox.operations import channels, guilds
from discord_sandbox.permissions import Permission
from discord_sandbox.seed import ADMIN, BOT, CHAPTERS, GUILD
from discord_sandbox.server import Sandbox

from bot.chat.connection_checks import open_connection_checks
from bot.clock import ManualClock, SystemClock
from bot.domain.subscriptions.subscription import SubscriptionOptions
from bot.store.database import Database
from bot.store.subscriptions.subscription_records import NewSubscription
from tests.cli.test_check import ROOT
from tests.content.samples import put, read, story
from tests.support.databases import DIALECTS, SERVER, fresh_database

DATABASE_SERVER = os.environ.get(SERVER)
SEEN = datetime(2026, 12, 1, 18, tzinfo=UTC)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(port=0, limits=False) as started:
        yield started


@dataclass
class Told:
    """What a doctor said."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


async def doctor(*words: str, **env: str) -> Told:
    """A real process."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "doctor",
        *words,
        env={name: value for name, value in os.environ.items() if name != SERVER}
        | {"PYTHONPATH": str(ROOT)}
        | env,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        out, err = await process.communicate()
    return Told(process.returncode or 0, out.decode(), err.decode())


def configured(folder: Path, sandbox: Sandbox, database: str | None = None) -> None:
    """A folder with a sound story and a configuration for the sandbox."""
    story(folder / "content", {"chapters/1.md": "x"})
    url = f"database: {{url: '{database}'}}\n" if database else ""
    put(folder, {"config.yaml": f"discord: {{api_url: '{sandbox.api_url}'}}\n{url}"})


async def subscribed(store: Database, folder: Path, *, guild: int = GUILD, channel: int = CHAPTERS) -> None:
    async with store.begin() as tx:
        for serial in read(folder / "content").serials().values():
            if await tx.stories.get(serial.story.slug) is None:
                await tx.stories.add(serial.story, first_seen=SEEN, settled_until=SEEN)
            await tx.subscriptions.add(
                NewSubscription(
                    story=serial.story.slug,
                    guild_id=guild,
                    channel_id=channel,
                    user_id=None,
                    created_by=ADMIN,
                    created_at=SEEN,
                    place=0,
                    options=SubscriptionOptions(),
                )
            )


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_where_all_is_well_every_line_says_ok(
    tmp_path: Path, sandbox: Sandbox, dialect: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if DATABASE_SERVER is not None:
        monkeypatch.setenv(SERVER, DATABASE_SERVER)
    async with fresh_database(tmp_path, dialect) as url:
        configured(tmp_path, sandbox, url)
        store = await Database.open(url)
        await subscribed(store, tmp_path)
        running = await doctor(DISCORD_TOKEN=sandbox.bot_token)
        await store.close()
        resting = await doctor(DISCORD_TOKEN=sandbox.bot_token)
    for told in (running, resting):
        assert (told.code, told.err) == (0, "")
        assert all(line.startswith("ok") for line in told.out.splitlines())
        assert "Lantern House, #chapters, “The Lamp”: nothing is missing" in told.out
        assert "clock: it agrees" in told.out
        assert sandbox.bot_token not in told.all
    assert "; a bot is running on it" in running.out
    assert "; no bot is running on it" in resting.out


async def test_each_fault_is_one_line_with_its_mend(tmp_path: Path, sandbox: Sandbox) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/a.db"
    configured(tmp_path, sandbox, url)
    store = await Database.open(url)
    await subscribed(store, tmp_path)
    await subscribed(store, tmp_path, guild=12345, channel=6)
    await store.close()
    put(tmp_path, {"content/lamp/chapters/2.md": "---\ntitel: x\n---\n"})
    place = sandbox.world.channel(CHAPTERS)
    channels.allow(sandbox.world, place, BOT, Permission.EMBED_LINKS, False)
    channels.allow(sandbox.world, place, BOT, Permission.ADD_REACTIONS, False)
    told = await doctor("-c", "config.yaml", DISCORD_TOKEN=sandbox.bot_token)
    assert told.code == 1
    lines = told.err.splitlines()
    assert len(lines) == 3
    assert all(line.startswith("NOT OK") for line in lines)
    assert "Embed Links, Add Reactions" in told.err
    assert "server 12345" in told.err
    assert "`fascicle check` lists all" in told.err
    as_json = await doctor("--json", DISCORD_TOKEN=sandbox.bot_token)
    assert as_json.code == 1
    found = json.loads(as_json.out)
    assert {"subject", "ok", "found", "mend"} == set(found[0])
    assert sum(not each["ok"] for each in found) == 3


async def test_a_channel_nobody_can_see_is_named_by_its_number(tmp_path: Path, sandbox: Sandbox) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/a.db"
    configured(tmp_path, sandbox, url)
    store = await Database.open(url)
    await subscribed(store, tmp_path, channel=999)
    await store.close()
    told = await doctor(DISCORD_TOKEN=sandbox.bot_token)
    assert told.code == 1
    assert "channel 999" in told.err


async def test_a_bot_in_no_server_is_told_how_it_is_invited(tmp_path: Path, sandbox: Sandbox) -> None:
    configured(tmp_path, sandbox)
    guilds.leave(sandbox.world, sandbox.world.guild(GUILD), BOT)
    told = await doctor(DISCORD_TOKEN=sandbox.bot_token)
    assert told.code == 1
    assert f"client_id={BOT}" in told.err
    assert "permissions=563259191192640" in told.err


@pytest.mark.parametrize("token", ["", "no-token-of-this-server"])
async def test_a_token_that_is_missing_or_wrong_ends_with_2(
    tmp_path: Path, sandbox: Sandbox, token: str
) -> None:
    configured(tmp_path, sandbox)
    told = await doctor(DISCORD_TOKEN=token)
    assert told.code == 2
    assert "NOT OK  token" in told.err
    assert "DISCORD_TOKEN" in told.err
    assert "ok      content" in told.out, "what can be looked at without one, is"
    assert not token or token not in told.all


async def test_a_discord_that_is_away_is_a_line_and_no_traceback(tmp_path: Path, sandbox: Sandbox) -> None:
    configured(tmp_path, sandbox)
    put(tmp_path, {"config.yaml": "discord: {api_url: 'http://127.0.0.1:9/api/v10'}\n"})
    told = await doctor(DISCORD_TOKEN=sandbox.bot_token)
    assert told.code == 1
    assert len(told.err.splitlines()) == 1
    assert "does not answer" in told.err


async def test_a_faulty_configuration_ends_with_2(tmp_path: Path) -> None:
    put(tmp_path, {"config.yaml": "databse: {}\n"})
    told = await doctor(DISCORD_TOKEN="x")
    assert (told.code, told.out) == (2, "")
    assert "databse" in told.err


async def test_a_database_that_others_can_read_is_named(tmp_path: Path, sandbox: Sandbox) -> None:
    configured(tmp_path, sandbox)
    file = tmp_path / "data" / "fascicle.db"
    file.parent.mkdir(mode=0o755)
    await (await Database.open(f"sqlite:///{file}")).close()
    url = f"sqlite:///{file}"
    told = await doctor(DISCORD_TOKEN=sandbox.bot_token, FASCICLE_DATABASE__URL=url)
    assert "database files" not in told.all, told.all
    file.chmod(0o644)
    file.parent.chmod(0o777)
    told = await doctor(DISCORD_TOKEN=sandbox.bot_token, FASCICLE_DATABASE__URL=url)
    assert told.code == 1
    (line,) = (each for each in told.err.splitlines() if "database files" in each)
    assert f"chmod go-rwx {file} {file.parent}" in line
    assert file.stat().st_mode & 0o777 == 0o644, "a doctor changes nothing"


async def test_a_database_that_is_none_is_a_fault(tmp_path: Path, sandbox: Sandbox) -> None:
    configured(tmp_path, sandbox, f"sqlite+aiosqlite:///{tmp_path}/a.db")
    (tmp_path / "a.db").write_bytes(b"not a database" * 100)
    told = await doctor(DISCORD_TOKEN=sandbox.bot_token)
    assert told.code == 1
    assert "NOT OK  database" in told.err


@pytest.mark.parametrize("seconds", [-3600, -12, 0, 12])
async def test_the_clock_is_compared_with_discords(sandbox: Sandbox, seconds: int) -> None:
    from bot.cli.discord_checks import check_clock

    clock = ManualClock(SystemClock().now() + timedelta(seconds=seconds))
    async with open_connection_checks(sandbox.api_url, sandbox.bot_token, clock) as discord:
        assert discord.skew is not None
        assert abs(discord.skew.total_seconds() - seconds) < 2.5
        finding = check_clock(discord.skew)
    assert finding.ok is (seconds == 0)
    assert seconds <= 0 or "ahead of" in finding.found
    assert seconds >= 0 or "behind" in finding.found


async def test_interactions_that_go_elsewhere_are_found(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.cli.discord_checks import check_application

    async with open_connection_checks(sandbox.api_url, sandbox.bot_token, SystemClock()) as discord:
        told = await discord._client.http.application_info()

        async def elsewhere() -> dict[str, object]:
            return {**told, "interactions_endpoint_url": "https://example.org/hook"}

        monkeypatch.setattr(discord._client.http, "application_info", elsewhere)
        faults = [finding async for finding in check_application(discord) if not finding.ok]
    assert [finding.subject for finding in faults] == ["interactions"]
    assert "example.org" in faults[0].found


@pytest.mark.skipif(os.name != "posix", reason="files have no mode here")
async def test_a_token_file_that_others_can_read_is_named_and_strays_of_the_environment_are(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    # Not below the folder of tests, which is closed to others.
    with tempfile.TemporaryDirectory() as open_to_all:
        Path(open_to_all).chmod(0o755)  # noqa: ASYNC240
        file = Path(open_to_all) / "token"
        file.write_text(sandbox.bot_token, encoding="utf-8")
        configured(tmp_path, sandbox, f"sqlite+aiosqlite:///{tmp_path}/a.db")
        for mode, code in ((0o644, 1), (0o600, 0)):
            file.chmod(mode)
            told = await doctor(
                DISCORD_TOKEN_FILE=str(file),
                FASCICLE_PORT="tcp://10.0.0.1:80",
                FASCICLE_READNG__BUTTONS="no",
            )
            assert (told.code, f"chmod 600 {file}" in told.err) == (code, code == 1)
            assert "Did you mean FASCICLE_READING__BUTTONS?" in told.out
            assert "FASCICLE_PORT" not in told.all
            assert sandbox.bot_token not in told.all
