"""A backup put back under the real bot, on both databases: no chapter comes twice, and none is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord_sandbox.seed import ADMIN, ANNOUNCEMENTS, CHAPTERS, READERS, SERIALS
from discord_sandbox.server import Sandbox

from tests.e2e.processes import Stage
from tests.e2e.programs import Programs
from tests.soak.places import chapter_text, pages_in, threads_in, titles_in
from tests.support.databases import DIALECTS, back_up, fresh_database, put_back

pytestmark = pytest.mark.slow

STORY = "the-lamp"


@pytest.fixture(params=DIALECTS)
async def stage(
    request: pytest.FixtureRequest, sandbox: Sandbox, programs: Programs, tmp_path: Path
) -> AsyncIterator[Stage]:
    """A story with a chapter each second."""
    async with fresh_database(tmp_path, request.param) as database:
        stage = Stage(sandbox, programs, tmp_path, database)
        stage.configure(reading={"page_length": 200, "reactions": False, "buttons": False})
        release = {"schedule": "every 1 seconds", "timezone": "UTC", "catch_up": "all"}
        stage.story(STORY, *(chapter_text(number) for number in range(1, 80)), release=release)
        yield stage
        await programs.clean_up()


async def test_a_backup_is_put_back(stage: Stage, sandbox: Sandbox) -> None:
    admin, reader = sandbox.person(ADMIN), sandbox.person(READERS[0])
    program = await stage.start()
    for channel, more in (
        (CHAPTERS, {}),
        (SERIALS, {"style": "thread"}),
        (ANNOUNCEMENTS, {"style": "card", "publish": True}),
    ):
        options = {"story": STORY, "channel": channel, "start": "beginning"} | more
        assert (await admin.invoke(channel, "/subscribe", options)).state == "done"
    assert (await reader.invoke(reader.dm().id, "/follow", story=STORY)).state == "done"

    async def reaches(number: int) -> None:
        def shown() -> bool:
            seen = (
                pages_in(sandbox, CHAPTERS),
                titles_in(sandbox, ANNOUNCEMENTS),
                pages_in(sandbox, reader.dm().id),
            )
            return all(some and max(some)[0] >= number for some in seen)

        await sandbox.until(lambda: shown() and max(threads_in(sandbox, SERIALS)) >= (number, 2), 40)

    await reaches(3)
    await back_up(stage.database, stage.folder / "backup")
    out = max(pages_in(sandbox, CHAPTERS))[0]
    await reaches(out + 4)
    await program.kill()
    await put_back(stage.database, stage.folder / "backup")
    program = await stage.start()
    await reaches(out + 12)
    assert await program.stop() == 0
    for shown, parts in (
        (pages_in(sandbox, CHAPTERS), 1),
        (titles_in(sandbox, ANNOUNCEMENTS), 1),
        (pages_in(sandbox, reader.dm().id), 1),
        (threads_in(sandbox, SERIALS), 3),
    ):
        assert shown == sorted(set(shown)), "once, and in order"
        chapters = sorted({chapter for chapter, _ in shown})
        assert chapters == list(range(chapters[0], chapters[-1] + 1)), "none is missing"
        assert sum(chapter <= out + 12 for chapter, _ in shown) == parts * (out + 13 - chapters[0])
    assert sum("is older than what" in line for line in program.lines) == 1, "operators are told once"
