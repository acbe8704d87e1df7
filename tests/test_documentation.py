"""Paths and links in the documents: each leads to something that exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ARCHITECTURE = ROOT / "docs" / "architecture.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
DOCUMENTS = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "sandbox" / "README.md",
]

FOLDERS_MADE = ("build",)
"""Folders that commands create."""

FILES_OF_USERS = {"story.yaml", "config.yaml"}
"""Names of files that are written by the people who use the bot."""

_PATH = re.compile(r"[\w.<>*-]+(?:/[\w.<>*-]*)+|[\w-][\w.-]*\.(?:py|md|toml|yaml)")


def without_blocks(text: str) -> str:
    """Return a document without its blocks of code."""
    return re.sub(r"^\s*```.*?^\s*```$", "", text, flags=re.MULTILINE | re.DOTALL)


def paths_in(text: str) -> list[str]:
    """Return what looks like a path of the repository among the code spans of a document."""
    spans = re.findall(r"`([^`\n]+)`", without_blocks(text))
    return [
        span
        for span in spans
        if _PATH.fullmatch(span) and span not in FILES_OF_USERS and span.split("/")[0] not in FOLDERS_MADE
    ]


def exists(path: str, base: Path) -> bool:
    """Return whether something is at a path, in which `<name>` and `*` stand for anything."""
    pattern = re.sub(r"<[^>]*>", "*", path).rstrip("/")
    found = list(base.glob(pattern))
    return any(one.is_dir() for one in found) if path.endswith("/") else bool(found)


def rows_of(text: str, heading: str) -> list[list[str]]:
    """Return the cells of the rows in the table under a heading."""
    section = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_paths_are_told_from_other_code() -> None:
    text = "`bot/app.py` `bot/store/` `a/*/b_<x>.py` `pyproject.toml` `.ci/run`"
    assert paths_in(text) == ["bot/app.py", "bot/store/", "a/*/b_<x>.py", "pyproject.toml", ".ci/run"]
    assert paths_in("`/readyz` `story.yaml` `.md` `make test` `tx.notices.add` `build/bench/` `*+`") == []
    assert paths_in("```\nbot/`nowhere.py`\n```\n") == []


def test_what_does_not_exist_is_noticed() -> None:
    assert exists("bot/store/", ROOT)
    assert exists("chat/i18n/catalogue/<language>.po", ROOT / "bot")
    assert not exists("bot/app.py/", ROOT)
    assert not exists("bot/nowhere.py", ROOT)


def test_every_path_in_contributing_exists() -> None:
    paths = paths_in(CONTRIBUTING.read_text(encoding="utf-8"))
    assert len(paths) > 50
    assert [path for path in paths if not exists(path, ROOT)] == []


def test_every_path_in_the_architecture_exists() -> None:
    paths = paths_in(ARCHITECTURE.read_text(encoding="utf-8"))
    assert len(paths) > 50
    assert [path for path in paths if not exists(path, ROOT / "bot") and not exists(path, ROOT)] == []


def test_the_table_of_changes_names_files_for_each() -> None:
    rows = rows_of(CONTRIBUTING.read_text(encoding="utf-8"), "To change X, open Y")
    assert len(rows) >= 15
    assert [row for row in rows if len(row) != 2 or not paths_in(row[1])] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", without_blocks(document.read_text(encoding="utf-8")))
    local = [link.split("#")[0] for link in links if not re.match(r"https?://|#", link)]
    assert [link for link in local if not (document.parent / link).exists()] == []
