"""`fascicle check`, and how the command line speaks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.library.shelf import put, story

ROOT = Path(__file__).parents[2]


def fascicle(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def process(
    *words: str | Path, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A real `python -m bot`, as a person would start it."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *map(str, words)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_sound_content_is_counted(tmp_path: Path) -> None:
    story(tmp_path / "content", {"chapters/1.md": "x", "chapters/2.md": "y"})
    result = fascicle("check")
    assert (result.exit_code, result.stdout) == (0, "1 story, 2 chapters: no fault.\n")
    assert fascicle("check", "content", "--json").stdout == "[]\n"


def test_faults_of_configuration_and_content_go_to_stderr_one_a_line(tmp_path: Path) -> None:
    story(tmp_path / "content", {"chapters/1.md": "---\ntitel: x\n---\nx", "chapters/2.md": ""})
    put(tmp_path, {"config.yaml": "log:\n  levle: info\n"})
    result = fascicle("check")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert [line.split(": ")[0] for line in result.stderr.splitlines()] == [
        "config.yaml:2",
        "content/lamp/chapters/1.md:2",
        "content/lamp/chapters/2.md:1",
    ]


def test_faults_as_json(tmp_path: Path) -> None:
    story(tmp_path / "content", {"chapters/1.md": ""})
    result = fascicle("check", tmp_path / "content", "--json")
    assert result.exit_code == 1
    [fault] = json.loads(result.stdout)
    assert (fault["file"], fault["line"]) == (str(tmp_path / "content/lamp/chapters/1.md"), 1)
    assert set(fault) == {"file", "line", "problem", "mend"}


def test_the_configured_folder_is_checked(tmp_path: Path) -> None:
    put(tmp_path, {"my.yaml": "content: {path: stories}\n"})
    story(tmp_path / "stories", {"chapters/1.md": "x"})
    assert fascicle("check", "-c", "my.yaml").exit_code == 0
    result = fascicle("check")
    assert result.exit_code == 1
    assert "content: there is no such folder" in result.stderr


@pytest.mark.parametrize(
    "words", [("check", "nowhere"), ("check", "-c", "no.yaml"), ("check", "--what"), ("what",)]
)
def test_wrong_usage_is_2(words: tuple[str, ...]) -> None:
    result = fascicle(*words)
    assert result.exit_code == 2
    assert result.stderr
    assert "Traceback" not in result.stderr


def test_a_real_process_is_quiet_in_a_pipe(tmp_path: Path) -> None:
    story(tmp_path / "content", {"chapters/1.md": "x"})
    result = process("check", cwd=tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (0, "1 story, 1 chapter: no fault.\n", "")


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({}, "DISCORD_TOKEN: there is no token"),
        ({"DISCORD_TOKEN": "hunter2 hunter2"}, "DISCORD_TOKEN: this is not a Discord token"),
        ({"DISCORD_TOKEN": "x", "FASCICLE_HTTP__PORT": "x"}, "FASCICLE_HTTP__PORT: “http.port” must be"),
    ],
)
def test_run_without_token_or_sound_configuration_is_one_line(
    tmp_path: Path, env: dict[str, str], words: str
) -> None:
    result = process("run", cwd=tmp_path, env={"DISCORD_TOKEN": "", "DISCORD_TOKEN_FILE": "", **env})
    assert result.returncode == 2
    assert result.stderr.startswith(words)
    assert result.stderr.count("\n") == 1
    assert "hunter2" not in result.stderr + result.stdout


def test_a_reader_that_leaves_the_pipe_early_sees_no_traceback(tmp_path: Path) -> None:
    story(tmp_path / "content", {f"chapters/{number}.md": "word " * 4000 for number in range(40)})
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "preview", "lamp", "--json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.read(10)
        child.stdout.close()
        assert child.stderr.read() == b""


def test_the_sample_content_is_sound() -> None:
    result = fascicle("check", ROOT / "content")
    assert result.stderr == ""
    assert result.exit_code == 0


def test_version_and_help() -> None:
    assert fascicle("--version").stdout.startswith("fascicle ")
    for command in ("run", "check", "plan", "preview", "suggestions"):
        assert command in fascicle("--help").stdout
        assert fascicle(command, "--help").exit_code == 0
