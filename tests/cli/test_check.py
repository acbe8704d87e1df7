"""`fascicle check`, and how the command line speaks."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.domain.suggestions.suggestion import SuggestionState as State
from bot.store.database import Database
from bot.store.suggestions.suggestion_records import NewSuggestion, StateChange
from tests.content.samples import STORY, put, read, story

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


def heads(stderr: str) -> list[str]:
    """The line of each fault that scripts read: without headings, excerpts and notes."""
    return [
        line
        for line in stderr.splitlines()
        if not line.startswith("    ") and not line.endswith(":") and ": worth knowing: " not in line
    ]


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
    assert [line.split(": ")[0] for line in heads(result.stderr)] == [
        "config.yaml:2:3",
        "content/lamp/chapters/1.md:2:1",
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


def released(root: Path, schedule: str, zone: str) -> Path:
    yaml = f"title: The Lamp\nrelease:\n  schedule: {schedule}\n  timezone: {zone}\n"
    return story(root, {"chapters/1.md": "x"}, yaml=yaml)


@pytest.mark.parametrize(
    "schedule",
    [
        "every other tuesday at 7pm",
        "noon every second sunday",
        "first monday of the month at 18h",
        "mon–wed 18:00",
    ],
)
def test_a_schedule_in_the_words_of_people_is_no_fault(tmp_path: Path, schedule: str) -> None:
    result = fascicle("check", released(tmp_path, schedule, "Europe/London"))
    assert (result.exit_code, result.stdout) == (0, "1 story, 1 chapter: no fault.\n")


@pytest.mark.parametrize(
    ("schedule", "zone", "line", "told"),
    [
        ("every other tuesday", "UTC", 3, "Say at what time: “every 2 weeks on tue at 18:00”."),
        ("twice a week", "UTC", 3, "Write, for example, “tue, fri at 18:00”."),
        ("daily at 18:00", "UTC+1", 4, "For UTC+1 write your city: Africa/Lagos, "),
        (
            "daily at 18:00",
            "+0930",
            4,
            "For UTC+9:30 write your city: Australia/Darwin or Australia/Adelaide in winter.",
        ),
        ("daily at 18:00", "-4", 4, "For UTC-4 write your city: America/Caracas, "),
        ("daily at 18:00", "PDT", 4, "Write your city: America/Los_Angeles"),
        ("daily at 18:00", "Europe/Madird", 4, "Did you mean Europe/Madrid?"),
    ],
)
def test_a_schedule_or_zone_that_is_none_is_told_with_what_to_write(
    tmp_path: Path, schedule: str, zone: str, line: int, told: str
) -> None:
    result = fascicle("check", released(tmp_path, schedule, zone))
    assert result.exit_code == 1
    assert f"story.yaml:{line}:13: " in result.stderr
    assert told in result.stderr


@pytest.mark.parametrize(
    "words", [("check", "nowhere"), ("check", "-c", "no.yaml"), ("check", "--what"), ("what",)]
)
def test_wrong_usage_is_2(words: tuple[str, ...]) -> None:
    result = fascicle(*words)
    assert result.exit_code == 2
    assert result.stderr
    assert "Traceback" not in result.stderr


def test_a_real_process_is_quiet_in_a_pipe(tmp_path: Path) -> None:
    yaml = f"{STORY}authors: [{{name: Ada Quill, discord: 100000000000000001}}]\n"
    story(tmp_path / "content", {"chapters/1.md": "x"}, yaml=yaml)
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
    assert result.exit_code == 0
    # Nothing but what each sample's author is to know.
    assert (
        result.stderr.count("worth knowing:")
        == result.stderr.count("worth knowing: this is a sample story")
        == 2
    )
    assert fascicle("check", "--json", ROOT / "content").stdout.strip() == "[]"


def test_version_and_help() -> None:
    assert fascicle("--version").stdout.startswith("fascicle ")
    for command in ("run", "check", "plan", "preview", "suggestions"):
        assert command in fascicle("--help").stdout
        assert fascicle(command, "--help").exit_code == 0


IDEAS = 6
LOOK_UP = "Look the number up with /author queue, or take it out of thanks."


async def fill(root: Path, url: str) -> None:
    """Six ideas: new, accepted, declined, withdrawn, merged into the first, and one for another story."""
    store = await Database.open(url)
    made = datetime(2026, 12, 1, 18, tzinfo=UTC)
    async with store.begin() as tx:
        for serial in read(root).serials().values():
            await tx.stories.add(serial.story, first_seen=made, settled_until=made)
        for number in range(1, IDEAS + 1):
            await tx.suggestions.add(
                NewSuggestion(
                    story="lamp" if number < IDEAS else "other",
                    chapter=None,
                    text=f"Idea {number}",
                    suggester=5,
                    suggester_name="Bo",
                    anonymous=False,
                    name_me=True,
                    created_at=made,
                    guild_id=1,
                    channel_id=2,
                )
            )
        states = {2: State.ACCEPTED, 3: State.DECLINED, 4: State.WITHDRAWN, 5: State.MERGED}
        for number, to in states.items():
            into = 1 if to is State.MERGED else None
            assert await tx.suggestions.decide(
                number, StateChange(was=State.NEW, to=to, by=1, at=made, into=into)
            )
    await store.close()


def thankful(tmp_path: Path, front: str, more: str = "---\nid: two\n---\ny") -> Path:
    """A configuration with a database of ideas, and a story whose first chapter thanks for some."""
    put(tmp_path, {"my.yaml": "content: {path: content}\n"})
    root = story(tmp_path / "content", {"chapters/1.md": f"---\n{front}\n---\nx", "chapters/2.md": more})
    story(root, {"chapters/1.md": "x"}, yaml="title: Another", slug="other")
    asyncio.run(fill(root, f"sqlite+aiosqlite:///{tmp_path}/data/fascicle.db"))
    return tmp_path / "my.yaml"


def test_thanks_are_checked_against_the_database_with_c_alone(tmp_path: Path) -> None:
    config = thankful(tmp_path, "thanks:\n  - 1\n  - 2\n  - 3\n  - 4\n  - 5\n  - 6\n  - 99")
    assert fascicle("check").exit_code == 0
    result = fascicle("check", "-c", config)
    assert result.exit_code == 1
    assert heads(result.stderr) == [
        f"content/lamp/chapters/1.md:{line}:5: {words}"
        for line, words in (
            (
                5,
                "suggestion 3 was declined. Reopen it with /author decide 3 reopen, or take it out of thanks.",
            ),
            (6, "suggestion 4 was withdrawn by the person who sent it. Take it out of thanks."),
            (
                7,
                "suggestion 5 was merged into 1. Write 1 instead: whoever made 5 is credited with it.",
            ),
            (
                8,
                f"suggestion 6 is for another story, other. {LOOK_UP}",
            ),
            (
                9,
                f"there is no suggestion 99. {LOOK_UP}",
            ),
        )
    ]
    faults = json.loads(fascicle("check", "-c", config, "--json").stdout)
    assert [fault["line"] for fault in faults] == [5, 6, 7, 8, 9]


def test_an_idea_is_thanked_for_in_one_chapter(tmp_path: Path) -> None:
    config = thankful(tmp_path, "thanks: [1, 2]", "---\nthanks: [2]\n---\ny")
    result = fascicle("check", "-c", config)
    assert "\n".join(heads(result.stderr)) == (
        "content/lamp/chapters/2.md:2:10: suggestion 2 is thanked for in 1.md too. One chapter uses an idea: keep one "
        "of the two."
    )


def test_a_released_chapter_keeps_its_thanks(tmp_path: Path) -> None:
    config = thankful(tmp_path, "thanks: [1]", "---\nthanks: [2]\n---\ny")

    async def release() -> None:
        store = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/data/fascicle.db")
        async with store.begin() as tx:
            at = datetime(2026, 12, 2, 18, tzinfo=UTC)
            assert await tx.suggestions.use(1, "1", at)
            assert await tx.suggestions.use(2, "1", at)
        await store.close()

    asyncio.run(release())
    result = fascicle("check", "-c", config)
    assert "\n".join(heads(result.stderr)) == (
        "content/lamp/chapters/2.md:2:10: suggestion 2 was used in another chapter, 1. One chapter uses an idea: take "
        "it out of thanks here."
    )


def test_thanks_without_a_database_are_a_fault_and_none_need_none(tmp_path: Path) -> None:
    put(tmp_path, {"my.yaml": "content: {path: content}\n"})
    story(tmp_path / "content", {"chapters/1.md": "---\nthanks: []\n---\nx"})
    assert fascicle("check", "-c", "my.yaml").exit_code == 0
    story(tmp_path / "content", {"chapters/1.md": "---\nthanks: [1]\n---\nx"})
    result = fascicle("check", "-c", "my.yaml")
    assert result.exit_code == 1
    [head] = heads(result.stderr)
    assert head.startswith("content/lamp/chapters/1.md:2:10: these thanks cannot be checked: ")


def test_other_faults_do_not_hide_wrong_thanks(tmp_path: Path) -> None:
    config = thankful(tmp_path, "thanks: [99]")
    put(tmp_path, {"content/lamp/chapters/2.md": "---\ntitel: x\n---\ny"})
    result = fascicle("check", "-c", config)
    assert [line.split(": ")[0] for line in heads(result.stderr)] == [
        "content/lamp/chapters/1.md:2:10",
        "content/lamp/chapters/2.md:2:1",
    ]


def test_warnings_are_marked_and_stop_nothing(tmp_path: Path) -> None:
    story(tmp_path / "content", {"chapters/1.md": "---\ntags: [a]\n---\nx", "chapters/2.txt": "y"})
    result = fascicle("check")
    assert (result.exit_code, result.stdout) == (0, "1 story, 1 chapter: no fault, 2 warnings.\n")
    assert [line.split(": ")[:2] for line in heads(result.stderr)] == [
        ["content/lamp/chapters/1.md:2:1", "warning"],
        ["content/lamp/chapters/2.txt", "warning"],
    ]
    found = json.loads(fascicle("check", "--json").stdout)
    assert [(fault["line"], fault["warning"]) for fault in found] == [(2, True), (0, True)]
    assert fascicle("check", "--json").exit_code == 0


@pytest.mark.parametrize(
    ("files", "checked", "problem", "mend"),
    [
        (["lamp/story.yaml", "lamp/chapters/1.md"], "lamp", "the folder of one story", "the folder above it"),
        (["lamp/chapters/1.txt"], "lamp", "the folder of one story", "the folder above it"),
        (
            ["lamp/story.yaml", "lamp/chapters/1.md"],
            "lamp/chapters",
            "the chapters of one story",
            "two above it",
        ),
        (
            ["x/lamp/story.yaml", "x/lamp/chapters/1.md"],
            ".",
            "one folder further down, in x",
            "Name that one",
        ),
        (["1.txt", "2.txt"], ".", "only files of text", "a file that ends in .md"),
        (["1.md", "map.png"], ".", "only files of text", "Make a folder for the story"),
        (["lamp/1.txt"], ".", "texts here, but no story", "Make a folder for the story"),
        (["lamp/chapters/1.docx"], ".", "texts here, but no story", "with story.yaml"),
        (["map.png"], ".", "there is no story in it", "Make a folder for the first"),
    ],
)
def test_where_there_is_no_story_the_reason_is_told(
    tmp_path: Path, files: list[str], checked: str, problem: str, mend: str
) -> None:
    put(tmp_path / "texts", {name: "title: A" if name.endswith("yaml") else "A lamp." for name in files})
    result = fascicle("check", tmp_path / "texts" / checked)
    assert (result.exit_code, result.stdout) == (1, "")
    [line] = result.stderr.splitlines()
    assert problem in line
    assert mend in line
    [fault] = json.loads(fascicle("check", tmp_path / "texts" / checked, "--json").stdout)
    assert "warning" not in fault


def test_run_in_a_story_s_own_folder_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story(tmp_path / "content", {"chapters/1.md": "x"})
    monkeypatch.chdir(tmp_path / "content/lamp")
    result = fascicle("check")
    assert result.exit_code == 1
    assert result.stderr.startswith(".: this is the folder of one story")


def test_verbose_tells_order_lines_breaks_and_notes(tmp_path: Path) -> None:
    story(
        tmp_path / "content",
        {
            "chapters/Chapter Ten.md": "She sang:\n\nRoses on the sill,\nRain upon the stone.\n\n⁂\n\nThen. %%check%%",
            "chapters/Chapter Two.md": "{>>why?<<}<i>Two</i>.\n\n![[gone.png]]",
        },
    )
    result, notes = fascicle("check", "-v"), "2 notes that are not meant for readers"
    assert result.exit_code == 0
    assert [line.strip() for line in result.stdout.splitlines()] == [
        "lamp, in this order:",
        "1. Chapter Two (Chapter Two.md, by its number 2, written “Two”)",
        "1:1: a note that is not meant for readers, left out",
        "2. Chapter Ten (Chapter Ten.md, by its number 10, written “Ten”)",
        "3:1: 2 lines, kept as lines",
        "6:1: a scene break, written ⁂",
        "8:7: a note that is not meant for readers, left out",
        f"1 story, 2 chapters: no fault, 1 warning. {notes} are left out (-v shows where).",
    ]
    assert "Chapter Two.md:3:1: warning: the picture “gone.png” is not there" in result.stderr
