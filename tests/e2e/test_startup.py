"""Starting `fascicle run` when something is wrong: one clear line, and the exit code that belongs to it."""

from __future__ import annotations

import signal
import socket
from pathlib import Path

import pytest
from discord_sandbox.seed import ADMIN, CHAPTERS
from discord_sandbox.server import Sandbox
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.database import Database
from tests.e2e.processes import Stage, free_port, long_text
from tests.e2e.programs import Program, Programs, answer, answers_200

TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAwMQ.secret.never-shown-anywhere"
QUIET = {"level": "warning"}


def the_one_line(program: Program) -> str:
    """The only thing that a program said, on stderr."""
    assert program.out == ""
    (line,) = program.lines
    return line


@pytest.mark.parametrize("environ", [{}, {"DISCORD_TOKEN": " "}, {"DISCORD_TOKEN_FILE": "no-such-file"}])
async def test_no_token(programs: Programs, environ: dict[str, str]) -> None:
    code, program = await programs.run("run", **environ)
    assert code == 2
    assert "DISCORD_TOKEN" in the_one_line(program)


async def test_a_wrong_token(stage: Stage) -> None:
    stage.story("the-lamp", long_text(20))
    stage.configure(log=QUIET)
    code, program = await stage.programs.run("run", "-c", "config.yaml", DISCORD_TOKEN=TOKEN)
    assert code == 2
    assert "does not accept this token" in the_one_line(program)


@pytest.mark.parametrize("told", ["by the gateway", "by a refused request"])
@pytest.mark.slow
async def test_a_token_that_is_taken_back_while_the_bot_runs(stage: Stage, told: str) -> None:
    stage.story("the-lamp", long_text(20))
    stage.configure(log=QUIET)
    program = await stage.start()
    if told == "by the gateway":
        stage.sandbox.hub.disconnect(4004)
    else:
        assert stage.sandbox.world.bot is not None
        stage.sandbox.world.set_bot(stage.sandbox.world.bot, "another-token")
        await stage.sandbox.person(ADMIN).invoke(CHAPTERS, "/subscribe", story="the-lamp", start="latest")
    assert await program.ended() == 2
    assert "does not accept this token" in the_one_line(program)


@pytest.mark.parametrize("code", [4013, 4014])
@pytest.mark.slow
async def test_a_gateway_that_does_not_take_this_version(stage: Stage, code: int) -> None:
    stage.story("the-lamp", long_text(20))
    stage.configure(log=QUIET)
    program = await stage.start()
    stage.sandbox.hub.disconnect(code)
    assert await program.ended() == 2
    assert f"close code {code}" in the_one_line(program)


async def test_every_fault_of_the_configuration_at_once(programs: Programs, tmp_path: Path) -> None:
    faulty = "htp: {port: 1}\nreading:\n  page_length: 9\nlog: {level: loud}\ndelivery:\n  rate: fast\n"
    (tmp_path / "config.yaml").write_text(faulty, encoding="utf-8")
    code, program = await programs.run("run", DISCORD_TOKEN=TOKEN)
    assert code == 2
    assert program.out == ""
    assert [line.split(":")[1] for line in program.lines] == ["1", "3", "4", "6"]
    assert "Did you mean “http”" in program.lines[0]


async def test_a_database_of_a_newer_version(stage: Stage) -> None:
    await (await Database.open(stage.database)).close()
    engine = create_async_engine(stage.database)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await engine.dispose()
    program = await stage.begin()
    assert await program.ended() == 2
    assert "newer fascicle" in program.lines[-1]


@pytest.mark.slow
async def test_a_database_that_another_bot_holds(stage: Stage) -> None:
    stage.story("the-lamp", long_text(20))
    async with stage.running():
        stage.configure(http={"port": 0}, log=QUIET)
        second = await stage.begin()
        assert await second.ended() == 2
        assert "already running" in the_one_line(second)
        assert (await answer(f"{stage.health}/readyz"))[0] == 200, "the first one serves on"


async def test_a_database_that_is_none(stage: Stage) -> None:
    (stage.folder / "notes.db").write_text("Dear diary, " * 500, encoding="utf-8")
    stage.configure(database={"url": "sqlite+aiosqlite:///notes.db"}, log=QUIET)
    program = await stage.begin()
    assert await program.ended() == 2
    assert "notes.db" in the_one_line(program)


async def test_a_health_port_that_is_taken(stage: Stage) -> None:
    with socket.create_server(("127.0.0.1", stage.port)):
        program = await stage.begin()
        assert await program.ended() == 2
    assert "http.port" in program.lines[-1]


async def test_a_discord_that_comes_later(programs: Programs, tmp_path: Path) -> None:
    async with Sandbox(port=0) as away:
        pass
    stage = Stage(away, programs, tmp_path, f"sqlite+aiosqlite:///{tmp_path / 'fascicle.db'}")
    stage.story("the-lamp", long_text(20))
    stage.configure(log=QUIET)
    program = await stage.begin()
    await program.says("Discord cannot be reached")
    assert (await answer(f"{stage.health}/healthz"))[0] == 200
    status, reason = await answer(f"{stage.health}/readyz")
    assert status == 503
    assert "not connected to Discord" in reason.splitlines()
    async with Sandbox(port=away.port):
        await answers_200(f"{stage.health}/readyz", program)
        assert "cannot be reached" in the_one_line(program)
        assert await program.stop() == 0


async def test_a_stop_while_discord_is_away(stage: Stage) -> None:
    stage.configure(
        discord={"api_url": f"http://127.0.0.1:{free_port()}/api/v10", "gateway_url": None}, log=QUIET
    )
    stage.story("the-lamp", long_text(20))
    program = await stage.begin()
    await program.says("Discord cannot be reached")
    program.send(signal.SIGHUP)
    assert await program.stop() == 0
    assert "waiting for it" in the_one_line(program)
