"""Names, sizes and docstrings of the sources; CONTRIBUTING.md explains the rules."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BOT = ROOT / "bot"
PACKAGES = [BOT, ROOT / "sandbox" / "discord_sandbox"]
FILES = sorted(file for package in PACKAGES for file in package.rglob("*.py"))

SHORTEST = 15
LONGEST = 300

MAY_BE_SHORT = {"__init__.py", "__main__.py"}
"""Names that Python gives a meaning."""

MIGRATIONS = BOT / "store" / "migrations" / "versions"
"""Migrations are history: one that was released is not split, however long it is."""

LAYERS = ("domain", "services", "store", "chat", "content")

NAMED_BY_A_RULE = ("store/tables", "store/migrations")
"""Folders whose files are named after the subjects or by number, apart from the layer's other names."""

DIRECTLY_IN_A_LAYER = {
    "domain": {
        "authorization",
        "diagnostics",
        "errors",
        "message_json",
        "message_templates",
        "permissions",
        "refusal_registry",
    },
    "services": {"container", "read_cache", "transaction_retry", "leased_work_queue"},
    "store": {
        "availability_monitor",
        "database",
        "database_inspection",
        "lazy_read_transaction",
        "key_value",
        "transaction",
    },
    "chat": {"client", "command_sync", "command_tree", "command_list", "connection_checks", "messenger"},
}
"""Modules that belong to no subject."""

NOUNS_IN_ING = {
    "Rating",  # the audience a story is rated for
    "Listing",  # several things in one sentence
    "Ping",  # Discord's word for a mention that notifies somebody
}
"""Classes whose names end in -ing and are nouns all the same."""

_QUESTION = re.compile(r"(what|whether|how|who|whom|whose|where|which|why|when)\b", re.IGNORECASE)

Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def name_of(file: Path) -> str:
    """Return the path of a file from the root of the repository."""
    return file.relative_to(ROOT).as_posix()


@cache
def tree_of(file: Path) -> ast.Module:
    """Return the syntax tree of a source file."""
    return ast.parse(file.read_text(encoding="utf-8"))


def docstrings_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the docstrings in a tree with the lines of what they describe."""
    for node in ast.walk(tree):
        if isinstance(node, Documented):
            text = ast.get_docstring(node)
            if text is not None:
                yield getattr(node, "lineno", 1), text


def gerunds_in(tree: ast.Module) -> list[str]:
    """Return the names of a tree's classes that end in -ing."""
    classes = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    return [name for name in classes if name.endswith("ing") and name not in NOUNS_IN_ING]


def modules_of(layer: str) -> Iterator[Path]:
    """Yield the files of a layer that are named for what they hold."""
    for file in sorted((BOT / layer).rglob("*.py")):
        folder = file.relative_to(BOT).as_posix()
        if file.name not in MAY_BE_SHORT and not folder.startswith(NAMED_BY_A_RULE):
            yield file


def test_breaches_are_seen() -> None:
    tree = ast.parse(
        '"""How."""\nclass Turning:\n    def f(self):\n        """Whose."""\n        """Field."""\n'
    )
    assert [line for line, text in docstrings_of(tree) if _QUESTION.match(text)] == [1, 3]
    assert gerunds_in(tree) == ["Turning"]
    assert _QUESTION.match("Whatever is meant.") is None


@pytest.mark.parametrize("layer", LAYERS)
def test_module_names_are_unique_within_a_layer(layer: str) -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for file in modules_of(layer):
        places[file.stem].append(file.parent.relative_to(BOT).as_posix())
    assert {stem: folders for stem, folders in places.items() if len(folders) > 1} == {}


@pytest.mark.parametrize("layer", DIRECTLY_IN_A_LAYER)
def test_modules_belong_to_a_subject(layer: str) -> None:
    found = {file.stem for file in (BOT / layer).glob("*.py")} - {"__init__"}
    assert found <= DIRECTLY_IN_A_LAYER[layer]


def test_files_have_a_readable_size() -> None:
    lines = {file: file.read_text(encoding="utf-8").count("\n") for file in FILES}
    wrong = [
        f"{name_of(file)}: {count} lines"
        for file, count in lines.items()
        if (count > LONGEST and MIGRATIONS not in file.parents)
        or (count < SHORTEST and file.name not in MAY_BE_SHORT)
    ]
    assert not wrong, "\n".join(wrong)


def test_classes_are_nouns() -> None:
    gerunds = [f"{name_of(file)}: {name}" for file in FILES for name in gerunds_in(tree_of(file))]
    assert not gerunds, "\n".join(gerunds)


def test_docstrings_do_not_open_with_a_question_word() -> None:
    questions = [
        f"{name_of(file)}:{line} {text[:60]}"
        for file in FILES
        for line, text in docstrings_of(tree_of(file))
        if _QUESTION.match(text)
    ]
    assert not questions, "\n".join(questions)
