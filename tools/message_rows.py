"""Messages of the bot as they stand in the code, for the table that `tools.message_table` writes.

A message is found where it stands in the code, as for the translation catalogues (`tools.extract_texts`). Who sees
it is the line `Seen by: …` in the docstring of its function or class, else of its module. When it is said is the first
line of the nearest docstring.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.extract_texts import ROOT

AUDIENCES = ("readers", "authors", "server managers", "operators", "everyone in the channel")
"""Who may see a message, in the order of the tables."""

_LAYERS = ("chat", "domain", "services")
_CALLS = {"t", "n", "p", "later", "Message", "MessageTemplate", "ScheduleError"}
_BY_CODE = "_by_code"
"""The function that makes templates of a table of texts."""

_TEMPLATES = {"template", "fault_template"}
_SEEN_BY = re.compile(r"^Seen by: (?P<who>[a-z, ]+)\.$", re.MULTILINE)
_SUBJECTS = {
    "i18n": "words",
    "interactions": "general",
    "": "general",
    "pages": "chapter posts and pages",
    "delivery": "delivery",
    "privacy": "personal data",
    "schedule": "schedules",
    "stories": "stories and help",
    "suggestions": "ideas",
}
"""Titles of subjects that are not called as their folder is."""

Definition = ast.FunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class TableRow:
    """One message."""

    subject: str
    audience: tuple[str, ...]
    when: str
    english: tuple[str, ...]
    """The text, or its singular and its plural."""
    context: str | None = None


class UnlabelledModule(ValueError):
    """A module has messages and does not say who sees them."""


def list_rows() -> list[TableRow]:
    """Return every message of the bot, in the order of files and lines.

    Raises:
        UnlabelledModule: A module lacks its line `Seen by: …`, or names somebody unknown there.
    """
    files = (file for layer in _LAYERS for file in sorted((ROOT / layer).rglob("*.py")))
    return [row for file in files for row in MessageModule(file).rows()]


class MessageModule:
    """The messages of one file."""

    def __init__(self, file: Path) -> None:
        self._name = file.relative_to(ROOT.parent).as_posix()
        self._tree = ast.parse(file.read_text(encoding="utf-8"))
        folder = file.relative_to(ROOT).parent.parts[1:2]
        self._subject = _SUBJECTS.get("".join(folder), "".join(folder))
        definitions = [node for node in ast.walk(self._tree) if isinstance(node, Definition)]
        self._constants = list(_list_constants(self._tree))
        self._docs = {node.name: ast.get_docstring(node) for node in reversed(definitions)}
        self._docs |= {name: doc for name, _, doc in self._constants if doc}
        self._keys = dict(_list_keys(self._tree))
        self._uses = [(node.name, _names(node)) for node in definitions]
        self._uses += [(name, _names(value)) for name, value, _ in self._constants]

    def rows(self) -> Iterator[TableRow]:
        """Yield the messages in the order of their lines."""
        found = sorted(self._messages(self._tree, None), key=lambda each: each[0].lineno)
        for node, english, context, where in found:
            yield TableRow(self._subject, self._audience(where), self._when(node, where), english, context)

    def _messages(
        self, node: ast.AST, where: Definition | None
    ) -> Iterator[tuple[ast.expr, tuple[str, ...], str | None, Definition | None]]:
        for child in ast.iter_child_nodes(node):
            inside = child if isinstance(child, Definition) else where
            if isinstance(child, ast.Call) and (said := _said(child)):
                yield child, *said, where
            elif isinstance(child, ast.Call) and _name(child) == _BY_CODE:
                for each in ast.walk(child):
                    if isinstance(each, ast.Constant) and (text := _text(each)):
                        yield each, (text,), None, where
            elif isinstance(where, ast.ClassDef) and isinstance(child, ast.Assign):
                names = {target.id for target in child.targets if isinstance(target, ast.Name)}
                is_template = bool(names & _TEMPLATES) and where.name != "Refusal"
                if is_template and (text := _text(child.value)):
                    yield child.value, (text,), None, where
            yield from self._messages(child, inside)

    def _audience(self, where: Definition | None) -> tuple[str, ...]:
        for doc in (where and ast.get_docstring(where), ast.get_docstring(self._tree)):
            if doc and (line := _SEEN_BY.search(doc)):
                who = tuple(each.strip() for each in line["who"].split(","))
                if unknown := set(who) - set(AUDIENCES):
                    raise UnlabelledModule(f"{self._name}: nobody is called {', '.join(sorted(unknown))}")
                return tuple(each for each in AUDIENCES if each in who)
        raise UnlabelledModule(f"{self._name} has messages and no line “Seen by: ….” in its docstring")

    def _when(self, node: ast.expr, where: Definition | None) -> str:
        """Return the first line of the docstring nearest to a message: of its function, or of who uses it."""
        name = where.name if where is not None else self._assigned(node)
        key = self._keys.get(id(node))
        return f"{self._explain(name)}: {key}" if key else self._explain(name)

    def _explain(self, name: str) -> str:
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            if doc := self._docs.get(name):
                return _phrase(doc)
            name = self._user(name)
        return _phrase(ast.get_docstring(self._tree) or "")

    def _assigned(self, node: ast.expr) -> str:
        """Return the name of the module's constant that holds a message."""
        for name, value, _ in self._constants:
            if any(one is node for one in ast.walk(value)):
                return name
        return ""

    def _user(self, name: str) -> str:
        """Return the function or constant of the module that uses a name; empty for none."""
        return next((user for user, names in self._uses if user != name and name in names), "")


def _list_constants(tree: ast.Module) -> Iterator[tuple[str, ast.expr, str | None]]:
    """Yield the module's constants: name, value, and the docstring below."""
    for statement, below in zip(tree.body, [*tree.body[1:], None], strict=True):
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            target = statement.target if isinstance(statement, ast.AnnAssign) else statement.targets[0]
            if isinstance(target, ast.Name):
                doc = _text(below.value) if isinstance(below, ast.Expr) else None
                yield target.id, statement.value, doc


def _list_keys(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the messages in tables, by the identity of their nodes, with their keys."""
    for table in ast.walk(tree):
        if isinstance(table, ast.Dict):
            for key, value in zip(table.keys, table.values, strict=True):
                name = key.value if isinstance(key, ast.Constant) else getattr(key, "attr", "")
                for node in value.elts if isinstance(value, ast.Tuple) else [value]:
                    yield id(node), str(name).lower().replace("_", " ")


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _said(call: ast.Call) -> tuple[tuple[str, ...], str | None] | None:
    """Return the texts of a call that marks a message, and their context; None for any other call."""
    name = _name(call)
    if name not in _CALLS:
        return None
    first = 1 if name in ("p", "MessageTemplate") else 0
    wanted = call.args[first : first + (2 if name == "n" else 1)]
    texts = tuple(text for each in wanted if (text := _text(each)))
    if not texts:
        return None
    context = _text(call.args[0]) if name == "p" else None
    return tuple(dict.fromkeys(texts)), context


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _phrase(doc: str) -> str:
    """Return a docstring's first sentence as a phrase: without “Return”, which is about the code."""
    line = doc.strip().split("\n\n")[0].replace("\n", " ").partition(". ")[0].rstrip(".")
    line = re.sub(
        r"^Return (that (?=\w)|(?=(the|a|an|one|every|how|which|who|whom|why|what|where) ))", "", line
    )
    return line[:1].upper() + line[1:]
