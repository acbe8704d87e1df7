"""The page's modules and style sheets in one file each, made when the desk starts, so that it opens sooner."""

from __future__ import annotations

import re
from collections.abc import Callable
from graphlib import TopologicalSorter
from urllib.parse import urljoin

_IMPORT = re.compile(r'^import\b(?P<names>[^"]*+)"(?P<address>[^"]++)";?[ \t]*+$\n?', re.MULTILINE)
_RENAMED = re.compile(r"\bas\b")
_EXPORT = re.compile(r"^export (?P<kind>(?:async )?+function|class|const) (?P<name>\w++)", re.MULTILINE)
_REEXPORT = re.compile(
    r'^export (?P<names>\{[^{}]*+\})(?: from "(?P<address>[^"]++)")?+;?[ \t]*+$\n?', re.MULTILINE
)
_SHEET = re.compile(r'^[ \t]*+<link rel="stylesheet" href="(?P<address>[^"]++)">\n', re.MULTILINE)

Read = Callable[[str], str]
"""Returns the source at an address of the page."""


def bundle_modules(entry: str, read: Read) -> str:
    """Return one script that runs a module and all that it imports, each in a scope of its own and once.

    Only the forms that the page uses are known: imports of names at the beginning of a line, and exports of
    functions, classes, constants and names in braces.

    Args:
        entry: The address of the module that is run.
        read: Returns the source at an address.

    Raises:
        ValueError: a module has another form of import or export.
        graphlib.CycleError: modules import each other.
    """
    sources: dict[str, str] = {}
    needed: dict[str, list[str]] = {}
    left = [entry]
    while left:
        address = left.pop()
        if address in sources:
            continue
        source = sources[address] = read(address)
        found = [*_IMPORT.finditer(source), *_REEXPORT.finditer(source)]
        needed[address] = [urljoin(address, each["address"]) for each in found if each["address"]]
        left += needed[address]
    order = list(TopologicalSorter(needed).static_order())
    names = {address: f"module{number}" for number, address in enumerate(order)}
    return "".join(_wrap(address, sources[address], names, last=address == entry) for address in order)


def bundle_styles(page: str, read: Read, address: str) -> tuple[str, str]:
    """Return the page with a link to `address` in the place of its style sheets, and the sheet that is there."""
    sheets = [found["address"] for found in _SHEET.finditer(page)]
    first, _, rest = _SHEET.sub("\0", page).partition("\0")
    link = f'  <link rel="stylesheet" href="{address}">\n'
    return first + link + rest.replace("\0", ""), "\n".join(map(read, sheets))


def _wrap(address: str, source: str, names: dict[str, str], *, last: bool) -> str:
    """Return a module as a function that gives its exports, called at once.

    The last one is a mere block, for only in that may it wait for something.
    """
    given: list[str] = []

    def take(found: re.Match[str]) -> str:
        wanted = found["names"].strip().removesuffix("from").strip()
        module = names[urljoin(address, found["address"])]
        return f"const {_RENAMED.sub(':', wanted)} = {module};\n" if wanted else ""

    def pass_on(found: re.Match[str]) -> str:
        listed = [each.split() for each in found["names"].strip("{}").split(",") if each.strip()]
        module = found["address"] and names[urljoin(address, found["address"])]
        inner = f"{module}." if module else ""
        given.extend(f"{words[-1]}: {inner}{words[0]}" for words in listed)
        return ""

    def give(found: re.Match[str]) -> str:
        given.append(found["name"])
        return f"{found['kind']} {found['name']}"

    body = _EXPORT.sub(give, _REEXPORT.sub(pass_on, _IMPORT.sub(take, source)))
    if unknown := re.search(r"^(?:import|export)\b.*|\bimport(?:\(|\.meta)", body, re.MULTILINE):
        raise ValueError(f"{address}: this form is not known: {unknown[0]}")
    if last:
        return f"// {address}\n{{\n{body}\n}}\n"
    exports = ", ".join(given)
    return f"// {address}\nconst {names[address]} = (() => {{\n{body}\nreturn {{ {exports} }};\n}})();\n"
