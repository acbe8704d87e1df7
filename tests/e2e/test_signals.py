"""`fascicle run` and what it is told by signals, from its first moment on; and on machines whose zone nobody knows."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from discord_sandbox.seed import ADMIN, CHAPTERS, READERS

from tests.e2e.processes import Stage, decorated, long_text
from tests.e2e.programs import environment

pytestmark = pytest.mark.slow

STORY = "the-lamp"

UNSHARE = ("unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child")


def begun(stage: Stage, *, before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """`fascicle run`, begun without a word."""
    return subprocess.Popen(
        [*before, sys.executable, "-m", "bot", "run", "-c", "config.yaml"],
        cwd=stage.folder,
        env=environment(DISCORD_TOKEN=stage.sandbox.bot_token, XDG_CACHE_HOME=str(stage.folder / "cache")),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def read(path: str) -> str:
    """What the kernel tells at that path."""
    return Path(path).read_text(encoding="utf-8")


def heeds_signals(pid: int) -> bool:
    """Whether the process has a handler for SIGTERM: the interpreter has come to the program's first lines."""
    status = read(f"/proc/{pid}/status")
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:")).split()[1]
    return bool(int(caught, 16) & (1 << (signal.SIGTERM - 1)))


async def from_its_first_moment(pid: int) -> None:
    """Wait until the program has begun, and not a moment longer."""
    async with asyncio.timeout(20):
        while not heeds_signals(pid):  # noqa: ASYNC110 - the kernel tells nobody
            await asyncio.sleep(0.002)


async def left(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Its exit code, and what it had to say."""
    _, said = await asyncio.to_thread(process.communicate, timeout=30)
    return process.returncode, said


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the machine has no /proc to look at")
async def test_a_stop_at_any_moment_of_the_start_ends_it_in_order(stage: Stage) -> None:
    """While it imports, reads its files, makes its database, and connects."""
    for number in range(3):
        stage.story(f"story-{number}", *(long_text(1000) for _ in range(10)))
    stage.configure(log={"level": "warning"})
    moments = ((0.0, signal.SIGTERM), (0.1, signal.SIGINT), (0.5, signal.SIGTERM), (1.2, signal.SIGINT))
    for moment, name in moments:
        process = begun(stage)
        await from_its_first_moment(process.pid)
        await asyncio.sleep(moment)
        process.send_signal(name)
        assert await left(process) == (0, ""), f"{name.name} {moment} s after its first moment"
    async with stage.running():
        pass


def may_unshare() -> bool:
    """Whether this machine lets us make a process the first of its own name space."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode == 0


async def child_of(pid: int) -> int:
    """The first child of a process, once it has one."""
    async with asyncio.timeout(20):
        while True:
            children = read(f"/proc/{pid}/task/{pid}/children").split()
            if children:
                return int(children[0])
            await asyncio.sleep(0.002)


@pytest.mark.skipif(not may_unshare(), reason="no process may be the first of its own name space here")
async def test_as_process_1_it_hears_a_stop_in_its_first_second(stage: Stage) -> None:
    stage.story(STORY, long_text(20))
    stage.configure(log={"level": "warning"})
    for moment in (0.0, 0.4):
        process = begun(stage, before=UNSHARE)
        first = await child_of(process.pid)
        await from_its_first_moment(first)
        await asyncio.sleep(moment)
        os.kill(first, signal.SIGTERM)
        assert await left(process) == (0, "")


def entrypoint() -> tuple[str, ...]:
    """The words with which the image starts the bot, without the program itself."""
    written = (Path(__file__).parents[2] / "Dockerfile").read_text(encoding="utf-8")
    (words,) = (line for line in written.splitlines() if line.startswith("ENTRYPOINT "))
    init = json.loads(words.removeprefix("ENTRYPOINT "))
    assert init[-3:] == ["python", "-m", "bot"]
    return tuple(init[:-3])


@pytest.mark.skipif(not may_unshare(), reason="no process may be the first of its own name space here")
@pytest.mark.skipif(shutil.which("tini") is None, reason="tini, which the image has, is not installed")
async def test_the_images_init_ends_it_in_order_before_python_listens(stage: Stage) -> None:
    stage.story(STORY, long_text(20))
    stage.configure(log={"level": "warning"})
    for moment in (0.0, 0.0, 0.005, 0.5):
        process = begun(stage, before=(*UNSHARE, *entrypoint()))
        init = await child_of(process.pid)
        # By the time that it has a child, it takes signals; the child is far from doing so.
        await child_of(init)
        await asyncio.sleep(moment)
        os.kill(init, signal.SIGTERM)
        assert await left(process) == (0, ""), f"SIGTERM {moment} s after its first moment"


@pytest.mark.skipif(not may_unshare(), reason="no process may be the first of its own name space here")
@pytest.mark.skipif(shutil.which("tini") is None, reason="tini, which the image has, is not installed")
async def test_the_images_init_passes_on_signals_and_exit_codes(stage: Stage) -> None:
    stage.story(STORY, long_text(20))
    stage.configure(log={"level": "warning"})
    process = begun(stage, before=(*UNSHARE, *entrypoint()))
    init = await child_of(process.pid)
    await from_its_first_moment(await child_of(init))
    os.kill(init, signal.SIGHUP)
    await asyncio.sleep(0.1)
    assert process.poll() is None, "SIGHUP ends nothing"
    os.kill(init, signal.SIGINT)
    assert await left(process) == (0, "")
    (stage.folder / "config.yaml").write_text("nothing: known\n", encoding="utf-8")
    code, said = await left(begun(stage, before=(*UNSHARE, *entrypoint())))
    assert code == 2
    assert "nothing" in said


async def test_sighup_reads_the_files_again_and_a_second_sigint_ends_it_at_once(stage: Stage) -> None:
    stage.configure(content={"reload": False})
    stage.story(STORY, long_text(50))
    reader = stage.sandbox.person(READERS[0])
    bot = await stage.start()
    bot.send(signal.SIGHUP)
    stage.story("the-count", long_text(30))
    bot.send(signal.SIGHUP)
    async with asyncio.timeout(10):
        while "The Count" not in (await reader.invoke(CHAPTERS, "/library")).text:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    stage.sandbox.add_fault("delay", seconds=15, method="POST", route="/channels/{channel}/messages")
    await stage.sandbox.person(ADMIN).invoke(CHAPTERS, "/subscribe", story=STORY, start="latest")
    await stage.sandbox.until(lambda: [each.used for each in stage.sandbox.faults] == [1])
    bot.send(signal.SIGINT)
    await asyncio.sleep(0.3)
    assert bot.running, "the first lets the post under way end"
    async with asyncio.timeout(3):
        assert await bot.stop(signal.SIGINT) == 130


@pytest.mark.parametrize("zone", ["CET-1CEST", "Mars/Base"])
async def test_chapters_come_out_whatever_zone_the_machine_claims(stage: Stage, zone: str) -> None:
    stage.story(
        STORY, *(long_text(30, start=n) for n in (1, 101, 201)), release={"schedule": "every 1 second"}
    )
    reader = stage.sandbox.person(READERS[0])
    bot = await stage.start(TZ=zone)
    answer = await stage.sandbox.person(ADMIN).invoke(CHAPTERS, "/subscribe", story=STORY, start="beginning")
    assert answer.state == "done", answer
    for word in ("word1 ", "word101 ", "word201 "):
        await decorated(reader, CHAPTERS, word)
    assert await bot.stop() == 0
