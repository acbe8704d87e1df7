"""Labels, titles and hints fit where Discord shows them, in every language.

Which sentence stands in which place is read from the code: `button(words.read(), …)` is a label of 80 characters.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.domain.message_templates import placeholders
from tools import extract_texts

PLACES: dict[tuple[str, int | str], int] = {
    ("button", 0): 80,
    ("Button", "label"): 80,
    ("Label", "text"): 45,
    ("Label", "description"): 100,
    ("Modal", "title"): 45,
    ("TextInput", "placeholder"): 100,
    ("Select", "placeholder"): 150,
    ("SelectOption", "label"): 100,
    ("SelectOption", "description"): 100,
    ("RadioGroupOption", "label"): 100,
    ("RadioGroupOption", "description"): 100,
    ("CheckboxGroupOption", "label"): 100,
    ("CheckboxGroupOption", "description"): 100,
}
"""By the call and the argument (docs: components/reference)."""

FACT = 6
"""Characters that a number in a label may take; titles are shortened where they are put in."""

CHAT = extract_texts.ROOT / "chat"


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def words_modules(module: ast.Module) -> dict[str, Path]:
    """The modules of words that a module imports, by what it calls them."""
    return {
        each.asname or each.name: CHAT.joinpath(*node.module.split(".")[2:], f"{each.name}.py")
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("bot.chat.")
        for each in node.names
        if each.name.endswith(("_texts", "_descriptions"))
    }


def shown(file: Path) -> Iterator[tuple[Path, str, int]]:
    """The functions of words whose result stands in a place of limited size: where they are, their name, the limit."""
    modules = words_modules(tree(file))
    for call in ast.walk(tree(file)):
        if not isinstance(call, ast.Call):
            continue
        given: dict[int | str, ast.expr] = dict(enumerate(call.args))
        given |= {each.arg: each.value for each in call.keywords if each.arg is not None}
        for place, argument in given.items():
            limit = PLACES.get((name(call.func), place))
            if limit is None:
                continue
            for said in ast.walk(argument):
                if not (isinstance(said, ast.Call) and isinstance(said.func, ast.Attribute)):
                    continue
                if isinstance(said.func.value, ast.Name) and said.func.value.id in modules:
                    yield modules[said.func.value.id], said.func.attr, limit


def sentences(file: Path, function: str) -> set[str]:
    """What a function may say, its tables included."""
    body = tree(file).body
    (node,) = (each for each in body if isinstance(each, ast.FunctionDef) and each.name == function)
    used = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    tables = [
        each
        for each in body
        if isinstance(each, ast.Assign)
        and any(isinstance(to, ast.Name) and to.id in used for to in each.targets)
    ]
    return {
        argument.value
        for part in (node, *tables)
        for call in ast.walk(part)
        if isinstance(call, ast.Call) and name(call.func) in ("t", "n", "p", "later")
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


@pytest.mark.parametrize("language", extract_texts.TRANSLATED)
def test_what_stands_on_labels_fits(language: str) -> None:
    known = extract_texts.read_catalog(language)
    found = [use for file in sorted(CHAT.rglob("*.py")) for use in shown(file)]
    assert len(found) > 10, "the code is read as it is written"
    for file, function, limit in found:
        for english in sentences(file, function):
            message = known.get(english)
            said = extract_texts._all(message.string) if message is not None else []
            for text in (english, *said):
                size = len(text.format_map(dict.fromkeys(placeholders(text), "8" * FACT)))
                assert size <= limit, f"{file.name} {function}: {text!r} has {size} characters, {limit} fit"


def at_import(node: ast.AST) -> Iterator[ast.Call]:
    """The calls made while a module is imported."""
    for each in ast.iter_child_nodes(node):
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(each, ast.Call):
            yield each
        yield from at_import(each)


def test_nothing_is_said_while_a_module_is_imported() -> None:
    """Then it would be English for ever."""
    for file in sorted(CHAT.rglob("*.py")):
        said = {
            each.asname or each.name
            for node in tree(file).body
            if isinstance(node, ast.ImportFrom) and node.module == "bot.chat.i18n.gettext"
            for each in node.names
            if each.name != "later"
        }
        modules = words_modules(tree(file))
        for call in at_import(tree(file)):
            of = call.func.value if isinstance(call.func, ast.Attribute) else None
            speaks = name(of or call.func) in modules if of is not None else name(call.func) in said
            assert not speaks, f"{file.name}, line {call.lineno}: {ast.unparse(call)}"
