"""`fascicle import`, as it is typed: what it shows, asks, writes and refuses."""

from __future__ import annotations

import errno
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.content.authoring import change_journal
from bot.content.authoring.atomic_files import write_new_file
from bot.content.source_formats import source_reader
from tests.cli.terminals import ROOT, terminal
from tests.cli.test_check import fascicle
from tests.content.samples import put, story

ONE = "# One\n\nIt was dark, and nobody had lit the lamps.\n"
TWO = "# Two\n\nThen somebody came.\n\nContinue reading\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A folder with two chapters, and two files that are none."""
    return put(
        tmp_path / "book",
        {"01-one.md": ONE, "02-two.md": TWO, "outline.md": "Somebody dies.", "03.pdf": "%PDF-1.4 x"},
    )


def files(folder: Path) -> list[str]:
    """Every file below a folder, but for the lock of those who write."""
    found = (each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())
    return sorted(each for each in found if not each.endswith(".writing.lock"))


def chapter(name: str, story: str = "lamp") -> Path:
    return Path("content") / story / "chapters" / name


def piped(data: bytes, *words: str) -> Result:
    return CliRunner().invoke(main, ["import", "-", *words], input=data)


def test_chapters_are_written_and_what_was_left_out_is_said(book: Path) -> None:
    made = fascicle("import", book, "--story", "lamp")
    assert made.exit_code == 0, made.stderr
    assert files(Path("content")) == [
        "lamp/.import.json",
        "lamp/chapters/001-one.md",
        "lamp/chapters/002-two.md",
        "lamp/story.yaml",
    ]
    lines = made.stdout.splitlines()
    assert lines[0] == "2 chapters, 12 words."
    assert "lamp: 2 added, 0 updated, 0 unchanged." in lines
    assert [each for each in lines if "left out" in each] == [
        (
            "03.pdf: left out: 03.pdf is a PDF document. "
            "Give me the document that it was made from; or open it in Word or Google Docs and save it as .docx."
        ),
        "outline.md: left out: by its name it is an overview and no chapter",
    ]
    assert lines[-1].endswith("a schedule in content/lamp/story.yaml.")
    assert "Continue reading" not in chapter("002-two.md").read_text(encoding="utf-8")
    again = fascicle("import", book, "--story", "lamp")
    assert "lamp: 0 added, 0 updated, 2 unchanged." in again.stdout


def test_a_long_list_of_what_was_left_out_is_cut_in_the_report_alone(book: Path) -> None:
    put(book, {f"{number}.pdf": "%PDF-1.4 x" for number in range(10, 30)})
    made = fascicle("import", book, "--story", "lamp")
    assert "and 12 more; --dry-run shows all" in made.stdout
    shown = fascicle("import", book, "--story", "lamp", "--dry-run").stdout
    assert all(f"{number}.pdf: left out" in shown for number in range(10, 30))


@pytest.mark.parametrize("columns", [80, 160])
def test_a_dry_run_shows_source_and_result_side_by_side(book: Path, tmp_path: Path, columns: int) -> None:
    with terminal("import", book, "--dry-run", cwd=tmp_path, columns=columns) as shown:
        assert shown.end() == 0
    lines = shown.shown.splitlines()
    assert {len(line) for line in lines if line.startswith("│")} == {columns}
    [row] = [line for line in lines if "Then somebody" in line]
    assert row.count("Then somebody") == 2
    [dropped] = [line for line in lines if "Continue" in line]
    assert "dropped" in dropped
    assert "outline.md: left out: by its name it is an overview and no chapter" in shown.shown
    assert "Nothing was written." in lines[-1]
    assert not (tmp_path / "content").exists()


def test_a_decision_is_undone_by_the_id_that_a_dry_run_shows(book: Path) -> None:
    found = json.loads(fascicle("import", book, "--story", "lamp", "--dry-run", "--json").stdout)
    assert not Path("content").exists()
    [decision] = found["decisions"]
    assert (found["story"], decision["kind"]) == ("lamp", "dropped")
    assert {each["name"] for each in found["remarks"] if each["is_left_out"]} == {"outline.md", "03.pdf"}
    shown = fascicle("import", book, "--story", "lamp", "--dry-run", "--undo", decision["id"])
    assert f"{decision['id']}  undone: " in shown.stdout
    assert fascicle("import", book, "--story", "lamp", "--undo", decision["id"]).exit_code == 0
    assert "Continue reading" in chapter("002-two.md").read_text(encoding="utf-8")
    refused = fascicle("import", book, "--story", "lamp", "--undo", "0-nothing-1")
    assert refused.exit_code == 2
    assert refused.stderr == "--undo 0-nothing-1: there is no such decision. --dry-run shows their ids.\n"


def test_json_is_all_that_is_printed(book: Path) -> None:
    made = fascicle("import", book, "--story", "lamp", "--json")
    report = json.loads(made.stdout)
    assert (report["story"], report["chapters"], report["added"]) == ("lamp", 2, ["001-one.md", "002-two.md"])
    assert [each["name"] for each in report["remarks"]] == ["03.pdf", "outline.md"]
    assert made.stderr == ""


def test_pictures_that_cannot_come_along_are_named(book: Path) -> None:
    put(
        book,
        {
            "04-four.md": "# Four\n\nLook:\n\n![A map](map.png)\n\n![A lamp](lamp.png)\n",
            "lamp.png": "no picture",
        },
    )
    shown = fascicle("import", book, "--story", "lamp", "--dry-run")
    assert "map.png: this picture is not in the source; the text comes without it" in shown.stdout
    found = json.loads(fascicle("import", book, "--story", "lamp", "--dry-run", "--json").stdout)
    assert found["missing_pictures"] == ["map.png"]
    made = fascicle("import", book, "--story", "lamp")
    assert made.exit_code == 0
    assert [line.split(":")[0] for line in made.stderr.splitlines()] == ["map.png", "lamp.png"]


PROSE = "“Déjà vu,” said the café’s owner – and the first of the guests left.\n\nThat was all of it.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_paste_in_any_encoding(encoding: str) -> None:
    text = f"Chapter 1\n\n{PROSE * 20}"
    made = piped(text.encode(encoding), "--story", "lamp")
    assert made.exit_code == 0, made.stderr
    [written] = (Path("content") / "lamp/chapters").glob("*.md")
    assert "“Déjà vu,” said the café’s owner" in written.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "There was nothing to read. Paste the text, or name its file."),
        (b" \n\n", "There was nothing to read. Paste the text, or name its file."),
        (b"PK\3\4 and more", "The text is a file that was opened as text. Give me the file itself."),
        (b"%PDF-1.7 x", "PDF"),
        (bytes(range(256)) * 20, "UTF-8"),
    ],
)
def test_a_paste_that_is_no_text_is_refused_in_a_line(data: bytes, said: str) -> None:
    refused = piped(data, "--story", "lamp")
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert not Path("content").exists()


def test_a_paste_without_a_title_needs_a_name() -> None:
    refused = piped(b"Just a few words of a story.")
    assert refused.exit_code == 2
    assert "Name the story’s folder: --story the-lamplighters." in refused.stderr
    assert piped(b"Just a few words of a story.", "--dry-run").exit_code == 0, (
        "nothing is written under a name"
    )


def test_files_that_cannot_be_imported_are_refused_in_a_line(tmp_path: Path) -> None:
    put(tmp_path, {"novel.pdf": "%PDF-1.4 x", "empty.txt": ""})
    (tmp_path / "novel.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (tmp_path / "none").mkdir()
    for name, said in {
        "nowhere.docx": "There is no nowhere.docx. Check the name of the file.",
        "novel.pdf": "novel.pdf is a PDF document. Give me the document that it was made from;",
        "novel.doc": "novel.doc is an old Word document (.doc).",
        "none": "none holds no text. Put your chapters into it,",
        "empty.txt": "empty.txt is empty. Give me the file with your text.",
    }.items():
        refused = fascicle("import", name, "--story", "lamp")
        assert refused.exit_code == 2
        assert refused.stderr.startswith(said)
        assert refused.stderr.count("\n") == 1
    assert not Path("content").exists()


def test_a_name_that_is_no_slug_is_refused_with_one_that_is(book: Path) -> None:
    refused = fascicle("import", book, "--story", "The Lamp!")
    assert refused.exit_code == 2
    assert refused.stderr == "“The Lamp!” cannot name a story. Try --story the-lamp.\n"


def change_both(book: Path) -> None:
    """Let the author and the source change the same chapter."""
    assert fascicle("import", book, "--story", "lamp").exit_code == 0
    file = chapter("001-one.md")
    file.write_text(file.read_text(encoding="utf-8").replace("dark", "bright"), encoding="utf-8")
    put(book, {"01-one.md": ONE.replace("nobody", "no one")})


def test_a_conflict_keeps_the_authors_and_says_so(book: Path) -> None:
    change_both(book)
    made = fascicle("import", book, "--story", "lamp")
    assert made.exit_code == 1
    assert "001-one.md: you and the source have both changed it; yours stays." in made.stderr
    assert "bright, and nobody" in chapter("001-one.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "answer", "text"),
    [
        ("--keep-mine", "mine", "bright, and nobody"),
        ("--take-source", "source", "dark, and no one"),
        ("--beside", "beside", "bright, and nobody"),
    ],
)
def test_each_answer_by_option_and_at_the_prompt(
    book: Path, tmp_path: Path, words: str, answer: str, text: str
) -> None:
    change_both(book)
    before = {each: Path("content", each).read_bytes() for each in files(Path("content"))}
    assert fascicle("import", book, "--story", "lamp", words).exit_code == 0
    chosen = files(Path("content"))
    assert text in chapter("001-one.md").read_text(encoding="utf-8")
    assert len(chosen) == len(before) + (answer == "beside")
    for each in chosen:
        Path("content", each).unlink()
    for name, data in before.items():
        Path("content", name).write_bytes(data)
    with terminal("import", book, "--story", "lamp", cwd=tmp_path) as shown:
        shown.wait_for("both (mine, source, beside) [mine]:")
        shown.type(f"{answer}\n")
        assert shown.end() == 0
    assert files(Path("content")) == chosen
    assert text in chapter("001-one.md").read_text(encoding="utf-8")
    if answer == "beside":
        [beside] = (Path("content") / "lamp/chapters").glob("*source*.md")
        assert "draft: true" in beside.read_text(encoding="utf-8")


def test_who_leaves_the_question_open_keeps_what_was_written(book: Path, tmp_path: Path) -> None:
    change_both(book)
    put(book, {"02-two.md": TWO.replace("somebody", "a stranger")})
    with terminal("import", book, "--story", "lamp", cwd=tmp_path) as shown:
        shown.wait_for("[mine]:")
        shown.type("\x04")
        assert shown.end() == 1
    assert "lamp: 0 added, 1 updated, 0 unchanged." in shown.shown
    assert "a stranger" in chapter("002-two.md").read_text(encoding="utf-8")


def test_a_terminal_is_asked_for_the_name_and_shown_progress(book: Path, tmp_path: Path) -> None:
    with terminal("import", book, cwd=tmp_path) as shown:
        shown.wait_for("Write it into the story book? [Y/n]:")
        shown.type("\n")
        assert shown.end() == 0
    assert all(step in shown.shown for step in ("Reading", "Cleaning", "Writing chapters"))
    assert (tmp_path / "content/book/story.yaml").exists()
    with terminal("import", book, cwd=tmp_path) as shown:
        shown.wait_for("[Y/n]:")
        shown.type("n\n")
        assert shown.end() == 2
    assert "Name another story with --story." in shown.shown


def test_a_text_is_pasted_at_a_terminal_without_a_bar_in_it(tmp_path: Path) -> None:
    with terminal("import", "-", "--story", "lamp", cwd=tmp_path) as shown:
        shown.wait_for("Paste the text, then press Enter and Ctrl-D.")
        assert "\x1b" not in shown.raw
        shown.type("Chapter 1\n\nIt was dark.\n\x04")
        assert shown.end() == 0
    [written] = (tmp_path / "content/lamp/chapters").glob("*.md")
    assert "It was dark." in written.read_text(encoding="utf-8")


def test_add_puts_chapters_after_those_of_a_story_that_was_not_imported(book: Path, tmp_path: Path) -> None:
    story(tmp_path / "content", {"chapters/001-mine.md": "Mine."})
    refused = fascicle("import", book, "--story", "lamp")
    assert refused.exit_code == 2
    assert "--add to put the chapters after its own" in refused.stderr
    assert fascicle("import", book, "--story", "lamp", "--add").exit_code == 0
    assert sorted(each.name for each in (tmp_path / "content/lamp/chapters").glob("*.md")) == [
        "001-mine.md",
        "002-one.md",
        "003-two.md",
    ]


def test_stopped_while_reading(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(source_reader, "read_markdown", stop)
    made = fascicle("import", book, "--story", "lamp")
    assert (made.exit_code, made.stderr) == (1, "Stopped. Nothing was written.\n")
    assert not Path("content").exists()


@pytest.mark.parametrize(
    ("trouble", "code", "said"),
    [
        (KeyboardInterrupt(), 1, "Stopped. Nothing was written.\n"),
        (
            OSError(errno.ENOSPC, "No space left on device", "x"),
            2,
            "Nothing was written. x: No space left on device. Make room on the disk, and import again.\n",
        ),
        (
            OSError(errno.EROFS, "Read-only file system", "x"),
            2,
            "Nothing was written. x: Read-only file system. Name another folder in --content.\n",
        ),
    ],
)
@pytest.mark.parametrize("known", [False, True])
def test_stopped_while_writing(
    book: Path, monkeypatch: pytest.MonkeyPatch, trouble: BaseException, code: int, said: str, known: bool
) -> None:
    if known:
        assert fascicle("import", book, "--story", "lamp").exit_code == 0
        put(book, {"01-one.md": ONE.replace("nobody", "no one"), "04-four.md": "# Four\n\nMore of it.\n"})
    before = {each: Path("content", each).read_bytes() for each in files(Path("content"))}
    written: list[Path] = []

    def fail(path: Path, data: bytes) -> None:
        written.append(path)
        if len(written) == 2:
            raise trouble
        write_new_file(path, data)

    monkeypatch.setattr(change_journal, "write_new_file", fail)
    made = fascicle("import", book, "--story", "lamp")
    assert (made.exit_code, made.stderr) == (code, said)
    assert len(written) == 2
    assert {each: Path("content", each).read_bytes() for each in files(Path("content"))} == before
    assert Path("content").exists() is known


def test_a_file_that_the_disk_has_no_room_for(tmp_path: Path) -> None:
    put(tmp_path, {"novel.txt": "Chapter 1\n\nShort.\n\nChapter 2\n\n" + "Long words. " * 3000})
    made = subprocess.run(
        [sys.executable, "-m", "bot", "import", "novel.txt", "--story", "lamp"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert made.returncode == 2
    assert made.stderr.startswith("Nothing was written. ")
    assert made.stderr.count("\n") == 1
    assert files(tmp_path) == ["novel.txt"]


def test_what_was_undone_stays_undone_the_next_time(tmp_path: Path) -> None:
    page = tmp_path / "frost.txt"
    page.write_text("Reads 1.2K Votes 87 Comments 14\n\nFrost\n\nIt was cold in the night.\n\nShe went in.\n")
    base = ["import", str(page), "--story", "frost", "--content", str(tmp_path / "content")]
    runner = CliRunner()
    shown = json.loads(runner.invoke(main, [*base, "--dry-run", "--json"]).stdout)
    (counter,) = [each["id"] for each in shown["decisions"] if "counter" in each["reason"]]
    assert runner.invoke(main, [*base, "--undo", counter]).exit_code == 0
    (chapter,) = (tmp_path / "content/frost/chapters").iterdir()
    text = chapter.read_text(encoding="utf-8")
    assert "Votes 87" in text
    assert runner.invoke(main, base).exit_code == 0
    assert chapter.read_text(encoding="utf-8") == text
    assert runner.invoke(main, [*base, "--anew"]).exit_code == 0
    assert "Votes 87" not in chapter.read_text(encoding="utf-8")
