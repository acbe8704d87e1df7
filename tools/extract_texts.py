"""Extraction of the bot's texts into the translation catalogues: `make words`.

A sentence stands in the code, in English. The chat edge marks it by the function it is given to (`t`, `p`, `n`,
`later`), the domain and the services by the class that takes it as its template (`Message`, `ScheduleError`). The
templates of refusals and of stored messages are found by walking them, the commands' sentences in the command tree. A
catalogue keeps its translations of what is still said and loses the rest. Nothing in it depends on the day or on where
in a file a sentence stands.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po
from discord import app_commands

import bot
from bot.chat.command_list import COMMANDS
from bot.chat.i18n.command_translator import NAME
from bot.chat.i18n.gettext import ENGLISH, LANGUAGES
from bot.domain.message_json import TEMPLATES
from bot.domain.message_templates import placeholders
from bot.domain.refusal_registry import REFUSALS

ROOT = Path(bot.__file__).parent
CATALOGUES = ROOT / "chat" / "i18n" / "catalogue"
TRANSLATED = tuple(language for language in LANGUAGES if language != ENGLISH)

_MARKS: dict[str, dict[str, Any]] = {
    "chat": {"t": None, "later": None, "n": (1, 2), "p": ((1, "c"), 2)},
    "domain": {"Message": None, "ScheduleError": None},
    "services": {"Message": None},
}
"""The marking functions and classes of each layer, as Babel's keywords."""

_HEADER = """\
# The bot's own words. `make words` adds what is new and takes out what is no longer said.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def extract_catalog(language: str) -> Catalog:
    """Return a catalogue of all texts, without translations."""
    catalogue = Catalog(language, fuzzy=False)
    for layer, marks in _MARKS.items():
        for file in sorted((ROOT / layer).rglob("*.py")):
            place = file.relative_to(ROOT.parent).as_posix()
            for _, message, _, context in extract_from_file("python", file, marks):
                catalogue.add(message, locations=[(place, 1)], context=context)
    for refusal in REFUSALS:
        place = f"{refusal.__module__.replace('.', '/')}.py"
        catalogue.add(refusal.template, locations=[(place, 1)])
    for template in TEMPLATES.values():
        catalogue.add(template, locations=[("bot/domain/message_json.py", 1)])
    for context, message in _commands(COMMANDS):
        catalogue.add(message, locations=[("bot/chat/command_list.py", 1)], context=context)
    return catalogue


def _commands(commands: Any) -> Iterator[tuple[str | None, str]]:
    """Yield the names (with their context), descriptions and choices of commands."""
    for command in commands:
        yield NAME, command.name
        if isinstance(command, app_commands.ContextMenu):
            continue
        yield None, command.description
        if isinstance(command, app_commands.Group):
            yield from _commands(command.commands)
            continue
        for parameter in command.parameters:
            yield NAME, parameter.name
            yield None, str(parameter.description)
            for choice in parameter.choices:
                yield None, choice.name


def read_catalog(language: str) -> Catalog:
    """Return the present catalogue."""
    file = CATALOGUES / f"{language}.po"
    return read_po(io.BytesIO(file.read_bytes()), locale=language) if file.exists() else Catalog(language)


def render_catalog(language: str) -> str:
    """Return the text of the updated catalogue file: all texts, with the translations that exist."""
    catalogue, known = extract_catalog(language), read_catalog(language)
    for message in _messages(catalogue):
        found = known.get(_key(message), message.context)
        if found is not None and bool(found.pluralizable) == bool(message.pluralizable):
            message.string = found.string
    text = io.BytesIO()
    write_po(text, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False)
    return _HEADER.format(language=language, plurals=catalogue.plural_forms) + text.getvalue().decode()


def list_faults(language: str) -> list[str]:
    """Return what keeps the catalogue from being complete, a line for each text."""
    wanted, known = extract_catalog(language), read_catalog(language)
    found = []
    for message in _messages(wanted):
        translated = known.get(_key(message), message.context)
        said = _all(translated.string) if translated is not None else []
        if not said or not all(said):
            found.append(f"not translated: {_key(message)!r}")
            continue
        found += [f"other placeholders: {_key(message)!r}" for text in said if not _matches(message, text)]
    unused = {(_key(each), each.context) for each in _messages(known)}
    unused -= {(_key(each), each.context) for each in _messages(wanted)}
    return found + [f"no longer said: {message!r}" for message, _ in sorted(unused, key=str)]


def _matches(message: Message, said: str) -> bool:
    """Return whether a translation takes the same facts; a text for one or none may leave out the count."""
    try:
        taken = placeholders(said)
    except ValueError:
        return False
    forms = [placeholders(form) for form in _all(message.id)]
    return min(forms, key=len) <= taken | {"count"} and taken <= max(forms, key=len)


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _key(message: Message) -> str:
    return _all(message.id)[0]


def _all(said: Any) -> list[str]:
    return [said] if isinstance(said, str) else list(said)


def main() -> None:
    """Rewrite every catalogue and print what is left to translate. Return the exit status."""
    for language in TRANSLATED:
        (CATALOGUES / f"{language}.po").write_text(render_catalog(language), encoding="utf-8")
        for fault in list_faults(language):
            print(f"{language}: {fault}")


if __name__ == "__main__":
    main()
