"""Responsiveness of the sandbox's page: time from a click to the turned page, and smoothness of scrolling."""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
from pathlib import Path

from discord_sandbox.operations import channels
from discord_sandbox.people.person import Person
from discord_sandbox.seed import ADMIN, CATEGORY, CHAPTERS, GUILD, READERS, READING_ROOM
from discord_sandbox.server import Sandbox
from playwright.async_api import Page

from benchmarks._bot_processes import run_fascicle
from sandbox.tests.page.browser import MISSING, chromium, find_chromium, new_page

MESSAGES = 200
CHANNELS = 20
TURNS = 60
WARM_UP = 10

_PAGES = 6
_PARAGRAPH = "The lamp at the end of the quay went out, and *nobody* saw who had done it. " * 6
_PATIENCE = 60.0
_TURN = """(emoji) => new Promise((done) => {
  const log = document.getElementById("log");
  const post = [...log.querySelectorAll("article.message")].findLast((one) => /Page \\d+ of/.test(one.innerText));
  const footing = () => log.innerText.match(/Page (\\d+) of/g).at(-1);
  const before = footing();
  const watch = new MutationObserver(() => {
    if (footing() === before) return;
    watch.disconnect();
    requestAnimationFrame(() => done(performance.now() - begin));
  });
  watch.observe(log, { childList: true, subtree: true });
  const begin = performance.now();
  [...post.querySelectorAll(".reaction")].find((one) => one.innerText.startsWith(emoji)).click();
})"""
_SETTLED = "() => document.querySelector('.reaction[aria-pressed=true]') === null"
_SCROLL = """async () => {
  const scroller = document.getElementById("scroller");
  const frames = [];
  let last = performance.now();
  for (let still = 0; still < 40; still = scroller.scrollTop === 0 ? still + 1 : 0) {
    scroller.scrollTop -= 300;
    await new Promise((done) => requestAnimationFrame(done));
    frames.push(performance.now() - last);
    last = performance.now();
  }
  return frames;
}"""

Row = dict[str, str | float]


def run() -> list[Row]:
    """Return rows for clicks and frames in Chromium, or none where there is no browser."""
    executable = find_chromium()
    if executable is None:
        print(f"The page is not measured: {MISSING}.", file=sys.stderr)
        return []
    turns, frames = asyncio.run(_measure(executable))
    crowd = f"{MESSAGES} messages, {CHANNELS} channels"
    return [
        *_rows("click to turned page on screen", turns, f"{len(turns)} turns, {crowd}, limit 150"),
        *_rows("frame while scrolling", frames, f"{len(frames)} frames, {crowd}"),
    ]


def _rows(name: str, milliseconds: list[float], note: str) -> list[Row]:
    marks = statistics.quantiles(milliseconds, n=100, method="inclusive")
    figures = (("p50", marks[49]), ("p99", marks[98]), ("worst", max(milliseconds)))
    return [
        {"name": f"{name}, {which}", "value": value, "unit": "ms", "note": note} for which, value in figures
    ]


async def _measure(executable: str) -> tuple[list[float], list[float]]:
    with tempfile.TemporaryDirectory() as name:
        async with Sandbox(port=0, limits=False) as sandbox, run_fascicle(sandbox, _content(Path(name))):
            admin = sandbox.person(ADMIN)
            _fill(sandbox, admin)
            await sandbox.until(lambda: list(sandbox.commands.everywhere()) and sandbox.hub.online, _PATIENCE)
            await asyncio.sleep(1)
            answer = await admin.invoke(
                CHAPTERS, "/subscribe", story="the-quay", start="latest", wait=_PATIENCE
            )
            if answer.state != "done":
                raise RuntimeError(f"/subscribe came to nothing: {answer}")
            await admin.sees(CHAPTERS, lambda seen: len(seen.reactions) == 3, _PATIENCE)
            async with chromium(executable) as browser, new_page(browser, 1280) as page:
                await page.goto(f"{sandbox.url}/?as={READERS[0]}#/{CHAPTERS}")
                turns = await _turns(page)
                await page.locator(f'.place[data-channel="{READING_ROOM}"]').click()
                await page.get_by_text(f"Message {MESSAGES - 1} ").wait_for()
                await page.get_by_text(f"Message {MESSAGES - 1} ").scroll_into_view_if_needed()
                frames: list[float] = await page.evaluate(_SCROLL)
            return turns, frames


def _content(folder: Path) -> Path:
    """Write a story of one long chapter that is released at once."""
    chapters = folder / "content" / "the-quay" / "chapters"
    chapters.mkdir(parents=True)
    (chapters.parent / "story.yaml").write_text("title: The Quay\nrelease: {backlog: 1}\n", encoding="utf-8")
    text = "\n\n".join([_PARAGRAPH] * (_PAGES * 3000 // len(_PARAGRAPH)))
    (chapters / "001-out.md").write_text(text, encoding="utf-8")
    return folder


def _fill(sandbox: Sandbox, admin: Person) -> None:
    """Fill two channels with messages, and add more channels."""
    for place in (CHAPTERS, READING_ROOM):
        for number in range(MESSAGES):
            admin.say(place, f"Message **{number}** " + "*word* **word** " * (number % 30))
    there = sum(each.id != CATEGORY for each in sandbox.world.guilds[GUILD].channels.values())
    for number in range(CHANNELS - there):
        channels.create(
            sandbox.world,
            sandbox.world.guilds[GUILD],
            {"name": f"room-{number}", "type": 0, "parent_id": CATEGORY},
        )


async def _turns(page: Page) -> list[float]:
    """Return the milliseconds from each click to the next page on the screen, forwards and backwards."""
    await page.locator(".reaction").first.wait_for()
    taken: list[float] = []
    for number in range(WARM_UP + TURNS):
        taken.append(await page.evaluate(_TURN, "▶" if number % 2 == 0 else "◀"))
        await page.wait_for_function(_SETTLED)
    return taken[WARM_UP:]


if __name__ == "__main__":
    print(json.dumps(run(), indent=2, ensure_ascii=False))
