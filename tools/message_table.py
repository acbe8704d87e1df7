"""Generator of the table of all messages, `docs/messages.md` and the files below `docs/messages/`: `make words`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from discord import app_commands

from bot.chat.command_list import COMMANDS
from bot.chat.i18n.command_translator import NAME
from tools.extract_texts import ROOT, TRANSLATED, read_catalog
from tools.message_rows import AUDIENCES, TableRow, list_rows

DOCS = ROOT.parent / "docs"
PAGES = DOCS / "messages"

_MARK = "<!-- what follows is written by `make words` -->"
_CATALOGUES = {language: read_catalog(language) for language in TRANSLATED}


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
    pages[PAGES / "commands.md"] = render_commands()
    index = (DOCS / "messages.md").read_text(encoding="utf-8") if (DOCS / "messages.md").exists() else ""
    head = index.partition(_MARK)[0] or "# Messages\n\n"
    lines = [f"| [{title}]({link}) | {count} |" for link, title, count in listing]
    table = "\n".join(["| subject | messages |", "| --- | --- |", *lines])
    pages[DOCS / "messages.md"] = f"{head}{_MARK}\n\n{table}\n\nAnd the [commands](messages/commands.md).\n"
    return pages


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
    cells = [render_cell(texts) for texts in ((row.when,), row.english, *translated)]
    return f"| {' | '.join(cells)} |"


def _translated(english: str, context: str | None, language: str) -> tuple[str, ...]:
    message = _CATALOGUES[language].get(english, context)
    if message is None:
        return ()
    said = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return tuple(dict.fromkeys(said))


def render_cell(texts: tuple[str, ...]) -> str:
    """Return texts as one cell of a Markdown table."""
    shown = "<br>".join(text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|") for text in texts)
    return shown.replace("\n", "<br>") or "–"


def render_commands() -> str:
    lines = ["| command | English | German |", "| --- | --- | --- |"]
    for path, german, description in _commands(COMMANDS, "", ""):
        said = _translated(description, None, TRANSLATED[0]) if description else ()
        lines.append(f"| `{path}`<br>`{german}` | {render_cell((description,))} | {render_cell(said)} |")
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
            (name,) = _translated(command.name, NAME, TRANSLATED[0])
            yield command.name, name, ""
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
