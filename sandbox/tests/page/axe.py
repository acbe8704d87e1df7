"""The accessibility checker axe-core, where it is installed."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.async_api import Page

MISSING = "axe-playwright-python, which holds axe-core, is not installed"
_GRAVE = ("moderate", "serious", "critical")


def source() -> str | None:
    """The script of axe-core; None where it is not installed."""
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        return None
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


async def complaints(page: Page) -> list[tuple[str, str, str]]:
    """What axe-core finds on the page, minor matters left out: rule, how grave it is, and the first node."""
    script = source()
    assert script is not None, MISSING
    await page.evaluate(script)
    found: Any = await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        (one["id"], one["impact"], one["nodes"][0]["html"])
        for one in found["violations"]
        if one["impact"] in _GRAVE
    ]
