"""Changes of a story in processes that are killed before each of their steps; run by `test_killed_changes`."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from bot.content.authoring.story_files import StoryFiles
from bot.content.chapters.chapter_file import read_chapter
from bot.content.files.chapter_tree import chapter_files
from bot.domain.manuscript_import.imported_story import ImportedChapter, ImportedStory
from bot.domain.manuscript_import.source_document import Source

Change = Callable[[Path], object]

_STEPS = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod"})


def _chapter(title: str, body: str, **pictures: str) -> ImportedChapter:
    return ImportedChapter(title, f"{body}\n", f"book#{title}", 0, pictures=pictures)


def _import(root: Path, *chapters: ImportedChapter) -> None:
    made = BytesIO()
    Image.new("RGB", (4, 4)).save(made, "PNG")
    story = ImportedStory(Source("book.epub", ()), chapters, (), "Tale", "Ada", "en")
    StoryFiles(root).write_import("tale", story, {"lamp.png": made.getvalue}, refused={"notice:1"})


def _reorder(root: Path) -> None:
    files = StoryFiles(root)
    files.reorder("tale", list(reversed(files.list_chapters("tale"))))


def _story_of(*names: str) -> Change:
    def make(root: Path) -> None:
        StoryFiles(root).create_story("tale", {"title": "Tale"})
        for name in names:
            (root / "tale" / "chapters" / name).write_text(f"Text of {name}.\n", encoding="utf-8")

    return make


def _imported(root: Path) -> None:
    _import(root, _chapter("One", "First."), _chapter("Two", "Second."))


def _import_more(root: Path) -> None:
    shown = _chapter("Between", "![It](lamp.png)\n\nNew.", **{"lamp.png": "lamp.png"})
    _import(root, _chapter("One", "First, but better."), shown, _chapter("Two", "Second, but better."))


CASES: dict[str, tuple[Change, Change]] = {
    "new import": (lambda root: root.mkdir(exist_ok=True), _import_more),
    "import again": (_imported, _import_more),
    "reorder": (_story_of("001-a.md", "002-b.md", "003-c.md"), _reorder),
    "reorder numbers": (_story_of("1.md", "2.md", "3.md"), _reorder),
    "reorder equal names": (_story_of("01-chapter.md", "02-chapter.md", "3-x.md"), _reorder),
    "add": (
        _story_of("1-a.md", "2-b.md"),
        lambda root: StoryFiles(root).add_chapter("tale", "New", "Text.\n", "2-b.md"),
    ),
    "remove": (_story_of("1-a.md", "2-b.md"), lambda root: StoryFiles(root).remove("tale", "1-a.md")),
}


def contents(root: Path) -> dict[str, str]:
    """Return all that is in a folder, folders too, but for locks."""
    return {
        each.relative_to(root).as_posix(): "folder" if each.is_dir() else each.read_bytes().hex()
        for each in root.rglob("*")
        if each.suffix != ".lock"
    }


def identities(root: Path) -> list[str]:
    """Return the identities that the loader finds now, sorted."""
    chapters = root / "tale" / "chapters"
    read = [read_chapter(path, chapters)[0] for path in chapter_files(chapters)] if chapters.exists() else []
    return sorted(each.key for each in read if each is not None)


def _killed_at(step: int, change: Change, root: Path) -> bool:
    """Run a change in a process that is killed before that step; return whether it came so far."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    left = step

    def count(event: str, args: tuple[Any, ...]) -> None:
        nonlocal left
        writes = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        if event in _STEPS or writes:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    try:
        change(root)
    except BaseException:
        os._exit(1)
    os._exit(0)


def survey(prepare: Change, change: Change, beside: Path) -> dict[str, Any]:
    """Kill a change before each step, and who opens the folder next before each of theirs; return what was found."""
    old, new = beside / "old", beside / "new"
    prepare(old)
    shutil.copytree(old, new)
    change(new)
    before, after = contents(old), contents(new)
    seen: dict[str, Any] = {"old": 0, "new": 0, "faults": [], "vanished": []}
    step = 0
    while True:
        broken = beside / "broken"
        shutil.copytree(old, broken)
        killed = _killed_at(step, change, broken)
        if (
            lost := set(identities(old))
            - set(identities(broken))
            - (set(identities(old)) - set(identities(new)))
        ):
            seen["vanished"].append((step, sorted(lost)))
        again = 0
        while True:
            root = beside / "opened"
            shutil.copytree(broken, root)
            killed_again = _killed_at(again, StoryFiles, root)
            StoryFiles(root)
            found = contents(root)
            shutil.rmtree(root)
            if found in (before, after):
                seen["old" if found == before else "new"] += 1
            else:
                seen["faults"].append((step, again, sorted(found)))
            if not killed_again:
                break
            again += 1
        shutil.rmtree(broken)
        if not killed:
            return seen | {"steps": step}
        step += 1


if __name__ == "__main__":
    # A killed process leaves what it wrote, on the disk or not; waiting for the disk would only take time.
    vars(os)["fsync"] = int
    sys.stdout.write(json.dumps(survey(*CASES[sys.argv[1]], Path(sys.argv[2]))))
