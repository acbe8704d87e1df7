"""`fascicle backup` in the midst of posting, and `fascicle restore` elsewhere: each chapter is in each channel once."""

from __future__ import annotations

from pathlib import Path

import pytest
from discord_sandbox.seed import ADMIN, ANNOUNCEMENTS, CHAPTERS, READERS, SERIALS
from discord_sandbox.server import Sandbox

from tests.e2e.processes import Stage
from tests.e2e.programs import Programs
from tests.soak.places import chapter_text, pages_in, threads_in, titles_in

pytestmark = pytest.mark.slow

STORY = "the-lamp"


async def test_a_backup_in_the_midst_of_posting_is_restored_elsewhere(
    stage: Stage, sandbox: Sandbox, programs: Programs, tmp_path: Path
) -> None:
    reading = {"page_length": 200, "reactions": False, "buttons": False}
    stage.configure(reading=reading)
    release = {"schedule": "every 1 seconds", "timezone": "UTC", "catch_up": "all"}
    stage.story(STORY, *(chapter_text(number) for number in range(1, 80)), release=release)
    admin, reader = sandbox.person(ADMIN), sandbox.person(READERS[0])
    program = await stage.start()
    for channel, more in ((CHAPTERS, {}), (SERIALS, {"style": "thread"}), (ANNOUNCEMENTS, {"style": "card"})):
        options = {"story": STORY, "channel": channel, "start": "beginning"} | more
        assert (await admin.invoke(channel, "/subscribe", options)).state == "done"
    assert (await reader.invoke(reader.dm().id, "/follow", story=STORY)).state == "done"

    def seen() -> list[list[tuple[int, int]]]:
        rows = (
            pages_in(sandbox, CHAPTERS),
            threads_in(sandbox, SERIALS),
            titles_in(sandbox, ANNOUNCEMENTS),
            pages_in(sandbox, reader.dm().id),
        )
        return [list(each) for each in rows]

    async def reaches(number: int) -> None:
        await sandbox.until(lambda: all(each and max(each)[0] > number for each in seen()), 40)

    await reaches(2)
    code, backup = await programs.run("backup", "kept.zip", "-c", "config.yaml")
    assert code == 0, backup.err
    out = max(max(each)[0] for each in seen())
    code, refused = await programs.run("restore", "kept.zip", "-c", "config.yaml", "--force")
    assert (code, "already running" in refused.err) == (2, True), "not under a bot that runs"
    await reaches(out + 3)
    await program.kill()

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    stage.database = f"sqlite+aiosqlite:///{elsewhere}/data/fascicle.db"
    stage.content = elsewhere / "content"
    stage.configure(reading=reading)
    code, restored = await programs.run("restore", "kept.zip", "-c", "config.yaml")
    assert code == 0, restored.err
    assert len(list((stage.content / STORY / "chapters").iterdir())) == 79
    program = await stage.start()
    await reaches(out + 8)
    assert await program.stop() == 0
    for shown in seen():
        assert shown == sorted(set(shown)), "once, and in order"
        chapters = sorted({chapter for chapter, _ in shown})
        assert chapters == list(range(chapters[0], chapters[-1] + 1)), "none is missing"
