"""Processes that are killed at any step of a change leave the old or the new state, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.content.authoring.story_files import StoryFiles
from tests.content.authoring.killed_changes import CASES, contents, identities

ROOT = Path(__file__).parents[3]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")
@pytest.mark.parametrize("case", CASES)
def test_the_folder_is_old_or_new_wherever_its_writer_is_killed(case: str, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.content.authoring.killed_changes", case, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "sandbox")])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["faults"] == []
    assert found["vanished"] == []
    assert found["steps"] >= 3
    assert found["old"] >= 3
    assert found["new"] >= 1


def test_what_is_written_by_hand_after_a_kill_stays(tmp_path: Path) -> None:
    prepare, change = CASES["import again"]
    prepare(tmp_path)
    one = tmp_path / "tale/chapters/001-one.md"
    script = (
        "import os, sys; from pathlib import Path;"
        "from bot.content.authoring import change_journal as journal;"
        "from tests.content.authoring.killed_changes import CASES;"
        "journal._Move.do = lambda *_: os._exit(9);"
        "CASES['import again'][1](Path(sys.argv[1]))"
    )
    path = {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "sandbox")])}
    run = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], env={**os.environ, **path}, check=False
    )
    assert run.returncode == 9
    assert "better" in one.read_text(encoding="utf-8")
    one.write_text("By hand.\n", encoding="utf-8")
    files = StoryFiles(tmp_path)
    assert one.read_text(encoding="utf-8") == "By hand.\n"
    assert files.list_removed("tale") == ["001-one.md"]
    assert "First." in (files.removed_folder("tale") / "001-one.md").read_text(encoding="utf-8")
    assert "better" not in (tmp_path / "tale/chapters/002-two.md").read_text(encoding="utf-8")
    assert not any("change" in each for each in contents(tmp_path))
    change(tmp_path)
    assert identities(tmp_path) == ["between", "one", "two"]
