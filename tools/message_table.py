"""Generator of the table of all messages: `docs/messages.md` and the files below `docs/messages/`.

A message is found where it stands in the code, as for the translation catalogues (`tools.extract_texts`). Who sees
it is the line `Seen by: …` in the docstring of its function or class, else of its module. When it is said is the first
line of the nearest docstring. Run by `make words`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from discord import app_commands

from bot.chat.command_list import COMMANDS
from bot.chat.i18n.command_translator import NAME
from tools.extract_texts import ROOT, TRANSLATED, read_catalog

DOCS = ROOT.parent / "docs"
PAGES = DOCS / "messages"

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
    return [row for file in files for row in _Module(file).rows()]


class _Module:
    """The messages of one file."""

    def __init__(self, file: Path) -> None:
        self._name = file.relative_to(ROOT.parent).as_posix()
        self._tree = ast.parse(file.read_text(encoding="utf-8"))
        folder = file.relative_to(ROOT).parent.parts[1:2]
        self._subject = _SUBJECTS.get("".join(folder), "".join(folder))
        self._definitions = [node for node in ast.walk(self._tree) if isinstance(node, Definition)]

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
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            doc = next((ast.get_docstring(each) for each in self._definitions if each.name == name), None)
            if doc := doc or self._constant_doc(name):
                return _phrase(doc)
            name = self._user(name)
        return _phrase(ast.get_docstring(self._tree) or "")

    def _assigned(self, node: ast.expr) -> str:
        """Return the name of the module's constant that holds a message."""
        for statement in self._tree.body:
            if isinstance(statement, ast.Assign | ast.AnnAssign) and any(
                one is node for one in ast.walk(statement)
            ):
                target = statement.target if isinstance(statement, ast.AnnAssign) else statement.targets[0]
                return target.id if isinstance(target, ast.Name) else ""
        return ""

    def _constant_doc(self, name: str) -> str | None:
        """Return the docstring below a constant."""
        for statement, below in zip(self._tree.body, self._tree.body[1:], strict=False):
            if isinstance(statement, ast.Assign | ast.AnnAssign) and isinstance(below, ast.Expr):
                target = statement.target if isinstance(statement, ast.AnnAssign) else statement.targets[0]
                if isinstance(target, ast.Name) and target.id == name:
                    return _text(below.value)
        return None

    def _user(self, name: str) -> str:
        """Return the function or constant of the module that uses a name; empty for none."""
        for each in self._definitions:
            if each.name != name and any(
                isinstance(one, ast.Name) and one.id == name for one in ast.walk(each)
            ):
                return each.name
        for statement in self._tree.body:
            if isinstance(statement, ast.Assign | ast.AnnAssign):
                target = statement.target if isinstance(statement, ast.AnnAssign) else statement.targets[0]
                used = any(isinstance(one, ast.Name) and one.id == name for one in ast.walk(statement))
                if isinstance(target, ast.Name) and target.id != name and used:
                    return target.id
        return ""


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
    """Return a docstring's first line as a phrase: without “Return”, which is about the code."""
    line = doc.strip().split("\n\n")[0].replace("\n", " ").rstrip(".")
    line = re.sub(r"^Return (?=(the|a|an|one|every) )", "", line)
    return line[:1].upper() + line[1:]


def render_pages() -> dict[Path, str]:
    """Return the text of every file of the table, by path."""
    rows = list_rows()
    pages: dict[Path, str] = {}
    listing = []
    for subject in sorted({row.subject for row in rows}):
        own = [row for row in rows if row.subject == subject]
        path = PAGES / f"{subject.replace(' ', '-')}.md"
        pages[path] = _page(subject, own)
        listing.append((f"messages/{path.name}", subject, len(own)))
    pages[PAGES / "commands.md"] = _commands_page()
    index = (DOCS / "messages.md").read_text(encoding="utf-8") if (DOCS / "messages.md").exists() else ""
    head = index.partition(_MARK)[0] or "# Messages\n\n"
    lines = [f"| [{title}]({link}) | {count} |" for link, title, count in listing]
    table = "\n".join(["| subject | messages |", "| --- | --- |", *lines])
    pages[DOCS / "messages.md"] = f"{head}{_MARK}\n\n{table}\n\nAnd the [commands](messages/commands.md).\n"
    return pages


_MARK = "<!-- what follows is written by `make words` -->"


def _page(subject: str, rows: Iterable[TableRow]) -> str:
    parts = [f"# Messages: {subject}", "Written by `make words`; see [the list of all](../messages.md)."]
    by_audience: dict[tuple[str, ...], list[TableRow]] = {}
    for row in rows:
        by_audience.setdefault(row.audience, []).append(row)
    for audience in sorted(by_audience, key=lambda who: [AUDIENCES.index(each) for each in who]):
        lines = [_line(row) for row in by_audience[audience]]
        head = ["| when | English | German |", "| --- | --- | --- |"]
        parts += [f"## Seen by {', '.join(audience)}", "\n".join([*head, *lines])]
    return "\n\n".join(parts) + "\n"


def _line(row: TableRow) -> str:
    translated = (_translated(row.english[0], row.context, language) for language in TRANSLATED)
    return (
        f"| {_cell((row.when,))} | {_cell(row.english)} | {' | '.join(_cell(each) for each in translated)} |"
    )


def _translated(english: str, context: str | None, language: str) -> tuple[str, ...]:
    message = _CATALOGUES[language].get(english, context)
    if message is None:
        return ()
    said = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return tuple(dict.fromkeys(said))


_CATALOGUES = {language: read_catalog(language) for language in TRANSLATED}


def _cell(texts: tuple[str, ...]) -> str:
    """Return texts as one cell of a Markdown table."""
    shown = "<br>".join(text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|") for text in texts)
    return shown.replace("\n", "<br>") or "–"


def _commands_page() -> str:
    lines = ["| command | English | German |", "| --- | --- | --- |"]
    for path, german, description in _commands(COMMANDS, "", ""):
        said = _translated(description, None, TRANSLATED[0]) if description else ()
        lines.append(f"| `{path}`<br>`{german}` | {_cell((description,))} | {_cell(said)} |")
    parts = [
        "# Commands and their options",
        "Written by `make words`; see [the list of all](../messages.md). Everybody sees what they may use.",
        "\n".join(lines),
    ]
    return "\n\n".join(parts) + "\n"


def _commands(commands: Iterable[object], english: str, german: str) -> Iterator[tuple[str, str, str]]:
    """Yield each command and option: its path in English and in German, and its description."""
    for command in commands:
        if isinstance(command, app_commands.ContextMenu):
            yield command.name, *_translated(command.name, NAME, TRANSLATED[0]), ""
        elif isinstance(command, app_commands.Command | app_commands.Group):
            own = f"{english} {command.name}" if english else f"/{command.name}"
            (name,) = _translated(command.name, NAME, TRANSLATED[0])
            local = f"{german} {name}" if german else f"/{name}"
            yield own, local, command.description
            if isinstance(command, app_commands.Group):
                yield from _commands(command.commands, own, local)
                continue
            for option in command.parameters:
                (name,) = _translated(option.name, NAME, TRANSLATED[0])
                yield f"{own} {option.name}:", f"{local} {name}:", str(option.description)


def main() -> None:
    """Write the files, and remove those of subjects that have no message any more."""
    pages = render_pages()
    PAGES.mkdir(exist_ok=True)
    for old in set(PAGES.glob("*.md")) - set(pages):
        old.unlink()
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
