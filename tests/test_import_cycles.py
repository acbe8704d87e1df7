"""No module of the bot or of the sandbox imports itself through others, not even for type checking alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = {"bot": ROOT / "bot", "discord_sandbox": ROOT / "sandbox" / "discord_sandbox"}

Graph = dict[str, set[str]]


def modules_of(package: Path) -> dict[str, Path]:
    """Return the files of a package by dotted name."""
    found = {}
    for path in package.rglob("*.py"):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports_of(name: str, path: Path, known: set[str]) -> Iterator[str]:
    """Yield the known modules that a module imports anywhere: at its top, in a function, under TYPE_CHECKING."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                if whole in known:
                    yield whole
                elif base in known:
                    yield base


def graph_of(package: Path) -> Graph:
    """Return the import graph of a package."""
    modules = modules_of(package)
    known = set(modules)
    return {name: set(imports_of(name, path, known)) - {name} for name, path in modules.items()}


def circles_of(graph: Graph) -> list[list[str]]:
    """Return the strongly connected components of more than one module (Tarjan's algorithm, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    circles = []
    for root in sorted(graph):
        if root in index:
            continue
        work = [(root, iter(sorted(graph[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        while work:
            node, rest = work[-1]
            following = next(rest, None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    at = stack.index(node)
                    if len(stack) - at > 1:
                        circles.append(sorted(stack[at:]))
                    del stack[at:]
            elif following not in index:
                index[following] = low[following] = len(index)
                stack.append(following)
                work.append((following, iter(sorted(graph[following]))))
            elif following in stack:
                low[node] = min(low[node], index[following])
    return circles


def test_circles_are_found() -> None:
    assert circles_of({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}, "e": set()}) == [["a", "b", "c"]]
    assert circles_of({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
    assert circles_of({"a": {"b"}, "b": {"a", "c"}, "c": {"d"}, "d": {"c"}}) == [["c", "d"], ["a", "b"]]


def test_every_kind_of_import_is_seen(tmp_path: Path) -> None:
    package = tmp_path / "house"
    (package / "room").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "room" / "__init__.py").write_text("from . import bed\n")
    (package / "room" / "bed.py").write_text("from ..door import key\nfrom house import wall\n")
    (package / "door.py").write_text("if TYPE_CHECKING:\n    import house.wall\n")
    (package / "wall.py").write_text("def f():\n    from house.room.bed import pillow\n")
    assert graph_of(package) == {
        "house": set(),
        "house.room": {"house.room.bed"},
        "house.room.bed": {"house.door", "house.wall"},
        "house.door": {"house.wall"},
        "house.wall": {"house.room.bed"},
    }


@pytest.mark.parametrize("package", ["bot", "discord_sandbox"])
def test_no_module_imports_itself_through_others(package: str) -> None:
    circles = circles_of(graph_of(PACKAGES[package]))
    assert circles == [], "\n".join(" <-> ".join(circle) for circle in circles)
