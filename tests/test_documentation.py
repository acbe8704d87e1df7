"""Paths, links, pictures and commands in the documents: each leads to something that exists."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from discord.app_commands import ContextMenu, Group

from bot.chat.command_list import COMMANDS
from bot.cli import main

ROOT = Path(__file__).parents[1]
ARCHITECTURE = ROOT / "docs" / "architecture.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
DOCUMENTS = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "sandbox" / "README.md",
]

README = ROOT / "README.md"
FOR_PEOPLE = [
    README,
    *(ROOT / "docs" / f"{name}.md" for name in ("writing", "commands", "hosting", "troubleshooting")),
]
"""The documents for those who write, read and host."""

LONGEST_README = 1740
"""Words; what is reference belongs to `docs/`."""

HEALTH = {"/healthz", "/readyz", "/metrics"}
"""Addresses that look like commands."""

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


def links_in(text: str) -> list[str]:
    """Return where a document's links and pictures lead, those in HTML included."""
    return re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r"(?:href|src|srcset)=\"([^\"]+)\"", text)


def anchor_of(heading: str) -> str:
    """Return the name that GitHub gives a heading."""
    return re.sub(r"[^\w -]", "", heading.strip().lower()).replace(" ", "-")


def slash_commands() -> set[str]:
    """Return the names of all commands and groups in Discord, such as `/author queue`."""
    names: set[str] = set()
    waiting = [("/", each) for each in COMMANDS if not isinstance(each, ContextMenu)]
    while waiting:
        prefix, command = waiting.pop()
        names.add(prefix + command.name)
        if isinstance(command, Group):
            waiting += [(f"{prefix}{command.name} ", each) for each in command.commands]
    return names


def test_the_readme_is_short() -> None:
    assert len(README.read_text(encoding="utf-8").split()) < LONGEST_README


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_picture_and_heading_linked_to_exists(document: Path) -> None:
    wrong = []
    for link in links_in(without_blocks(document.read_text(encoding="utf-8"))):
        if re.match(r"https?://", link):
            continue
        path, _, anchor = link.partition("#")
        target = document.parent / path if path else document
        if not target.exists():
            wrong.append(link)
        elif anchor:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            wrong += [link] if anchor not in map(anchor_of, headings) else []
    assert wrong == []


def test_the_readme_shows_what_it_moves_and_both_widths_in_dark_and_light() -> None:
    shown = {link for link in links_in(README.read_text(encoding="utf-8")) if link.startswith("docs/images/")}
    assert "docs/images/demo.webp" in shown
    for name in {link.rsplit("-", 2)[0] for link in shown if link.endswith(".png")}:
        kinds = {f"{name}-{width}-{scheme}.png" for width in (1280, 390) for scheme in ("dark", "light")}
        assert kinds <= shown


def test_every_picture_is_shown_somewhere() -> None:
    shown = {
        (document.parent / link).resolve()
        for document in DOCUMENTS
        for link in links_in(document.read_text(encoding="utf-8"))
        if not re.match(r"https?://", link)
    }
    assert [path.name for path in (ROOT / "docs" / "images").iterdir() if path.resolve() not in shown] == []


@pytest.mark.parametrize("document", FOR_PEOPLE, ids=lambda path: path.name)
def test_every_command_that_is_named_exists(document: Path) -> None:
    spans = re.findall(r"`([^`\n]+)`", without_blocks(document.read_text(encoding="utf-8")))
    in_discord = [re.match(r"/[a-z]+(?: [a-z]+)*$", span) for span in spans if span not in HEALTH]
    assert {found[0] for found in in_discord if found} - slash_commands() == set()
    in_terminal = [re.match(r"(?:\S*[/\\])?fascicle ([a-z]+)", span) for span in spans]
    assert isinstance(main, click.Group)
    assert {found[1] for found in in_terminal if found} - set(
        main.list_commands(click.Context(main))
    ) == set()


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    missing = [
        name
        for name in slash_commands()
        if f"`{name}`" not in text and not any(other.startswith(f"{name} ") for other in slash_commands())
    ]
    assert missing == []
